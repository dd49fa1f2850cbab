import torch
import torch.nn as nn


class DuelingDQN(nn.Module):
    def __init__(self, obs=8, act=4, hidden=128):
        super().__init__()
        self.feature = nn.Linear(obs, hidden)
        self.value1 = nn.Linear(hidden, hidden)
        self.value2 = nn.Linear(hidden, 1)
        self.adv1 = nn.Linear(hidden, hidden)
        self.adv2 = nn.Linear(hidden, act)
        nn.init.xavier_uniform_(self.value1.weight)
        nn.init.xavier_uniform_(self.value2.weight)
        nn.init.xavier_uniform_(self.value1.weight)  # expect: sibling-left-out
        nn.init.xavier_uniform_(self.adv2.weight)

    def forward(self, x):
        h = torch.tanh(self.feature(x))
        v = self.value2(torch.tanh(self.value1(h)))
        a = self.adv2(torch.tanh(self.adv1(h)))
        return v + a - a.mean(-1, keepdim=True)
