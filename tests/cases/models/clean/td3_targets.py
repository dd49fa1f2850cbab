import copy
import torch
import torch.nn as nn
import torch.nn.functional as F


class Critic(nn.Module):
    def __init__(self, s, a):
        super().__init__()
        self.l1 = nn.Linear(s + a, 256)
        self.l2 = nn.Linear(256, 256)
        self.l3 = nn.Linear(256, 1)
        self.l4 = nn.Linear(s + a, 256)
        self.l5 = nn.Linear(256, 256)
        self.l6 = nn.Linear(256, 1)

    def forward(self, s, a):
        sa = torch.cat([s, a], 1)
        q1 = self.l3(F.relu(self.l2(F.relu(self.l1(sa)))))
        q2 = self.l6(F.relu(self.l5(F.relu(self.l4(sa)))))
        return q1, q2


class TD3:
    def __init__(self, s, a):
        self.critic = Critic(s, a)
        self.critic_target = copy.deepcopy(self.critic)
        self.opt = torch.optim.Adam(self.critic.parameters(), lr=3e-4)
