"""`try: import …; except ImportError:` with an own class in place of what is not installed."""

import torch
import torch.nn as nn

try:
    from apex_that_nobody_has.normalization import FusedLayerNorm as LayerNorm
except ImportError:

    class LayerNorm(nn.Module):
        def __init__(self, dim, eps=1e-5):
            super().__init__()
            self.weight = nn.Parameter(torch.full((dim,), 0.5))
            self.eps = eps


try:
    import another_one_nobody_has

    HAS_FAST = True
except ModuleNotFoundError:
    HAS_FAST = False

try:
    from torch.nn import Linear as Projection
except ImportError:
    Projection = None


class Net(nn.Module):
    def __init__(self, dim=24):
        super().__init__()
        self.norm = LayerNorm(dim)
        self.fused = HAS_FAST and hasattr(another_one_nobody_has, "linear")
        self.fc = nn.Linear(dim, dim * 2)
        self.proj = Projection(dim, dim)


def build():
    return Net()
