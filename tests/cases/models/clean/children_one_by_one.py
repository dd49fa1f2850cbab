"""Loops over the children that go on to theirs, and one that is for the children alone."""

from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1)
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")

    def forward(self, x):
        return self.conv(x).relu()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 3)
        self.blocks = nn.Sequential(Block(64), Block(64))
        self.head = nn.Linear(64, 10)
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.01)
            elif isinstance(module, nn.Sequential):
                for inner in module:
                    nn.init.zeros_(inner.conv.bias)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x).relu()).mean((2, 3)))


class Recursive(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 64, 3), nn.ReLU(), nn.Conv2d(64, 64, 3), nn.ReLU())
        self.head = nn.Linear(64, 10)
        self.fill(self)

    def fill(self, module):
        for child in module.children():
            if isinstance(child, nn.Conv2d):
                nn.init.kaiming_normal_(child.weight, nonlinearity="relu")
            elif isinstance(child, nn.Linear):
                nn.init.normal_(child.weight, std=0.01)
            else:
                self.fill(child)

    def forward(self, x):
        return self.head(self.features(x).mean((2, 3)))
