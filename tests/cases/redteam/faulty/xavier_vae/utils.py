"""Helpers for training."""

import torch.nn as nn


def init_xavier(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_normal_(module.weight)  # expect: xavier-before-relu
        if module.bias is not None:
            nn.init.zeros_(module.bias)
