import torch
import torch.nn as nn


class Sine(nn.Module):
    def __init__(self, w0=30.0):
        super().__init__()
        self.w0 = w0

    def forward(self, x):
        return torch.sin(self.w0 * x)


class ImplicitField(nn.Module):
    def __init__(self, hidden=256, layers=4):
        super().__init__()
        net = [nn.Linear(2, hidden), Sine()]
        for _ in range(layers):
            net += [nn.Linear(hidden, hidden), Sine()]  # expect: sine-without-siren
        net.append(nn.Linear(hidden, 3))
        self.net = nn.Sequential(*net)

    def forward(self, xy):
        return self.net(xy)
