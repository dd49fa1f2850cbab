import torch
import torch.nn as nn


class TCN(nn.Module):
    def __init__(self, c_in, c=64, classes=6):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv1d(c_in, c, 3, padding=1), nn.ReLU(),
            nn.Conv1d(c, c, 3, padding=2, dilation=2), nn.ReLU(),
            nn.Conv1d(c, c, 3, padding=4, dilation=4), nn.ReLU(),
        )
        self.fc = nn.Linear(c, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):  # expect: init-has-no-effect
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")

    def forward(self, x):
        return self.fc(self.net(x).mean(-1))
