"""What transformers.initialization adds to torch.nn.init; read by the interpreter, never imported.

Its truncation stands at ±2, far out for weights this small, yet the correction for it is applied: lecun_normal_ is
wider by 1/0.88 than its name says. https://github.com/huggingface/transformers/blob/main/src/transformers/initialization.py
"""

import math

from torch.nn import init


def lecun_normal_(tensor):
    fan_in, _ = init._calculate_fan_in_and_fan_out(tensor)
    init.trunc_normal_(tensor, std=math.sqrt(1.0 / fan_in) / 0.87962566103423978)
    return tensor


def default_flax_embed_init_(tensor):
    fan_in, _ = init._calculate_fan_in_and_fan_out(tensor)
    init.normal_(tensor, std=math.sqrt(1.0 / fan_in))
    return tensor
