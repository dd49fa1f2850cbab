# select: IL210,IL211,IL504,IL512,IL513
import torch
import torch.nn as nn


class LayerNormed(nn.Module):
    """A layer norm's mean is over the channels: the bias stays."""

    def __init__(self, d=64):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.norm = nn.LayerNorm(d)
        self.conv = nn.Conv2d(3, 16, 3)
        self.group = nn.GroupNorm(4, 16)

    def forward(self, x, image):
        return self.norm(self.fc(x)), self.group(self.conv(image))


class NormBehindActivation(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3)
        self.bn = nn.BatchNorm2d(16)

    def forward(self, x):
        return self.bn(torch.relu(self.conv(x)))


class AlsoElsewhere(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(16, 16, 3, padding=1)
        self.bn = nn.BatchNorm2d(16)

    def forward(self, x):
        y = self.conv(x)
        return torch.relu(self.bn(y)) + y


class Focal(nn.Module):
    """A prior on the output, as focal loss wants it."""

    def __init__(self, c=64, classes=80):
        super().__init__()
        self.tower = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU())
        self.logits = nn.Conv2d(c, classes, 3, padding=1)
        nn.init.constant_(self.logits.bias, -4.6)

    def forward(self, x):
        return self.logits(self.tower(x))


class SlightlyNegative(nn.Module):
    """Sparse, but alive."""

    def __init__(self, d=128):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.out = nn.Linear(d, 2)
        nn.init.kaiming_normal_(self.fc.weight, nonlinearity="relu")
        self.fc.bias.data.uniform_(-1.0, 0.0)

    def forward(self, x):
        return self.out(torch.relu(self.fc(x)))


class ForgetOne(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.lstm = nn.LSTM(d, d)
        for name, p in self.lstm.named_parameters():
            if "bias" in name:
                n = p.size(0)
                p.data[n // 4 : n // 2].fill_(1.0)
            elif "weight_hh" in name:
                nn.init.orthogonal_(p)

    def forward(self, x):
        return self.lstm(x)[0]


class Gru(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.gru = nn.GRU(d, d)

    def forward(self, x):
        return self.gru(x)[0]


class Reshaped(nn.Module):
    """Each channel of the norm holds many of the layer's units: its mean is not their biases'."""

    def __init__(self, latent=32, channels=16):
        super().__init__()
        self.project = nn.Linear(latent, channels * 16)
        self.bn = nn.BatchNorm2d(channels)

    def forward(self, z):
        return torch.relu(self.bn(self.project(z).view(z.size(0), -1, 4, 4)))
