import math
import torch
import torch.nn as nn


class LM(nn.Module):
    def __init__(self, vocab=8000, d=256):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        nn.init.normal_(self.embed.weight, mean=0, std=d ** -0.5)
        self.lstm = nn.LSTM(d, d, 2, batch_first=True)
        self.head = nn.Linear(d, vocab, bias=False)
        self.head.weight = self.embed.weight
        self.scale = math.sqrt(d)

    def forward(self, x, y):
        h, _ = self.lstm(self.embed(x) * self.scale)
        return nn.functional.cross_entropy(self.head(h).flatten(0, 1), y.flatten())
