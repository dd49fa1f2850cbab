"""Two files import each other; one of them inside a function."""

import torch.nn as nn

import cycle_b


class Base(nn.Module):
    width = 20

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(self.width, self.width)
        self.reset_parameters()

    def reset_parameters(self):
        cycle_b.fill(self.fc)


def build():
    return cycle_b.make()
