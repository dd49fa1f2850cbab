"""A script's model is often no class: an `nn.Sequential` at the top level, as in course work."""

from torch import nn


def init_weights(m):
    if type(m) is nn.Linear:
        nn.init.zeros_(m.weight)  # expect: zero-weight-init
        nn.init.zeros_(m.bias)


net = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 64), nn.ReLU(), nn.Linear(64, 10))
net.apply(init_weights)
