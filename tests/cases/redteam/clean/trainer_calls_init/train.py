"""The trainer."""

import torch

from . import models  # noqa: F401
from .registry import build


class Trainer:
    def __init__(self, name, **kwargs):
        self.model = build(name, **kwargs)
        if hasattr(self.model, "init_weights"):
            self.model.init_weights()

    def step(self, x):
        return self.model(x)


def example():
    return Trainer("regnet").step(torch.randn(4, 16))
