import torch
import torch.nn as nn


class Agent(nn.Module):
    def __init__(self, obs_dim, act_dim):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(obs_dim, 256), nn.Tanh(), nn.Linear(256, 256), nn.Tanh())
        self.mean = nn.Linear(256, act_dim)
        self.value = nn.Linear(256, 1)
        nn.init.orthogonal_(self.mean.weight, gain=0.01)  # expect: init-overwritten
        self.init_all()

    def init_all(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.orthogonal_(m.weight, gain=2 ** 0.5)
                nn.init.zeros_(m.bias)

    def forward(self, obs):
        h = self.trunk(obs)
        return self.mean(h), self.value(h)
