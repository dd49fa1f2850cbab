import copy
import torch
import torch.nn as nn


class MultiHead(nn.Module):
    def __init__(self, trunk_dim=256, n_tasks=4, out=10):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(64, trunk_dim), nn.ReLU())
        head = nn.Sequential(nn.Linear(trunk_dim, 64), nn.ReLU(), nn.Linear(64, out))
        self.heads = nn.ModuleDict({f"task{i}": copy.deepcopy(head) for i in range(n_tasks)})  # expect: cloned-layers

    def forward(self, x, task):
        return self.heads[task](self.trunk(x))
