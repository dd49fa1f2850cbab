"""Recurrent classifiers and a bidirectional tagger, with the initialisations that people give them."""

from __future__ import annotations

import torch
from torch import nn


class LstmClassifier(nn.Module):
    """Xavier for the inputs, orthogonal for the recurrence, zero biases: by the names of the parameters."""

    def __init__(self, vocabulary: int = 200, embedding: int = 32, hidden: int = 48, classes: int = 5) -> None:
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding)
        self.lstm = nn.LSTM(embedding, hidden, num_layers=2, batch_first=True, dropout=0.1)
        self.fc = nn.Linear(hidden, classes)
        for name, param in self.lstm.named_parameters():
            if "weight_ih" in name:
                nn.init.xavier_uniform_(param.data)
            elif "weight_hh" in name:
                nn.init.orthogonal_(param.data)
            elif "bias" in name:
                param.data.fill_(0)
        nn.init.uniform_(self.embed.weight, -0.1, 0.1)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        _, (hidden, _) = self.lstm(self.embed(tokens))
        return self.fc(hidden[-1])


class GruClassifier(nn.Module):
    def __init__(self, features: int = 20, hidden: int = 64, classes: int = 3) -> None:
        super().__init__()
        self.gru = nn.GRU(features, hidden, batch_first=True)
        self.out = nn.Linear(hidden, classes)

    def forward(self, series: torch.Tensor) -> torch.Tensor:
        output, _ = self.gru(series)
        return self.out(output[:, -1])


class BiLstmTagger(nn.Module):
    def __init__(self, vocabulary: int = 100, width: int = 24, hidden: int = 40, tags: int = 9) -> None:
        super().__init__()
        self.hidden = hidden
        self.embedding = nn.Embedding(vocabulary, width, padding_idx=0)
        self.encoder = nn.LSTM(width, hidden // 2, bidirectional=True, batch_first=True)
        self.tagger = nn.Linear(hidden, tags)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        nn.init.normal_(self.embedding.weight, std=self.embedding.embedding_dim**-0.5)
        with torch.no_grad():
            self.embedding.weight[0].fill_(0)
            self.tagger.weight.uniform_(-0.05, 0.05)
            self.tagger.bias.zero_()

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        states, _ = self.encoder(self.embedding(tokens))
        return self.tagger(torch.tanh(states))
