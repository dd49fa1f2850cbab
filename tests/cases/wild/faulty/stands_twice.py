"""A layer that stands twice in a chain, by mistake."""

from torch import nn

hidden = nn.Linear(8, 8)
last = nn.Linear(8, 1)
net = nn.Sequential(  # expect: shared-instance
    nn.Linear(4, 8), nn.ReLU(), hidden, nn.ReLU(), hidden, nn.ReLU(), nn.Linear(8, 1)
)
