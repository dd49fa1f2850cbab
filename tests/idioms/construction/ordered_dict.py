"""`nn.Sequential(OrderedDict(…))` from pairs, from items set one by one, from keywords and from zip."""

from collections import OrderedDict

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            OrderedDict(
                [
                    ("conv0", nn.Conv2d(3, 8, kernel_size=7, bias=False)),
                    ("norm0", nn.BatchNorm2d(8)),
                    ("relu0", nn.ReLU(inplace=True)),
                ]
            )
        )
        layers = OrderedDict()
        for i in range(2):
            layers["fc%d" % (i + 1)] = nn.Linear(8, 8)
            layers[f"act{i + 1}"] = nn.ReLU()
        layers.update(out=nn.Linear(8, 30))
        self.classifier = nn.Sequential(layers)
        self.zipped = nn.Sequential(OrderedDict(zip(["a", "b"], [nn.Linear(4, 20), nn.Linear(20, 4)])))
        self.comp = nn.Sequential(OrderedDict((f"l{i}", nn.Linear(i, 9)) for i in (7, 8)))
        layers.move_to_end("fc1")
        self.moved = nn.Sequential(layers)
        nn.init.zeros_(self.classifier.fc2.bias)


def build():
    return Net()
