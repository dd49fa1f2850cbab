"""Checkpoints that are loaded behind the init, or whose head alone is drawn anew; gates that a general init leaves."""

import torch
from torch import nn
from torchvision.models import resnet18


class Scaled(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
        self.gamma = nn.Parameter(torch.zeros(width).fill_(1e-5))
        self.place = nn.Parameter(torch.zeros(1, 16, width))

    def forward(self, x):
        return x + self.gamma * self.fc(x + self.place)


class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.block = Scaled(width)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)

    def forward(self, x):
        return self.head(self.norm(self.block(x)).mean(1))


class Finetuned(nn.Module):
    def __init__(self, classes=7):
        super().__init__()
        self.backbone = resnet18(weights="DEFAULT")
        self.backbone.fc = nn.Linear(512, classes)
        nn.init.normal_(self.backbone.fc.weight, std=0.01)
        nn.init.zeros_(self.backbone.fc.bias)

    def forward(self, x):
        return self.backbone(x)


def init(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)


net = Net()
net.apply(init)
net.load_state_dict(torch.load("best.pt"))
net.head.apply(init)
