"""`apply` on one part, with a lambda, with a nested function, with `_init` of another class, twice."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim=20):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(dim, dim), nn.ReLU(), nn.Linear(dim, dim))
        self.dec = nn.Sequential(nn.Linear(dim, dim), nn.BatchNorm1d(dim), nn.Linear(dim, dim))
        self.enc.apply(lambda m: nn.init.orthogonal_(m.weight) if isinstance(m, nn.Linear) else None)

        def zero_bias(m):
            if type(m) == nn.Linear:
                m.bias.data.zero_()

        self.dec.apply(zero_bias)
        for part in [self.enc, self.dec]:
            part[0].apply(self.scale)
        [nn.init.ones_(m.bias) for m in self.enc if isinstance(m, nn.Linear)]

    @staticmethod
    def scale(m):
        if isinstance(m, (nn.Linear, nn.Conv2d)):
            m.weight.data.mul_(0.5)


def build():
    return Net()
