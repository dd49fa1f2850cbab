import torch
import torch.nn as nn


class PixelMLP(nn.Module):
    def __init__(self, d=256, n=16):
        super().__init__()
        self.first = nn.Linear(3, d)
        self.mid = nn.ModuleList()
        for _ in range(n):
            self.mid.append(nn.Linear(d, d))
        self.last = nn.Linear(d, 3)
        with torch.no_grad():
            for m in self.modules():
                if isinstance(m, nn.Linear):
                    m.weight.copy_(torch.randn_like(m.weight) * 0.01)  # expect: weight-scale-too-small
                    m.bias.zero_()

    def forward(self, x):
        x = torch.relu(self.first(x))
        for m in self.mid:
            x = torch.relu(m(x))
        return self.last(x)
