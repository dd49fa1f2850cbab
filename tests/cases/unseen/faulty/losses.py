"""Losses on squashed logits."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn import CrossEntropyLoss


class LeNet(nn.Module):
    def __init__(self):
        super(LeNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.fc1 = nn.Linear(6 * 12 * 12, 84)
        self.fc2 = nn.Linear(84, 10)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.relu(self.fc1(x.view(x.size(0), -1)))
        x = self.fc2(x)
        return self.softmax(x)  # expect: activation-before-loss


class Trainer:
    def __init__(self, lr=0.01):
        self.model = LeNet()
        self.criterion = CrossEntropyLoss()
        self.optim = torch.optim.SGD(self.model.parameters(), lr=lr)

    def step(self, x, y):
        self.optim.zero_grad()
        output = self.model(x)
        loss = self.criterion(output, y)
        loss.backward()
        self.optim.step()


class Segmenter(nn.Module):
    def __init__(self, c=8):
        super().__init__()
        self.conv = nn.Conv2d(3, c, 3, padding=1)
        self.out = nn.Conv2d(c, 1, 1)

    def forward(self, x):
        return torch.sigmoid(self.out(F.relu(self.conv(x))))  # expect: activation-before-loss


def main():
    model = Segmenter()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    x, y = torch.randn(2, 3, 16, 16), torch.rand(2, 1, 16, 16)
    for epoch in range(2):
        loss = F.binary_cross_entropy_with_logits(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
