"""Build and run."""

import torch

from .init import init_params
from .model import Mixer


def main():
    model = Mixer()
    init_params(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    return model, optimizer


def example():
    return main()[0](torch.randn(4, 16, 32))
