import torch
import torch.nn as nn


class MLP(nn.Module):
    def __init__(self, d=20, h=100, o=1):
        super().__init__()
        self.l1, self.l2, self.l3 = nn.Linear(d, h), nn.Linear(h, h), nn.Linear(h, o)

    def forward(self, x):
        return self.l3(torch.relu(self.l2(torch.relu(self.l1(x)))))
