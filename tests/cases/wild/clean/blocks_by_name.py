"""An init that goes over the names of blocks, and over the layers in each."""

from torch import nn


def kaiming(layer):
    if isinstance(layer, (nn.Linear, nn.Conv2d)):
        nn.init.kaiming_normal_(layer.weight)
        if layer.bias is not None:
            layer.bias.data.fill_(0)


class Autoencoder(nn.Module):
    def __init__(self, codes=10):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 4, 2, 1),
            nn.ReLU(),
            nn.Conv2d(32, 32, 4, 2, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(2048, codes),
        )
        self.decoder = nn.Sequential(nn.Linear(codes, 256), nn.ReLU(), nn.Linear(256, 1024))
        self.start()

    def start(self):
        for block in self._modules:
            for layer in self._modules[block]:
                kaiming(layer)

    def forward(self, x):
        return self.decoder(self.encoder(x))


class Pair(nn.Module):
    def __init__(self, codes=10):
        super().__init__()
        self.first, self.second = nn.Linear(codes, 256), nn.Linear(256, codes)
        for _name, layer in self._modules.items():
            kaiming(layer)

    def forward(self, x):
        return self.second(self.first(x).relu())
