"""An init that goes over the modules of ``_modules``, and asks for layers that there are none of."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.third = nn.Conv1d(8, 32, 5), nn.Conv1d(32, 32, 5), nn.Conv1d(32, 1, 5)
        for layer in self._modules.values():
            if isinstance(layer, nn.Conv2d):  # expect: init-has-no-effect
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")

    def forward(self, x):
        return self.third(self.second(self.first(x).relu()).relu())
