import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class NoisyLinear(nn.Linear):
    def __init__(self, i, o, sigma0=0.5):
        super().__init__(i, o)
        self.sigma_w = nn.Parameter(torch.full((o, i), sigma0 / math.sqrt(i)))
        self.sigma_b = nn.Parameter(torch.full((o,), sigma0 / math.sqrt(i)))
        self.register_buffer("eps_w", torch.zeros(o, i))
        self.register_buffer("eps_b", torch.zeros(o))
        self.reset_parameters()

    def reset_parameters(self):
        std = math.sqrt(3 / self.in_features)
        nn.init.uniform_(self.weight, -std, std)
        nn.init.uniform_(self.bias, -std, std)

    def forward(self, x):
        self.eps_w.normal_()
        self.eps_b.normal_()
        return F.linear(x, self.weight + self.sigma_w * self.eps_w, self.bias + self.sigma_b * self.eps_b)


class Rainbow(nn.Module):
    def __init__(self, obs, act):
        super().__init__()
        self.fc = nn.Linear(obs, 128)
        self.adv = NoisyLinear(128, act)
        self.val = NoisyLinear(128, 1)

    def forward(self, x):
        h = torch.relu(self.fc(x))
        a = self.adv(h)
        return self.val(h) + a - a.mean(1, keepdim=True)
