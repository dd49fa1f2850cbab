"""`models.__dict__[name]`, `getattr(models, name)`, `importlib.import_module` and `globals()[name]`."""

import importlib

import torch.nn as nn
import zoo_models as models

model_names = sorted(name for name in models.__dict__ if not name.startswith("__") and callable(models.__dict__[name]))


class Local(nn.Linear):
    pass


def build():
    a = models.__dict__["One"](classes=10)
    b = getattr(models, "two_small")(classes=5)
    module = importlib.import_module("zoo_models.one")
    c = getattr(module, "One")()
    d = globals()["Local"](8, 20)
    return nn.ModuleList([a, b, c, d])
