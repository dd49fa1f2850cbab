"""Classes that are imported on a condition: of a library that may be missing, and of two files or names."""

import torch
from flags import has_fast
from torch import nn

if has_fast():
    from kernels_that_nobody_has import FastNorm as Norm
else:

    class Norm(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.weight = nn.Parameter(torch.ones(dim))


if torch.cuda.is_available():
    from parts import Fast as Block
else:
    from parts import Plain as Block


class Net(nn.Module):
    def __init__(self, dim=30):
        super().__init__()
        self.norm = Norm(dim)
        self.block = Block(dim)


def build():
    return Net()
