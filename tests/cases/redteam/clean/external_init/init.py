"""Initialisation."""

import torch
import torch.nn as nn


def init_params(model: nn.Module, std: float = 0.02) -> nn.Module:
    """Draw every matrix; vectors named norm at one, others at zero."""
    for name, p in model.named_parameters():
        if p.dim() >= 2:
            nn.init.normal_(p, std=std)
        elif "norm" in name:
            nn.init.ones_(p)
        else:
            nn.init.zeros_(p)
    return model
