"""Modules of the same file inside each other, shared and renamed."""

from torch import nn


class Leaf(nn.Module):
    def __init__(self, width, scale=2):
        super().__init__()
        self.up = nn.Linear(width, scale * width)
        self.down = nn.Linear(scale * width, width, bias=False)


class Branch(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.left = Leaf(width)
        self.right = Leaf(width, scale=3)
        self.wide = Leaf(scale=1, width=self.right.up.out_features)


class Tree(nn.Module):
    def __init__(self):
        super().__init__()
        self.branch = Branch(4)
        self.shared = self.branch.left
        self.tied = nn.Linear(4, 8)
        self.tied.weight = self.branch.left.up.weight
        self.branch.extra = nn.Linear(1, 1)
        del self.branch.right
