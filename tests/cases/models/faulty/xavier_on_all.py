import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, vocab, d=256):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.lstm = nn.LSTM(d, d, 2, batch_first=True)
        self.proj = nn.Linear(d, d)
        for p in self.parameters():
            nn.init.xavier_uniform_(p)  # expect: init-needs-2d

    def forward(self, x):
        return self.proj(self.lstm(self.embed(x))[0])
