"""model.apply at the top level and in functions."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, 4)
        self.norm = nn.LayerNorm(4)

    def forward(self, x):
        return self.norm(self.fc(x))


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 3)


def weights_init(m):
    if isinstance(m, nn.Linear):
        nn.init.orthogonal_(m.weight)
        m.bias.data.fill_(0.01)


def build(width=12, device="cpu"):
    model = Net(width).to(device)
    model.apply(weights_init)
    for name, parameter in model.named_parameters():
        if "norm" in name and "weight" in name:
            parameter.data.fill_(0.5)
    return model


def main():
    net = Small()
    net.apply(weights_init)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    return optimizer


model = Net(6)
model.apply(weights_init)
with torch.no_grad():
    model.fc.bias.zero_()
