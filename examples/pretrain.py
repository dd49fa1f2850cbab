"""Train the autoencoder on synthetic digits: ``python examples/pretrain.py``."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from digits.config import Config
from digits.data import batches
from digits.models import Autoencoder


def pretrain(config: Config) -> float:
    """Train, and return the last loss."""
    model = Autoencoder(pixels=config.image_size**2, code=config.code)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss = torch.zeros(())
    for images, _ in batches(config.image_size, config.classes, config.batch_size, config.steps):
        loss = F.mse_loss(model(images), images)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return loss.item()


if __name__ == "__main__":
    torch.manual_seed(Config.seed)
    print(f"loss {pretrain(Config()):.3f}")
