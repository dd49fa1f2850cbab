import torch
import torch.nn as nn


class Tagger(nn.Module):
    def __init__(self, vocab, tags, d=100, h=128):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.lstm = nn.LSTM(d, h, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * h, tags)
        self.init_lstm()

    def init_lstm(self):
        for name, p in self.lstm.named_parameters():
            if "weight_ih" in name:
                nn.init.xavier_uniform_(p.data)
            elif "weight_hh" in name:
                nn.init.orthogonal_(p.data)
            elif "bias" in name:
                p.data.fill_(0)
                if "bias_ih" in name:
                    n = p.size(0)
                    p.data[n // 4 : n // 2].fill_(1)

    def forward(self, x):
        return self.fc(self.lstm(self.embed(x))[0])
