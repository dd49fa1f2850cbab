"""Containers, filled in every way."""

from collections import OrderedDict

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.ordered = nn.Sequential(OrderedDict([("first", nn.Linear(2, 3)), ("act", nn.ReLU())]))
        self.ordered.add_module("last", nn.Linear(3, 4))
        self.grown = nn.Sequential(nn.Linear(1, 2))
        self.grown.append(nn.Linear(2, 3)).append(nn.ReLU())
        self.grown.extend([nn.Linear(3, 4), nn.Linear(4, 5)])
        self.front = self.grown[:2]
        self.last = self.grown[-1]
        self.list = nn.ModuleList()
        self.list.extend([nn.Linear(1, 1), nn.Linear(2, 2)])
        self.list.insert(0, nn.Linear(9, 9))
        self.list[1] = nn.Linear(7, 7)
        self.dict = nn.ModuleDict([("a", nn.Linear(1, 2))])
        self.dict["b"] = nn.Linear(3, 4)
        self.dict.update({"c": nn.Linear(5, 6)})
        self.nested = nn.Sequential(nn.Sequential(nn.Linear(1, 1), nn.Tanh()), nn.Linear(1, 2))
        self.plain_list = [nn.Linear(8, 8)]
        base = [nn.Linear(4, 4), nn.ReLU()]
        tail = base + [nn.Linear(4, 2)]  # noqa: RUF005
        self.joined = nn.Sequential(*base[:1], *tail[1:])


class Own(nn.Sequential):
    def __init__(self, inputs=3, outputs=5):
        super().__init__(nn.Linear(inputs, outputs), nn.ReLU())
        self.append(nn.Linear(outputs, 1))
