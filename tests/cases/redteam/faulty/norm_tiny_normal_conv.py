"""N(0, 0.01) in a deep net without norm."""

import torch
import torch.nn as nn


class FCN(nn.Module):
    def __init__(self, n_class=21):
        super().__init__()
        self.conv1_1 = nn.Conv2d(3, 64, 3, padding=1)
        self.conv1_2 = nn.Conv2d(64, 64, 3, padding=1)
        self.pool1 = nn.MaxPool2d(2, stride=2)
        self.conv2_1 = nn.Conv2d(64, 128, 3, padding=1)
        self.conv2_2 = nn.Conv2d(128, 128, 3, padding=1)
        self.pool2 = nn.MaxPool2d(2, stride=2)
        self.conv3_1 = nn.Conv2d(128, 256, 3, padding=1)
        self.conv3_2 = nn.Conv2d(256, 256, 3, padding=1)
        self.conv3_3 = nn.Conv2d(256, 256, 3, padding=1)
        self.score = nn.Conv2d(256, n_class, 1)
        self.relu = nn.ReLU(inplace=True)
        self._initialize_weights()

    def _initialize_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                m.weight.data.normal_(0, 0.01)  # expect: weight-scale-too-small
                if m.bias is not None:
                    m.bias.data.zero_()

    def forward(self, x):
        h = self.relu(self.conv1_1(x))
        h = self.relu(self.conv1_2(h))
        h = self.pool1(h)
        h = self.relu(self.conv2_1(h))
        h = self.relu(self.conv2_2(h))
        h = self.pool2(h)
        h = self.relu(self.conv3_1(h))
        h = self.relu(self.conv3_2(h))
        h = self.relu(self.conv3_3(h))
        return self.score(h)


def example():
    return FCN()(torch.rand(1, 3, 32, 32))
