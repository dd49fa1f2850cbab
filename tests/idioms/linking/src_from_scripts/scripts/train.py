"""A script beside `src/` builds the model of the package and initialises it."""

import torch.nn as nn

from srcscripts_pkg.net import Net


def build():
    model = Net(20)
    nn.init.ones_(model.fc.bias)
    return model
