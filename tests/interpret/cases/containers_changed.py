"""Containers that are changed after they were filled."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.list = nn.ModuleList([nn.Linear(1, 1), nn.Linear(2, 2)])
        self.list += [nn.Linear(3, 3)]
        self.list.insert(0, nn.Linear(9, 9))
        self.list[1] = nn.Linear(7, 7)
        self.pairs = nn.ModuleDict([["a", nn.Linear(1, 2)]])
        whole = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 3))
        self.part = whole[1:]
        self.cut = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 5))
        del self.cut[1]
        self.gone = nn.Linear(1, 1)
        delattr(self, "gone")
        layers = [nn.Linear(1, 1), nn.Linear(2, 2)]
        layers[1:1] = [nn.Linear(8, 8)]
        layers.reverse()
        self.sliced = nn.ModuleList(layers)
        self.table = nn.ParameterList([nn.Parameter(self.list[0].weight.data.clone())])
        self.table += [nn.Parameter(self.list[0].bias.data.clone())]
        if self.training:
            self.trained = nn.Linear(5, 5)
