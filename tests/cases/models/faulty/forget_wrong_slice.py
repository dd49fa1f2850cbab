import torch
import torch.nn as nn


class Tagger(nn.Module):
    def __init__(self, vocab, tags, d=128, h=128):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.lstm = nn.LSTM(d, h, batch_first=True)
        self.out = nn.Linear(h, tags)
        for name, p in self.lstm.named_parameters():
            if "weight_hh" in name:
                nn.init.orthogonal_(p)
            elif "bias_ih" in name:
                nn.init.zeros_(p)
                p.data[:h].fill_(1.0)  # expect: forget-gate-bias
            elif "bias_hh" in name:
                nn.init.zeros_(p)

    def forward(self, x):
        y, _ = self.lstm(self.embed(x))
        return self.out(y)
