"""`from x import *` over two files, with `__all__` and without, and of torch.nn."""

import torch.nn as nn
from star_more import *


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(stack(8))
        self.out = Linear(16, DEPTH)
        self.wide = Wide(10)


def build():
    return Net()
