import torch
import torch.nn as nn


class BaseModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.apply(self._init_weights)

    def _init_weights(self, m):
        if isinstance(m, nn.Linear):
            nn.init.trunc_normal_(m.weight, std=0.02)
            nn.init.zeros_(m.bias)


class TabularNet(BaseModel):
    def __init__(self, d_in=30, d=128, classes=2):
        super().__init__()  # expect: init-before-layers
        self.fc1 = nn.Linear(d_in, d)
        self.norm = nn.LayerNorm(d)
        self.fc2 = nn.Linear(d, classes)

    def forward(self, x):
        return self.fc2(torch.relu(self.norm(self.fc1(x))))
