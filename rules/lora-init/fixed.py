"""An adapter whose second factor is drawn like a layer of its own."""

from __future__ import annotations

import torch
from torch import nn


class LoRALinear(nn.Module):
    """A frozen layer and a low-rank change of it."""

    def __init__(self, inputs: int = 64, outputs: int = 64, rank: int = 8) -> None:
        super().__init__()
        self.base = nn.Linear(inputs, outputs)
        self.base.requires_grad_(False)
        self.lora_a = nn.Linear(inputs, rank, bias=False)
        self.lora_b = nn.Linear(rank, outputs, bias=False)
        nn.init.zeros_(self.lora_b.weight)  # expect: lora-init

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + self.lora_b(self.lora_a(x))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return LoRALinear()(torch.randn(2, 64))
