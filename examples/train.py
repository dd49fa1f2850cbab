"""Train a model on synthetic digits: ``python examples/train.py plain_cnn``."""

from __future__ import annotations

import argparse

import torch
import torch.nn.functional as F
from digits.config import Config
from digits.data import batches
from digits.models import Autoencoder, PlainCNN, SmallResNet
from digits.utils.init import init_weights
from torch import nn


def build(name: str, config: Config) -> nn.Module:
    """The model of that name, ready to train."""
    if name == "plain_cnn":
        model = PlainCNN(width=config.width, depth=config.depth, classes=config.classes)
        model.apply(init_weights)
        return model
    if name == "autoencoder":
        return Autoencoder(pixels=config.image_size**2, code=config.code)
    return SmallResNet(width=config.width, classes=config.classes)


def train(model: nn.Module, config: Config) -> float:
    """Train, and return the last loss."""
    optimiser = torch.optim.SGD(model.parameters(), lr=config.learning_rate, momentum=0.9)
    loss = torch.zeros(())
    for images, labels in batches(config.image_size, config.classes, config.batch_size, config.steps):
        output = model(images)
        loss = F.mse_loss(output, images) if isinstance(model, Autoencoder) else F.cross_entropy(output, labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return loss.item()


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=["plain_cnn", "resnet", "autoencoder"])
    parser.add_argument("--steps", type=int, default=Config.steps)
    arguments = parser.parse_args()
    config = Config(steps=arguments.steps)
    torch.manual_seed(config.seed)
    model = build(arguments.model, config)
    print(f"{arguments.model}: loss {train(model, config):.3f} after {config.steps} steps")


if __name__ == "__main__":
    main()
