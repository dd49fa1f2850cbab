"""Walks over modules, children, named modules, with early continue, get_submodule, and lists of classes."""

import torch.nn as nn

KINDS = (nn.Conv2d, nn.Linear)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(12, 12), nn.LayerNorm(12)) for _ in range(2)])
        self.head = nn.ModuleDict({"cls": nn.Linear(12, 20), "box": nn.Linear(12, 4)})
        for module in self.modules():
            if not isinstance(module, KINDS):
                continue
            nn.init.kaiming_normal_(module.weight, mode="fan_in")
        for n, m in self.named_modules():
            if n.startswith("head.") and n.endswith("box"):
                nn.init.zeros_(m.weight)
        for m in self.head.children():
            nn.init.constant_(m.bias, -4.6)
        for block in self.blocks:
            for child in block.children():
                if child.__class__ is nn.LayerNorm:
                    child.weight.data.fill_(0.9)
        nn.init.ones_(self.get_submodule("blocks.1.0").bias)
        self.get_parameter("blocks.0.0.bias").data.zero_()
        last = [m for m in self.modules() if isinstance(m, nn.Linear)][-1]
        last.weight.data.fill_(0.25)
        first = next(self.blocks.children())
        nn.init.eye_(first[0].weight)


def build():
    return Net()
