import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm


class Critic(nn.Module):
    def __init__(self, d=128):
        super().__init__()
        self.fc1 = spectral_norm(nn.Linear(d, d))
        self.fc2 = spectral_norm(nn.Linear(d, 1))
        nn.init.orthogonal_(self.fc1.weight)
        nn.init.orthogonal_(self.fc2.weight)

    def forward(self, x):
        return self.fc2(F.leaky_relu(self.fc1(x), 0.2))
