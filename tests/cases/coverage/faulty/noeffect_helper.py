"""mmcv-like helpers do nothing for what has no weight of its own."""
import torch
import torch.nn as nn


def xavier_init(module, gain=1, bias=0, distribution="normal"):
    if hasattr(module, "weight") and module.weight is not None:
        if distribution == "uniform":
            nn.init.xavier_uniform_(module.weight, gain=gain)
        else:
            nn.init.xavier_normal_(module.weight, gain=gain)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


class OffsetHead(nn.Module):
    def __init__(self, dim=64, points=4):
        super().__init__()
        self.offsets = nn.Linear(dim, points * 2)
        self.weights = nn.Linear(dim, points)
        self.value = nn.Linear(dim, dim)
        self.init_weights()

    def init_weights(self):
        xavier_init(self.value, distribution="uniform")
        xavier_init(self.offsets.weight, gain=0.1)  # expect: init-has-no-effect
        xavier_init(self.weights)

    def forward(self, q):
        return self.offsets(q), self.weights(q).softmax(-1), self.value(q)
