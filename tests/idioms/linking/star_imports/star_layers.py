import torch
from torch.nn import *
from torch.nn.init import *

__all__ = ["Wide", "scale", "Linear"]
scale = 0.3
_hidden = 5


class Wide(Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = Linear(dim, dim * 2)
        xavier_normal_(self.fc.weight, gain=scale)
