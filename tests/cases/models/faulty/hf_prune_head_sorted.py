import torch
import torch.nn as nn


class MLMHead(nn.Module):
    def __init__(self, d=768, vocab=30522):
        super().__init__()
        self.dense = nn.Linear(d, d)
        self.ln = nn.LayerNorm(d, eps=1e-12)
        self.decoder = nn.Linear(d, vocab, bias=False)
        self.bias = nn.Parameter(torch.empty(vocab))  # expect: uninitialised-parameter

    def forward(self, h):
        h = self.ln(nn.functional.gelu(self.dense(h)))
        return self.decoder(h) + self.bias
