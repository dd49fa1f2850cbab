"""Norms, and layers without parameters."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.batch1 = nn.BatchNorm1d(4)
        self.batch2 = nn.BatchNorm2d(4, affine=False)
        self.batch3 = nn.BatchNorm3d(4, track_running_stats=False)
        self.layer = nn.LayerNorm(6)
        self.layer2 = nn.LayerNorm((3, 6), elementwise_affine=False)
        self.group = nn.GroupNorm(2, 4)
        self.instance = nn.InstanceNorm2d(4)
        self.affine = nn.InstanceNorm1d(4, affine=True)
        self.rms = nn.RMSNorm(6)
        self.prelu = nn.PReLU()
        self.prelu4 = nn.PReLU(4, init=0.1)
        self.relu = nn.ReLU()
        self.drop = nn.Dropout(0.1)
        self.pool = nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.identity = nn.Identity(5, unused=True)
