"""`init_cfg` dicts read by a `BaseModule` of one's own, with layers, overrides and `xavier_init` helpers."""

import torch.nn as nn


def constant_init(module, val, bias=0):
    if hasattr(module, "weight") and module.weight is not None:
        nn.init.constant_(module.weight, val)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def xavier_init(module, gain=1, bias=0, distribution="normal"):
    assert distribution in ["uniform", "normal"]
    if hasattr(module, "weight") and module.weight is not None:
        if distribution == "uniform":
            nn.init.xavier_uniform_(module.weight, gain=gain)
        else:
            nn.init.xavier_normal_(module.weight, gain=gain)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def _get_bases_name(m):
    return [b.__name__ for b in m.__class__.__bases__]


class XavierInit:
    def __init__(self, layer=None, **kwargs):
        self.layer = [layer] if isinstance(layer, str) else layer
        self.kwargs = kwargs

    def __call__(self, module):
        def init(m):
            layername = m.__class__.__name__
            basesname = _get_bases_name(m)
            if len(set(self.layer) & set([layername] + basesname)):
                xavier_init(m, **self.kwargs)

        module.apply(init)


class ConstantInit(XavierInit):
    def __call__(self, module):
        for m in module.modules():
            if m.__class__.__name__ in self.layer:
                constant_init(m, **self.kwargs)


INITIALIZERS = {"Xavier": XavierInit, "Constant": ConstantInit}


class BaseModule(nn.Module):
    def __init__(self, init_cfg=None):
        super().__init__()
        self.init_cfg = init_cfg

    def init_weights(self):
        cfgs = self.init_cfg if isinstance(self.init_cfg, list) else [self.init_cfg]
        for cfg in cfgs:
            if cfg:
                cp_cfg = dict(cfg)
                INITIALIZERS[cp_cfg.pop("type")](**cp_cfg)(self)
        for m in self.children():
            if hasattr(m, "init_weights"):
                m.init_weights()


class Block(BaseModule):
    def __init__(self, dim, init_cfg=dict(type="Xavier", layer="Conv2d", distribution="uniform")):
        super().__init__(init_cfg)
        self.conv = nn.Conv2d(dim, dim, 3)
        self.norm = nn.BatchNorm2d(dim)


class Net(BaseModule):
    def __init__(self, dim=8):
        super().__init__([dict(type="Xavier", layer=["Linear"]), dict(type="Constant", val=0.5, layer="BatchNorm2d")])
        self.block = Block(dim)
        self.fc = nn.Linear(dim, 20)


def build():
    model = Net()
    model.init_weights()
    return model
