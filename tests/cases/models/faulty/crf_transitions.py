import torch
import torch.nn as nn


class BiLSTMCRF(nn.Module):
    def __init__(self, vocab, tags, emb=100, hidden=128):
        super().__init__()
        self.embed = nn.Embedding(vocab, emb)
        self.lstm = nn.LSTM(emb, hidden, bidirectional=True, batch_first=True)
        self.hidden2tag = nn.Linear(2 * hidden, tags)
        self.transitions = nn.Parameter(torch.FloatTensor(tags, tags))  # expect: uninitialised-parameter

    def score(self, emissions, tags):
        total = emissions[:, 0].gather(1, tags[:, :1]).squeeze(1)
        for t in range(1, tags.size(1)):
            total = total + self.transitions[tags[:, t - 1], tags[:, t]]
            total = total + emissions[:, t].gather(1, tags[:, t : t + 1]).squeeze(1)
        return total

    def forward(self, tokens, tags):
        emissions = self.hidden2tag(self.lstm(self.embed(tokens))[0])
        return self.score(emissions, tags)
