"""apply with what it can't use."""
import torch
import torch.nn as nn


def weights_init(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_normal_(m.weight)


class Called(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.apply(weights_init(self))  # expect: apply-misused

    def forward(self, x):
        return torch.tanh(self.fc(x))


class TwoArguments(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.apply(self.init_layer)  # expect: apply-misused

    def init_layer(self, module, name):
        if "fc" in name:
            nn.init.xavier_normal_(module.weight)

    def forward(self, x):
        return torch.tanh(self.fc(x))


class NoArgument(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.apply(self.init_weights)  # expect: apply-misused

    def init_weights(self):
        nn.init.xavier_normal_(self.fc.weight)

    def forward(self, x):
        return torch.tanh(self.fc(x))
