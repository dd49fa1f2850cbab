"""Train the classifier on synthetic digits: ``python examples/train.py``."""

from __future__ import annotations

import argparse

import torch
import torch.nn.functional as F
from digits.config import Config
from digits.data import batches
from digits.models import PlainCNN
from digits.utils.init import init_weights


def build(config: Config) -> PlainCNN:
    """The model, ready to train."""
    model = PlainCNN(width=config.width, classes=config.classes)
    model.apply(init_weights)
    return model


def train(config: Config) -> float:
    """Train, and return the last loss."""
    model = build(config)
    optimiser = torch.optim.SGD(model.parameters(), lr=config.learning_rate, momentum=0.9)
    loss = torch.zeros(())
    for images, labels in batches(config.image_size, config.classes, config.batch_size, config.steps):
        loss = F.cross_entropy(model(images), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return loss.item()


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=Config.steps)
    config = Config(steps=parser.parse_args().steps)
    torch.manual_seed(config.seed)
    print(f"loss {train(config):.3f} after {config.steps} steps")


if __name__ == "__main__":
    main()
