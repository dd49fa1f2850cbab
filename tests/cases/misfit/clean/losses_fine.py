"""Activations at the output that fit the loss, or that stand beside it."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Logits(nn.Module):
    def __init__(self, d=16, c=4):
        super().__init__()
        self.fc = nn.Linear(d, c)

    def forward(self, x):
        return self.fc(x)

    def predict(self, x):
        return F.softmax(self(x), dim=-1)


def train_logits(x, y):
    model = Logits()
    criterion = nn.CrossEntropyLoss()
    out = model(x)
    loss = criterion(out, y)
    loss.backward()
    return F.softmax(out, 1).argmax(1)


class LogProbs(nn.Module):
    def __init__(self, d=16, c=4):
        super().__init__()
        self.fc = nn.Linear(d, c)

    def forward(self, x):
        return F.log_softmax(self.fc(x), dim=1)


def train_nll(x, y):
    net = LogProbs()
    return F.nll_loss(net(x), y)


class Probability(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d, 1), nn.Sigmoid())

    def forward(self, x):
        return self.net(x)


def train_gan(x):
    critic, criterion, logits_loss = Probability(), nn.BCELoss(), nn.BCEWithLogitsLoss()
    other = Logits(16, 1)
    return criterion(critic(x), torch.ones(len(x), 1)) + logits_loss(other(x), torch.ones(len(x), 1))


class Both(nn.Module):
    """Logits in training, probabilities in evaluation."""

    def __init__(self, d=16, c=4):
        super().__init__()
        self.fc = nn.Linear(d, c)

    def forward(self, x):
        logits = self.fc(x)
        return logits if self.training else logits.softmax(-1)


def train_both(x, y):
    model = Both()
    model.train()
    return F.cross_entropy(model(x), y)


def train_log_of_softmax(x, y):
    model = Probability()
    logits = torch.log(model(x))
    return F.cross_entropy(logits, y)
