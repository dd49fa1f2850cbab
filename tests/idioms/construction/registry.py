"""A registry: a decorator puts classes and functions under their names; models are created by name."""

import torch.nn as nn

_model_entrypoints = {}


def register_model(fn):
    _model_entrypoints[fn.__name__] = fn
    return fn


class Registry:
    def __init__(self, name):
        self._name = name
        self._module_dict = dict()

    def get(self, key):
        return self._module_dict.get(key, None)

    def _register(self, cls, name=None):
        self._module_dict[name or cls.__name__] = cls

    def register_module(self, name=None):
        def _wrap(cls):
            self._register(cls, name)
            return cls

        return _wrap

    def build(self, cfg, **kwargs):
        args = cfg.copy()
        kind = args.pop("type")
        args.update(kwargs)
        return self.get(kind)(**args)


HEADS = Registry("heads")


@HEADS.register_module()
class LinearHead(nn.Module):
    def __init__(self, width, classes=4):
        super().__init__()
        self.fc = nn.Linear(width, classes)


@HEADS.register_module(name="mlp")
class MlpHead(nn.Module):
    def __init__(self, width, hidden=16):
        super().__init__()
        self.fc1 = nn.Linear(width, hidden)
        self.fc2 = nn.Linear(hidden, 2)


class Net(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.stem = nn.Linear(3, width)
        self.heads = nn.ModuleList([HEADS.build(cfg, width=width) for cfg in heads])


@register_model
def tiny(pretrained=False, **kwargs):
    return Net(**dict({"width": 24}, **kwargs))


def create_model(name, **kwargs):
    if name not in _model_entrypoints:
        raise RuntimeError(name)
    return _model_entrypoints[name](**kwargs)


def build():
    return create_model("tiny", heads=[{"type": "LinearHead"}, dict(type="mlp", hidden=20)])
