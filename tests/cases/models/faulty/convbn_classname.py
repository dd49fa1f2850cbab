import torch
import torch.nn as nn


class ConvBN(nn.Module):
    def __init__(self, i, o, s=1):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, s, 1, bias=False)
        self.bn = nn.BatchNorm2d(o)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


def weights_init_normal(m):
    classname = m.__class__.__name__
    if classname.find("Conv") != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)  # expect: init-has-no-effect
    elif classname.find("BatchNorm") != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0.0)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = ConvBN(3, 64, 2)
        self.b = ConvBN(64, 128, 2)
        self.c = nn.Conv2d(128, 1, 3, padding=1)
        self.apply(weights_init_normal)

    def forward(self, x):
        return self.c(self.b(self.a(x)))
