import torch
import torch.nn as nn


class Temporal(nn.Module):
    def __init__(self, c=64, k=3, n=12):
        super().__init__()
        self.net = nn.Sequential()
        for i in range(n):
            self.net.add_module(f"conv{i}", nn.Conv1d(c, c, k, padding=1))
            self.net.add_module(f"relu{i}", nn.ReLU())
        self.head = nn.Linear(c, 5)
        for m in self.net:
            if isinstance(m, nn.Conv1d):
                m.weight.data.normal_(0.0, 0.001)  # expect: weight-scale-too-small
                m.bias.data.fill_(0)

    def forward(self, x):
        return self.head(self.net(x).mean(-1))
