"""Type tests that no layer of the model meets."""
import torch
import torch.nn as nn


class TCN(nn.Module):
    """Audio model; the init was copied from an image project."""

    def __init__(self, channels=64, classes=10):
        super().__init__()
        self.conv1 = nn.Conv1d(1, channels, 9, padding=4)
        self.conv2 = nn.Conv1d(channels, channels, 9, padding=4)
        self.conv3 = nn.Conv1d(channels, classes, 9, padding=4)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):  # expect: init-has-no-effect
                nn.init.kaiming_normal_(m.weight, mode="fan_in", nonlinearity="relu")

    def forward(self, x):
        return self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x))))).mean(-1)


class Generator(nn.Module):
    def __init__(self, nz=100, ngf=64):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(nz, ngf * 2, 4, 1, 0, bias=False), nn.BatchNorm2d(ngf * 2), nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 2, ngf, 4, 2, 1, bias=False), nn.BatchNorm2d(ngf), nn.ReLU(True),
            nn.ConvTranspose2d(ngf, 3, 4, 2, 1, bias=False), nn.Tanh(),
        )
        self.apply(self.weights_init)

    @staticmethod
    def weights_init(m):
        if type(m) == "ConvTranspose2d":  # expect: init-has-no-effect
            nn.init.normal_(m.weight.data, 0.0, 0.02)
        elif type(m) == nn.BatchNorm2d:
            nn.init.normal_(m.weight.data, 1.0, 0.02)

    def forward(self, z):
        return self.main(z)


class PointNet(nn.Module):
    def __init__(self, k=40):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(3, 64), nn.ReLU(), nn.Linear(64, 128), nn.ReLU())
        self.fc = nn.Linear(128, k)

        def init(m):
            classname = m.__class__.__name__
            if classname.find("linear") != -1:  # expect: init-has-no-effect
                nn.init.xavier_normal_(m.weight)
                nn.init.zeros_(m.bias)

        self.apply(init)

    def forward(self, pts):
        return self.fc(self.mlp(pts).max(1)[0])
