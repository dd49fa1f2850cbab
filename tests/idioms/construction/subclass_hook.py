"""A base class of configs that completes its subclasses in `__init_subclass__`, and makes the configs inside them."""

from dataclasses import dataclass

import torch.nn as nn


class Part:
    def __init__(self, made_by, given=None, optional=False):
        if not hasattr(made_by, "kind"):
            raise ValueError("what is it?")
        self.made_by = made_by
        self.given = given if given is not None else {}
        self.optional = optional

    def make(self, values, **rest):
        if isinstance(values, Config):
            return values, rest
        if values is None:
            values = self.given
        return self.made_by(**values), rest


class Config:
    kind = ""
    parts = {}

    def __post_init__(self):
        rest = {"unused": 1}
        for key, part in self.parts.items():
            value = getattr(self, key)
            if value is None and part.optional:
                continue
            value, rest = part.make(value, **rest)
            setattr(self, key, value)

    def __init_subclass__(cls, *args, bits=8, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls.bits = bits
        if (parts := cls.__dict__.get("parts")) is not None:
            cls.parts = {k: v if isinstance(v, Part) else Part(made_by=v) for k, v in parts.items()}

    @property
    def widest(self):
        return max(getattr(self, key).width for key in self.parts if getattr(self, key) is not None)


@dataclass
class TextConfig(Config):
    width: int = 6
    depth: int = 2


@dataclass
class VisionConfig(Config, bits=4):
    width: int = 5


@dataclass
class NetConfig(Config):
    parts = {"text": TextConfig, "vision": Part(VisionConfig, {"width": 9}), "audio": Part(TextConfig, optional=True)}

    text: TextConfig = None
    vision: VisionConfig = None
    audio: TextConfig = None


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.text = nn.ModuleList([nn.Linear(config.text.width, config.vision.width) for _ in range(config.text.depth)])
        self.bits = nn.Linear(config.vision.bits, config.text.bits, bias=config.audio is not None)
        self.head = nn.Linear(config.widest, 1)


def build():
    return Net(NetConfig(text={"width": 7}))
