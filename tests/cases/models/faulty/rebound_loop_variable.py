import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.gru = nn.GRU(d, d, batch_first=True)
        self.out = nn.Linear(d, d)
        for p in self.parameters():
            if p.dim() > 1:
                p = nn.init.xavier_uniform_(torch.empty_like(p))  # expect: init-has-no-effect

    def forward(self, x):
        y, _ = self.gru(x)
        return self.out(y[:, -1])
