"""Parameters that are made of numpy's arrays: a constant log std, draws, and what is done to them before."""

import numpy as np
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, actions=6, dim=90, log_std=-0.5):
        super().__init__()
        self.log_std = nn.Parameter(torch.as_tensor(log_std * np.ones(actions, dtype=np.float32)))
        self.zeros = nn.Parameter(torch.from_numpy(np.zeros((actions, 3))).float())
        self.full = nn.Parameter(torch.tensor(np.full((2, actions), 0.3), dtype=torch.float32))
        self.drawn = nn.Parameter(torch.FloatTensor(np.random.randn(dim, dim) / np.sqrt(dim)))
        self.normal = nn.Parameter(torch.from_numpy(np.random.normal(0, 0.02, (dim, dim)).astype(np.float32)))
        self.scaled = nn.Parameter(torch.Tensor(np.random.uniform(-0.1, 0.1, size=(dim, dim))))
        self.layer = nn.Linear(dim, dim)
        self.layer.weight.data.copy_(torch.from_numpy(np.random.uniform(low=-0.2, high=0.2, size=(dim, dim))))
        bound = np.sqrt(6 / (dim + dim))
        self.layer.bias.data = torch.tensor(np.random.uniform(-bound, bound, (dim,)), dtype=torch.float32)
        self.copied = nn.Parameter(torch.tensor(self.zeros.detach()))


def build():
    return Net()
