import torch
import torch.nn as nn


class CharRNN(nn.Module):
    def __init__(self, vocab, hidden=256):
        super().__init__()
        self.embed = nn.Embedding(vocab, 64)
        self.i2h = nn.Linear(64, hidden)
        self.h2h = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, vocab)
        nn.init.kaiming_normal_(self.h2h.weight, nonlinearity="relu")
        self.hidden = hidden

    def forward(self, tokens):
        h = torch.zeros(tokens.size(0), self.hidden, device=tokens.device)
        logits = []
        for t in range(tokens.size(1)):
            h = torch.tanh(self.i2h(self.embed(tokens[:, t])) + self.h2h(h))
            logits.append(self.out(h))
        return torch.stack(logits, 1)
