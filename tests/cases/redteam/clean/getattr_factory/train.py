"""Training from a config."""

import torch

from . import initialisers, models

CONFIG = {"model": {"name": "Plain", "args": {"features": 20}}, "init": "kaiming"}


def build(config):
    model = getattr(models, config["model"]["name"])(**config["model"]["args"])
    initialisers.INITIALISERS[config["init"]](model)
    return model


def example():
    return build(CONFIG)(torch.randn(4, 20))
