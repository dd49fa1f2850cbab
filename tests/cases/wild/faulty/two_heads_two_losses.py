"""A discriminator that returns two values; the one that goes to cross entropy has been through softmax."""

import torch
import torch.nn as nn


class Judge(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 64), nn.LeakyReLU(0.2))
        self.real = nn.Sequential(nn.Linear(64, 1), nn.Sigmoid())
        self.label = nn.Sequential(nn.Linear(64, classes), nn.Softmax(dim=1))  # expect: activation-before-loss

    def forward(self, x):
        x = self.body(x)
        return self.real(x), self.label(x)


class Fine(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 64), nn.LeakyReLU(0.2))
        self.real = nn.Sequential(nn.Linear(64, 1), nn.Sigmoid())
        self.label = nn.Linear(64, classes)

    def forward(self, x):
        x = self.body(x)
        return self.real(x), self.label(x)


judge, fine = Judge(), Fine()
adversarial, auxiliary = nn.BCELoss(), nn.CrossEntropyLoss()
for _ in range(10):
    images, labels = torch.randn(8, 64), torch.randint(10, (8,))
    real, label = judge(images)
    loss = adversarial(real, torch.ones(8, 1)) + auxiliary(label, labels)
    out = fine(images)
    loss = loss + adversarial(out[0], torch.ones(8, 1)) + auxiliary(out[1], labels)
    loss.backward()
