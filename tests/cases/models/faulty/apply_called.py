import torch
import torch.nn as nn


class UNetSmall(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 32, 3, 2, 1)
        self.norm = nn.GroupNorm(8, 32)
        self.up = nn.ConvTranspose2d(32, 3, 2, 2)
        self.apply(self._init(self))  # expect: apply-misused

    def _init(self, m):
        if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        return self.up(torch.relu(self.norm(self.down(x))))
