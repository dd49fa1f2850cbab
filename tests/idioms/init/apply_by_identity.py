"""An init function that asks which module it was given: modules that are built alike are filled differently."""

import torch.nn as nn

# Modules as keys of a dict are not followed.
UNKNOWN = {f"blocks.{block}.{name}.weight" for block in (0, 1) for name in ("up", "out")}


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(4, 4)
        self.up = nn.Linear(4, 4)
        self.out = nn.Linear(4, 4)
        self.last = nn.Linear(4, 4)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block() for _ in range(2)])
        self.special = {self.blocks[1].out: 0.5}
        self.ends = [block.last for block in self.blocks]
        self.apply(self._init)

    def _name(self, module):
        for name, held in self.named_modules():
            if held is module:
                return name
        return ""

    def _init(self, module):
        if not isinstance(module, nn.Linear):
            return
        if "gate" in self._name(module):
            nn.init.zeros_(module.weight)
        elif module in self.ends:
            nn.init.ones_(module.weight)
        else:
            nn.init.normal_(module.weight, std=self.special.get(module, 1.0))


def build():
    return Net()
