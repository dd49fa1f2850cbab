import torch
import torch.nn as nn


class WaveNet(nn.Module):
    def __init__(self, channels=64, layers=10):
        super().__init__()
        self.start = nn.Conv1d(1, channels, 1)
        self.filters = nn.ModuleList()
        conv = nn.Conv1d(channels, channels, 3, padding=1)
        for i in range(layers):
            self.filters.append(conv)  # expect: shared-instance
        self.end = nn.Conv1d(channels, 256, 1)

    def forward(self, x):
        x = self.start(x)
        for f in self.filters:
            x = x + torch.tanh(f(x))
        return self.end(x)
