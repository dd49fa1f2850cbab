"""mmengine's module base classes and its initialisation helpers; read by the interpreter, never imported.

``init_cfg`` takes effect when ``init_weights()`` is called, which mmengine's runner does for the whole model.
https://github.com/open-mmlab/mmengine/tree/main/mmengine/model
"""

import copy
import math

import torch.nn as nn


class BaseModule(nn.Module):
    def __init__(self, init_cfg=None):
        super().__init__()
        self._is_init = False
        self.init_cfg = copy.deepcopy(init_cfg)

    @property
    def is_init(self):
        return self._is_init

    def init_weights(self):
        if self._is_init:
            return
        own = [self.init_cfg] if isinstance(self.init_cfg, dict) else self.init_cfg or []
        for cfg in own:
            if cfg["type"] != "Pretrained":
                initialize(self, cfg)
        for m in self.children():
            if hasattr(m, "init_weights") and not getattr(m, "is_init", False):
                m.init_weights()
        for cfg in own:
            if cfg["type"] == "Pretrained":
                self.load_state_dict(cfg["checkpoint"])
        self._is_init = True


class Sequential(BaseModule, nn.Sequential):
    def __init__(self, *args, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.Sequential.__init__(self, *args)


class ModuleList(BaseModule, nn.ModuleList):
    def __init__(self, modules=None, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.ModuleList.__init__(self, modules)


class ModuleDict(BaseModule, nn.ModuleDict):
    def __init__(self, modules=None, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.ModuleDict.__init__(self, modules)


class BaseModel(BaseModule):
    def __init__(self, data_preprocessor=None, init_cfg=None):
        super().__init__(init_cfg)


def constant_init(module, val, bias=0):
    if hasattr(module, "weight") and module.weight is not None:
        nn.init.constant_(module.weight, val)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def xavier_init(module, gain=1, bias=0, distribution="normal"):
    if hasattr(module, "weight") and module.weight is not None:
        if distribution == "uniform":
            nn.init.xavier_uniform_(module.weight, gain=gain)
        else:
            nn.init.xavier_normal_(module.weight, gain=gain)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def normal_init(module, mean=0, std=1, bias=0):
    if hasattr(module, "weight") and module.weight is not None:
        nn.init.normal_(module.weight, mean, std)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def trunc_normal_init(module, mean=0, std=1, a=-2, b=2, bias=0):
    if hasattr(module, "weight") and module.weight is not None:
        nn.init.trunc_normal_(module.weight, mean, std, a, b)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def uniform_init(module, a=0, b=1, bias=0):
    if hasattr(module, "weight") and module.weight is not None:
        nn.init.uniform_(module.weight, a, b)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def kaiming_init(module, a=0, mode="fan_out", nonlinearity="relu", bias=0, distribution="normal"):
    if hasattr(module, "weight") and module.weight is not None:
        if distribution == "uniform":
            nn.init.kaiming_uniform_(module.weight, a=a, mode=mode, nonlinearity=nonlinearity)
        else:
            nn.init.kaiming_normal_(module.weight, a=a, mode=mode, nonlinearity=nonlinearity)
    if hasattr(module, "bias") and module.bias is not None:
        nn.init.constant_(module.bias, bias)


def caffe2_xavier_init(module, bias=0):
    kaiming_init(module, a=1, mode="fan_in", nonlinearity="leaky_relu", bias=bias, distribution="uniform")


def bias_init_with_prob(prior_prob):
    return -math.log((1 - prior_prob) / prior_prob)


_SCHEMES = {
    "Constant": constant_init,
    "Xavier": xavier_init,
    "Normal": normal_init,
    "TruncNormal": trunc_normal_init,
    "Uniform": uniform_init,
    "Kaiming": kaiming_init,
    "Caffe2Xavier": caffe2_xavier_init,
    "ConstantInit": constant_init,
    "XavierInit": xavier_init,
    "NormalInit": normal_init,
    "TruncNormalInit": trunc_normal_init,
    "UniformInit": uniform_init,
    "KaimingInit": kaiming_init,
    "Caffe2XavierInit": caffe2_xavier_init,
}


def _initialize(module, cfg, whole):
    options = copy.deepcopy(cfg)
    scheme = _SCHEMES[options.pop("type")]
    layers = options.pop("layer", None)
    if layers is None:
        layers = []
    elif isinstance(layers, str):
        layers = [layers]
    if "bias_prob" in options:
        options["bias"] = bias_init_with_prob(options.pop("bias_prob"))

    def init(m):
        if whole or m.__class__.__name__ in layers:
            scheme(m, **options)
        else:
            for base in m.__class__.__bases__:
                if base.__name__ in layers:
                    scheme(m, **options)

    module.apply(init)


def initialize(module, init_cfg):
    if isinstance(init_cfg, dict):
        init_cfg = [init_cfg]
    for given in init_cfg:
        cfg = copy.deepcopy(given)
        override = cfg.pop("override", None)
        _initialize(module, cfg, False)
        if override is not None:
            cfg.pop("layer", None)
            for each in [override] if isinstance(override, dict) else override:
                own = copy.deepcopy(each)
                name = own.pop("name")
                _initialize(getattr(module, name), own if own else cfg, True)
