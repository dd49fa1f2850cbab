"""Lists compared by their items, and a library's newer function where the library has it."""

import torch.nn as nn

NEW_NAMES = {"plain": "dense"}


class Config:
    def __init__(self, kinds):
        self.kinds = kinds
        if (renamed := [NEW_NAMES.get(kind, kind) for kind in self.kinds]) != self.kinds:
            self.kinds = renamed
        if self.kinds is not kinds and kinds == ["dense", "wide"]:
            self.kinds = ["wide"]


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, {"dense": 4, "wide": 8}[kind]) for kind in config.kinds])
        norm = nn.utils.spectral_norm
        if hasattr(nn.utils.parametrizations, "spectral_norm"):
            norm = nn.utils.parametrizations.spectral_norm
        self.head = norm(nn.Linear(8, 2))


def build():
    return nn.ModuleList([Net(Config(["dense", "wide"])), Net(Config(["plain"]))])
