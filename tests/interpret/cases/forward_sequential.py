"""Sequential chains."""

from torch import nn

SHAPES = {"Net": (2, 3, 8, 8), "Own": (2, 3)}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3, stride=2),
            nn.BatchNorm2d(4),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Sequential(nn.Conv2d(4, 6, 1, groups=2), nn.LeakyReLU(0.1), nn.Dropout2d(0.2)),
        )
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.Softmax(dim=1))

    def forward(self, x):
        return self.head(self.features(x))


class Own(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(3, 4), nn.ELU(), nn.Linear(4, 1))
