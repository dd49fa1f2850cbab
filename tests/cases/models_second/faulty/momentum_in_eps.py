import torch
import torch.nn as nn


class UNet(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.inc = self._block(3, c)
        self.down = self._block(c, 2 * c)
        self.up = nn.ConvTranspose2d(2 * c, c, 2, 2)
        self.dec = self._block(2 * c, c)
        self.outc = nn.Conv2d(c, 1, 1)
        self.pool = nn.MaxPool2d(2)

    def _block(self, i, o):
        return nn.Sequential(
            nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o, 0.99), nn.ReLU(inplace=True)  # expect: norm-eps-as-momentum
        )

    def forward(self, x):
        a = self.inc(x)
        b = self.up(self.down(self.pool(a)))
        return self.outc(self.dec(torch.cat([a, b], 1)))
