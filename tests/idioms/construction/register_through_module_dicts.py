"""`self._modules[name] = …` and `self._parameters[name] = …`; names from `vars` and `__dict__`."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self._modules["fc"] = nn.Linear(8, 16)
        self._parameters["scale"] = nn.Parameter(torch.ones(4))
        for name, module in self._modules.items():
            nn.init.xavier_normal_(module.weight)
        self.__dict__["hidden"] = 20
        self.out = nn.Linear(self.hidden, 3)


def build():
    return Net()
