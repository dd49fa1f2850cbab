"""A siamese network: convolutional twin, contrastive distance, Xavier before ReLU, no norm."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class SiameseNetwork(nn.Module):
    def __init__(self):
        super(SiameseNetwork, self).__init__()
        self.cnn = nn.Sequential(
            nn.Conv2d(1, 64, 10), nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 7), nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(128, 128, 4), nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(128, 256, 4), nn.ReLU(),
        )
        self.fc = nn.Sequential(nn.Linear(256 * 6 * 6, 4096), nn.Sigmoid())
        self.out = nn.Linear(4096, 1)
        self.apply(self.init_weights)

    def init_weights(self, m):
        if isinstance(m, nn.Conv2d):
            torch.nn.init.xavier_normal_(m.weight)  # expect: xavier-before-relu
            m.bias.data.fill_(0.0)

    def forward_once(self, x):
        x = self.cnn(x)
        return self.fc(x.view(x.size(0), -1))

    def forward(self, a, b):
        a = self.forward_once(a)
        b = self.forward_once(b)
        return self.out(torch.abs(a - b))


def example():
    return SiameseNetwork()(torch.rand(1, 1, 105, 105), torch.rand(1, 1, 105, 105))
