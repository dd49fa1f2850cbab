"""Layers with a weight, at torch's own initialisation."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(6, 4)
        self.without_bias = nn.Linear(6, 4, bias=False)
        self.bilinear = nn.Bilinear(3, 4, 5)
        self.conv1 = nn.Conv1d(4, 8, 3)
        self.conv2 = nn.Conv2d(4, 8, (3, 5), stride=2, padding="same" if False else 1, groups=2)
        self.conv3 = nn.Conv3d(2, 4, kernel_size=3, bias=False)
        self.up1 = nn.ConvTranspose1d(4, 8, 2)
        self.up2 = nn.ConvTranspose2d(4, 8, 3, groups=4, bias=False)
        self.up3 = nn.ConvTranspose3d(2, 4, 2)
        self.embedding = nn.Embedding(20, 8)
        self.padded = nn.Embedding(20, 8, padding_idx=1)
        self.bag = nn.EmbeddingBag(20, 8, mode="sum")
