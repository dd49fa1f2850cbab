"""A project under `src/`, imported by its full name."""

import torch.nn as nn

from srclayout_pkg.layers import Layer


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(Layer(16), Layer(20))


def build():
    return Net()
