"""One module under two names, and one list inside another."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.encoder = nn.Linear(dim, dim)
        self.decoder = self.encoder
        self.embed = nn.Embedding(30, dim)
        self.both = nn.ModuleList([self.encoder, nn.Linear(dim, 4)])
        shared = nn.LayerNorm(dim)
        self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(dim, dim), shared) for _ in range(2)])
        nn.init.xavier_uniform_(self.decoder.weight)
        nn.init.constant_(self.blocks[1][1].bias, 0.25)


def build():
    return Net()
