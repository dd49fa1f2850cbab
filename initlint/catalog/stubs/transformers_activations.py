"""transformers' activations by name; read by the interpreter, never imported.

https://github.com/huggingface/transformers/blob/main/src/transformers/activations.py
"""

import torch.nn as nn
from transformers.activations import FastGELUActivation, GELUActivation, NewGELUActivation, SiLUActivation

_CLASSES = {
    "gelu": GELUActivation,
    "gelu_10": GELUActivation,
    "gelu_fast": FastGELUActivation,
    "gelu_new": NewGELUActivation,
    "gelu_python": GELUActivation,
    "gelu_pytorch_tanh": NewGELUActivation,
    "gelu_python_tanh": NewGELUActivation,
    "gelu_accurate": NewGELUActivation,
    "hardswish": nn.Hardswish,
    "leaky_relu": nn.LeakyReLU,
    "linear": nn.Identity,
    "mish": nn.Mish,
    "quick_gelu": NewGELUActivation,
    "relu": nn.ReLU,
    "relu6": nn.ReLU6,
    "sigmoid": nn.Sigmoid,
    "silu": SiLUActivation,
    "swish": nn.SiLU,
    "tanh": nn.Tanh,
    "prelu": nn.PReLU,
}


class _ByName:
    def __getitem__(self, name):
        return _CLASSES[name]()


ACT2FN = _ByName()


def get_activation(activation_string):
    return ACT2FN[activation_string]
