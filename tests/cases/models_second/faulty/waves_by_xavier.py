import torch
import torch.nn as nn


class Sine(nn.Module):
    def forward(self, x):
        return torch.sin(30 * x)


def mlp(i, h, o, n):
    layers = [nn.Linear(i, h), Sine()]
    for _ in range(n):
        layers += [nn.Linear(h, h), Sine()]
    return nn.Sequential(*layers, nn.Linear(h, o))


class WaveField(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = mlp(3, 128, 1, 4)
        for m in self.net.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_normal_(m.weight)  # expect: sine-without-siren

    def forward(self, x):
        return self.net(x)
