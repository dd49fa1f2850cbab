import torch
import torch.nn as nn
import torch.nn.functional as F


class GRULM(nn.Module):
    def __init__(self, vocab=10000, d=512):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)  # expect: tied-embedding-scale
        self.gru = nn.GRU(d, d, num_layers=2, batch_first=True)
        self.norm = nn.LayerNorm(d)
        self.head = nn.Linear(d, vocab, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, x, targets=None):
        h, _ = self.gru(self.embed(x))
        logits = self.head(self.norm(h))
        if targets is None:
            return logits
        return logits, F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1))
