import torch
import torch.nn as nn
import torch.nn.functional as F


class CosineClassifier(nn.Module):
    def __init__(self, feat_dim=512, num_classes=100):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(num_classes, feat_dim))  # expect: uninitialised-parameter
        self.scale = nn.Parameter(torch.tensor(10.0))

    def forward(self, x):
        return self.scale * F.linear(F.normalize(x), F.normalize(self.weight))
