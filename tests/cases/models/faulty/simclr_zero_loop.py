import torch.nn as nn
import torch.nn.functional as F


class ProjectionHead(nn.Module):
    """SimCLR's projection MLP."""

    def __init__(self, dim=512, hidden=2048, out=128):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(dim, hidden),
            nn.ReLU(inplace=True),
            nn.Linear(hidden, hidden),
            nn.ReLU(inplace=True),
            nn.Linear(hidden, out),
        )
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.constant_(m.weight, 0)  # expect: zero-weight-init
                nn.init.constant_(m.bias, 0)

    def forward(self, h):
        return F.normalize(self.net(h), dim=1)
