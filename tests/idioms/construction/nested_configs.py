"""A config made of configs, with `from_dict`, `to_dict` and defaults of each."""

import torch.nn as nn


class SubConfig:
    def __init__(self, width=16, depth=2, **kwargs):
        self.width = width
        self.depth = depth
        self.__dict__.update(kwargs)

    @classmethod
    def from_dict(cls, values):
        return cls(**values)

    def to_dict(self):
        return dict(self.__dict__)


class Config:
    model_type = "both"

    def __init__(self, text=None, vision=None, projection=12):
        if text is None:
            text = {}
        self.text = SubConfig.from_dict(text) if isinstance(text, dict) else text
        self.vision = vision or SubConfig(width=24, depth=1, act="tanh")
        self.projection = projection

    def __getattr__(self, name):
        raise AttributeError(name)


class Tower(nn.Module):
    def __init__(self, config, out):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(config.width, config.width) for _ in range(config.depth)])
        self.proj = nn.Linear(config.width, out, bias=getattr(config, "bias", False))
        if getattr(config, "act", None) == "tanh":
            nn.init.xavier_normal_(self.proj.weight, nn.init.calculate_gain("tanh"))


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.text = Tower(config.text, config.projection)
        self.vision = Tower(config.vision, config.projection)


def build():
    return Net(Config(text={"width": 20}))
