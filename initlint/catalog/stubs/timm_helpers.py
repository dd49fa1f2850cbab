"""timm's helpers that look up layers by name, make convolutions and fill modules; read by the interpreter, never imported.

https://github.com/huggingface/pytorch-image-models/tree/main/timm/layers
"""

from functools import partial

import torch.nn as nn
from timm.layers import GroupNorm, GroupNorm1, LayerNorm, LayerNorm2d, LayerNorm2dFp32, LayerNormFp32, RmsNorm, RmsNorm2d, lecun_normal_

_ACTIVATIONS = {
    "silu": nn.SiLU,
    "swish": nn.SiLU,
    "mish": nn.Mish,
    "relu": nn.ReLU,
    "relu6": nn.ReLU6,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "prelu": nn.PReLU,
    "celu": nn.CELU,
    "selu": nn.SELU,
    "gelu": nn.GELU,
    "gelu_tanh": partial(nn.GELU, approximate="tanh"),
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "hard_sigmoid": nn.Hardsigmoid,
    "hardsigmoid": nn.Hardsigmoid,
    "hard_swish": nn.Hardswish,
    "hardswish": nn.Hardswish,
    "identity": nn.Identity,
}
_NORMS = {
    "batchnorm": nn.BatchNorm2d,
    "batchnorm2d": nn.BatchNorm2d,
    "batchnorm1d": nn.BatchNorm1d,
    "groupnorm": GroupNorm,
    "groupnorm1": GroupNorm1,
    "layernorm": LayerNorm,
    "layernorm2d": LayerNorm2d,
    "layernormfp32": LayerNormFp32,
    "layernorm2dfp32": LayerNorm2dFp32,
    "rmsnorm": RmsNorm,
    "rmsnorm2d": RmsNorm2d,
}


def to_2tuple(x):
    return tuple(x) if isinstance(x, (tuple, list)) else (x, x)


def to_3tuple(x):
    return tuple(x) if isinstance(x, (tuple, list)) else (x, x, x)


def make_divisible(v, divisor=8, min_value=None, round_limit=0.9):
    least = min_value or divisor
    rounded = max(least, int(v + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < round_limit * v else rounded


def get_act_layer(name="relu"):
    if not isinstance(name, str):
        return name
    return _ACTIVATIONS[name.lower()] if name else None


def create_act_layer(name, inplace=None, **kwargs):
    layer = get_act_layer(name)
    if layer is None:
        return None
    return layer(**kwargs)


def get_norm_layer(norm_layer):
    if isinstance(norm_layer, str):
        return _NORMS[norm_layer.replace("_", "").lower()] if norm_layer else None
    return norm_layer


def create_norm_layer(layer_name, num_features, **kwargs):
    return get_norm_layer(layer_name)(num_features, **kwargs)


def _conv_padding(kernel_size, padding, stride, dilation):
    if isinstance(padding, str):
        if padding.lower() == "valid":
            return 0
        if isinstance(kernel_size, int):
            return (stride - 1 + dilation * (kernel_size - 1)) // 2
        return tuple((stride - 1 + dilation * (size - 1)) // 2 for size in kernel_size)
    return padding


def create_conv2d(in_channels, out_channels, kernel_size, **kwargs):
    depthwise = kwargs.pop("depthwise", False)
    groups = in_channels if depthwise else kwargs.pop("groups", 1)
    padding = _conv_padding(kernel_size, kwargs.pop("padding", ""), kwargs.get("stride", 1), kwargs.get("dilation", 1))
    bias = kwargs.pop("bias", False)
    return nn.Conv2d(in_channels, out_channels, kernel_size, padding=padding, groups=groups, bias=bias, **kwargs)


def init_weight_vit(module, name, init_bias=0.02, head_bias=0.0, classifier_name="head"):
    if isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)):
        if name.startswith(classifier_name):
            nn.init.zeros_(module.weight)
            nn.init.constant_(module.bias, head_bias)
        else:
            nn.init.trunc_normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.constant_(module.bias, init_bias)
    elif hasattr(module, "init_weights"):
        module.init_weights()


def init_weight_jax(module, name, head_bias=0.0, classifier_name="head"):
    if isinstance(module, nn.Linear):
        if name.startswith(classifier_name):
            nn.init.zeros_(module.weight)
            nn.init.constant_(module.bias, head_bias)
        else:
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                if "mlp" in name:
                    nn.init.normal_(module.bias, std=1e-6)
                else:
                    nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Conv2d):
        lecun_normal_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif hasattr(module, "init_weights"):
        module.init_weights()
