import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 16)


def _make(dim):
    return nn.Sequential(nn.Linear(dim, 20, bias=False))
