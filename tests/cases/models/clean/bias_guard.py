import torch
import torch.nn as nn


class ConvStack(nn.Module):
    def __init__(self, bias=False):
        super().__init__()
        self.a = nn.Conv2d(3, 16, 3, padding=1, bias=bias)
        self.b = nn.Conv2d(16, 16, 3, padding=1)
        self.bn = nn.BatchNorm2d(16)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x):
        return torch.relu(self.bn(self.b(torch.relu(self.a(x)))))
