import torch
import torch.nn as nn


class UniversalTransformer(nn.Module):
    def __init__(self, d=256, h=4, steps=6):
        super().__init__()
        self.block = nn.TransformerEncoderLayer(d, h, 4 * d, batch_first=True, norm_first=True)
        self.steps = steps
        self.norm = nn.LayerNorm(d)

    def forward(self, x):
        for _ in range(self.steps):
            x = self.block(x)
        return self.norm(x)
