"""A wrapper whose process group is None unless given: no layer lacks anything."""

from torch import nn


class Group:
    def size(self):
        return 1


class Pipe(nn.Module):
    def __init__(self, module=None, group=None):
        super().__init__()
        self.module_ = module or nn.Linear(4, 4)
        self.group = group
        self.final_stage = self.group.size() - 1

    def forward(self, x):
        return self.module_(x)
