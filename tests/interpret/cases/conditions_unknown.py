"""Conditions that nothing decides. Live: no, the arguments have no default."""

from torch import nn


class Net(nn.Module):
    def __init__(self, flag, width, deep):
        super().__init__()
        self.fc = nn.Linear(width, width)
        if flag:
            self.extra = nn.Linear(width, 3)
        if deep:
            self.head = nn.Linear(width, 8)
        else:
            self.head = nn.Linear(width, 9)
        self.act = nn.ReLU() if flag else nn.Tanh()
        layers = [nn.Linear(2, 2)]
        if flag:
            layers.append(nn.Dropout(0.5))
        layers.append(nn.Linear(2, 1))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        x = self.act(self.fc(x))
        return self.head(x)
