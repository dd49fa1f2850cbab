import torch.nn as nn

from .. import settings


def init_weights(m):
    if isinstance(m, nn.Conv2d):
        nn.init.normal_(m.weight, std=settings.STD)
