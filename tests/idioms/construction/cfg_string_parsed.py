"""Stages given as text: `n_c_k` is split and each part made a number."""

import re

import torch.nn as nn

ARCH = ["r1_k3_s1_c16", "r2_k3_s2_c24", "r1_k5_s2_c40"]


def decode(block):
    ops = block.split("_")
    options = {}
    for op in ops:
        splits = re.split(r"(\d.*)", op)
        if len(splits) >= 2:
            key, value = splits[:2]
            options[key] = value
    return dict(repeats=int(options["r"]), kernel=int(options["k"]), stride=int(options["s"]), out=int(options["c"]))


class Net(nn.Module):
    def __init__(self, arch, chs=3):
        super().__init__()
        blocks = []
        for text in arch:
            args = decode(text)
            for i in range(args["repeats"]):
                stride = args["stride"] if i == 0 else 1
                blocks.append(nn.Conv2d(chs, args["out"], args["kernel"], stride, args["kernel"] // 2, bias=False))
                blocks.append(nn.BatchNorm2d(args["out"]))
                chs = args["out"]
        self.blocks = nn.Sequential(*blocks)

    def forward(self, x):
        return self.blocks(x)


def build():
    return Net(ARCH)
