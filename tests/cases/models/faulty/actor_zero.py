import torch
import torch.nn as nn
from torch.distributions import Categorical


class ActorCritic(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=64):
        super().__init__()
        self.l1 = nn.Linear(obs_dim, hidden)
        self.l2 = nn.Linear(hidden, hidden)
        self.pi = nn.Linear(hidden, act_dim)
        self.v = nn.Linear(hidden, 1)
        nn.init.orthogonal_(self.l1.weight, 2 ** 0.5)
        nn.init.zeros_(self.l1.bias)
        nn.init.constant_(self.l2.weight, 0.0)  # expect: zero-weight-init
        nn.init.zeros_(self.l2.bias)
        nn.init.orthogonal_(self.pi.weight, 0.01)
        nn.init.orthogonal_(self.v.weight, 1.0)

    def forward(self, obs):
        h = torch.relu(self.l1(obs))
        h = torch.relu(self.l2(h))
        return Categorical(logits=self.pi(h)), self.v(h).squeeze(-1)
