import torch
import torch.nn as nn


class PINN(nn.Module):
    def __init__(self, layers=(2, 100, 100, 100, 100, 100, 100, 100, 100, 1)):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(layers[i], layers[i + 1]) for i in range(len(layers) - 1)])
        for lin in self.linears:
            nn.init.uniform_(lin.weight, -0.05, 0.05)  # expect: weight-scale-too-small
            nn.init.zeros_(lin.bias)

    def forward(self, x, t):
        h = torch.cat([x, t], 1)
        for lin in self.linears[:-1]:
            h = torch.tanh(lin(h))
        return self.linears[-1](h)
