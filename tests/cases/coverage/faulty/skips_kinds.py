"""The init names some kinds of layers and leaves their siblings at the default."""
import torch
import torch.nn as nn


class Autoencoder(nn.Module):
    """The decoder's transposed convolutions are forgotten."""

    def __init__(self, c=32):
        super().__init__()
        self.e1 = nn.Conv2d(3, c, 4, 2, 1)
        self.e2 = nn.Conv2d(c, 2 * c, 4, 2, 1)
        self.e3 = nn.Conv2d(2 * c, 4 * c, 4, 2, 1)
        self.d3 = nn.ConvTranspose2d(4 * c, 2 * c, 4, 2, 1)
        self.d2 = nn.ConvTranspose2d(2 * c, c, 4, 2, 1)
        self.d1 = nn.ConvTranspose2d(c, 3, 4, 2, 1)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):  # expect: init-skips-layers
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
                nn.init.zeros_(m.bias)

    def forward(self, x):
        for e in (self.e1, self.e2, self.e3):
            x = torch.relu(e(x))
        return self.d1(torch.relu(self.d2(torch.relu(self.d3(x)))))


class SpeechNet(nn.Module):
    """Conv1d after Linear: the init knows Linear only."""

    def __init__(self, mels=80, h=128, out=40):
        super().__init__()
        self.pre = nn.Linear(mels, h)
        self.conv1 = nn.Conv1d(h, h, 5, padding=2)
        self.conv2 = nn.Conv1d(h, h, 5, padding=2)
        self.mid = nn.Linear(h, h)
        self.post = nn.Linear(h, out)
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):  # expect: init-skips-layers
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = torch.relu(self.pre(x)).transpose(1, 2)
        x = torch.relu(self.conv2(torch.relu(self.conv1(x)))).transpose(1, 2)
        return self.post(torch.relu(self.mid(x)))
