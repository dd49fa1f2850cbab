"""New tensors assigned where Parameters stand."""

import numpy as np
import torch
import torch.nn as nn


class Classifier(nn.Module):
    def __init__(self, dim=64, classes=10):
        super().__init__()
        self.fc1 = nn.Linear(dim, dim)
        self.fc2 = nn.Linear(dim, classes)
        self.fc1.weight = nn.init.kaiming_normal_(torch.empty(dim, dim), nonlinearity="relu")  # expect: parameter-replaced-by-tensor

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))


class Actor(nn.Module):
    def __init__(self, obs=12, act=4):
        super().__init__()
        self.hidden = nn.Linear(obs, 64)
        self.mu = nn.Linear(64, act)
        self.mu.weight = self.mu.weight * 0.01  # expect: parameter-replaced-by-tensor

    def forward(self, x):
        return torch.tanh(self.mu(torch.tanh(self.hidden(x))))


class WordModel(nn.Module):
    def __init__(self, vocab=500, dim=50, classes=3):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim)
        self.embedding.weight = torch.randn(vocab, dim) * 0.1  # expect: parameter-replaced-by-tensor
        self.out = nn.Linear(dim, classes)

    def forward(self, ids):
        return self.out(self.embedding(ids).mean(1))
