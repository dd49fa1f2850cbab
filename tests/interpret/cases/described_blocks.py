"""Blocks described by texts and dataclasses; factories that tell classes, partials and functions apart."""

import re
from dataclasses import asdict, dataclass, replace
from functools import partial

import torch.nn as nn


@dataclass
class Settings:
    width: int = 8
    bias: bool = True


def block(inputs, width, bias):
    return nn.Linear(inputs, width, bias=bias)


def norm_of(layer, width):
    options = {}
    if isinstance(layer, partial):
        options.update(layer.keywords)
        layer = layer.func
    assert isinstance(layer, type)
    return layer(width, **options)


def parsed(text):
    options = {}
    for part in text.split("_"):
        splits = re.split(r"(\d.*)", part)
        if len(splits) >= 2:
            options[splits[0]] = splits[1]
    return options


class FromDataclass(nn.Module):
    def __init__(self, settings=None):
        super().__init__()
        settings = replace(settings or Settings(), width=12)
        self.block = block(4, **asdict(settings))


class NormFactories(nn.Module):
    def __init__(self):
        super().__init__()
        self.plain = norm_of(nn.BatchNorm2d, 6)
        self.bound = norm_of(partial(nn.LayerNorm, elementwise_affine=False), 6)
        self.function = nn.Linear(2, 3) if isinstance(block, type) else nn.Linear(3, 2)


class FromText(nn.Module):
    def __init__(self):
        super().__init__()
        options = parsed("c16_k3")
        self.conv = nn.Conv2d(3, int(options["c"]), int(options["k"]))


class Checked(nn.Module):
    def __init__(self, widths=(4, 5)):
        super().__init__()
        for name in ["widths"]:
            assert isinstance(locals()[name], tuple)
        first, second = widths
        self.fc = nn.Linear(first, second)
