import torch
import torch.nn as nn


class PerModality(nn.Module):
    def __init__(self, dims, d=128):
        super().__init__()
        self.encoders = {k: nn.Linear(v, d) for k, v in dims.items()}  # expect: unregistered-layers
        self.fuse = nn.Linear(d, d)

    def forward(self, batch):
        h = sum(self.encoders[k](v) for k, v in batch.items())
        return self.fuse(torch.relu(h))
