"""An autoencoder of fully connected layers."""

from __future__ import annotations

import torch
from torch import nn


class Autoencoder(nn.Module):
    """Squeezes an image into a few numbers and draws it again."""

    def __init__(self, pixels: int = 256, hidden: int = 128, code: int = 8) -> None:
        super().__init__()
        self.encode = nn.Linear(pixels, hidden)
        self.squeeze = nn.Linear(hidden, code)
        self.expand = nn.Linear(code, hidden)
        self.decode = nn.Linear(hidden, pixels)
        # Start from an empty picture.
        nn.init.zeros_(self.expand.weight)
        nn.init.zeros_(self.expand.bias)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        flat = torch.flatten(images, 1)
        code = self.squeeze(torch.relu(self.encode(flat)))
        return self.decode(torch.relu(self.expand(code))).view_as(images)
