import torch.nn as nn


class Head(nn.Module):
    def __init__(self, c=256, n=4, classes=80):
        super().__init__()
        act = nn.ReLU(inplace=True)
        self.cls = nn.Sequential(*[m for _ in range(n) for m in (nn.Conv2d(c, c, 3, padding=1, bias=False), nn.GroupNorm(32, c), act)])
        self.drops = nn.ModuleList([nn.Dropout(0.1)] * n)
        self.out = nn.Conv2d(c, classes, 3, padding=1)
        nn.init.normal_(self.out.weight, std=0.01)
        nn.init.constant_(self.out.bias, -4.59)

    def forward(self, x):
        x = self.cls(x)
        for d in self.drops:
            x = d(x)
        return self.out(x)
