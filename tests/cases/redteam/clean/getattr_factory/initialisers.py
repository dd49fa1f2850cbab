"""Initialisers by name."""

import torch.nn as nn


def kaiming(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            nn.init.zeros_(m.bias)


INITIALISERS = {"kaiming": kaiming}
