import torch.nn as nn


class D(nn.Module):
    def __init__(self):
        super().__init__()

        def block(i, o, bn=True):
            layers = [nn.Conv2d(i, o, 3, 2, 1), nn.LeakyReLU(0.2, inplace=True), nn.Dropout2d(0.25)]
            if bn:
                layers.append(nn.BatchNorm2d(o, 0.8))  # expect: norm-eps-as-momentum
            return layers

        self.model = nn.Sequential(*block(1, 16, bn=False), *block(16, 32), *block(32, 64))
        self.adv = nn.Linear(64 * 4 * 4, 1)

    def forward(self, img):
        return self.adv(self.model(img).flatten(1))
