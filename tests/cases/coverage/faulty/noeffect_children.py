"""children() is one level deep: the layers sit in Sequentials."""
import torch.nn as nn


class Discriminator(nn.Module):
    def __init__(self, ndf=64):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, ndf, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(ndf, ndf * 2, 4, 2, 1), nn.LeakyReLU(0.2),
        )
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(ndf * 2 * 64, 1))
        for m in self.children():
            if isinstance(m, (nn.Conv2d, nn.Linear)):  # expect: init-has-no-effect
                m.weight.data.normal_(0.0, 0.02)
                m.bias.data.zero_()

    def forward(self, x):
        return self.classifier(self.features(x))


class QNet(nn.Module):
    """All layers are made without bias, so the guard never holds."""

    def __init__(self, obs, act, width=64):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(obs, width, bias=False), nn.ReLU(), nn.Linear(width, width, bias=False), nn.ReLU(),
            nn.Linear(width, act, bias=False),
        )
        for m in self.modules():
            if isinstance(m, nn.Linear) and m.bias is not None:  # expect: init-has-no-effect
                nn.init.orthogonal_(m.weight, 2 ** 0.5)
                nn.init.constant_(m.bias, 0)

    def forward(self, x):
        return self.net(x)


class NamedByHand(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.encoder = nn.Linear(d, d)
        self.decoder = nn.Linear(d, d)
        for name, p in self.named_parameters():
            if name == "weight":  # expect: init-has-no-effect
                nn.init.xavier_uniform_(p)

    def forward(self, x):
        return self.decoder(self.encoder(x).tanh())
