import torch
import torch.nn as nn
from torch.nn.utils import weight_norm


class TemporalBlock(nn.Module):
    def __init__(self, i, o, k=3, d=1, p=0.2):
        super().__init__()
        conv1 = nn.Conv1d(i, o, k, padding=(k - 1) * d // 2, dilation=d)
        conv2 = nn.Conv1d(o, o, k, padding=(k - 1) * d // 2, dilation=d)
        for c in (conv1, conv2):
            c.weight.data.normal_(0, 0.01)
        self.conv1, self.conv2 = weight_norm(conv1), weight_norm(conv2)
        self.down = nn.Conv1d(i, o, 1) if i != o else None
        self.drop = nn.Dropout(p)

    def forward(self, x):
        y = self.drop(torch.relu(self.conv1(x)))
        y = self.drop(torch.relu(self.conv2(y)))
        return torch.relu(y + (x if self.down is None else self.down(x)))
