"""Functions named like classes: `def Linear(…)` that build, initialise and return a layer."""

import math

import torch.nn as nn


def Linear(in_features, out_features, bias=True):
    m = nn.Linear(in_features, out_features, bias)
    nn.init.xavier_uniform_(m.weight)
    if bias:
        nn.init.constant_(m.bias, 0.0)
    return m


def Embedding(num_embeddings, embedding_dim, padding_idx=None):
    m = nn.Embedding(num_embeddings, embedding_dim, padding_idx=padding_idx)
    m.weight.data.uniform_(-0.1, 0.1)
    return m


def LSTM(input_size, hidden_size, **kwargs):
    m = nn.LSTM(input_size, hidden_size, **kwargs)
    for name, param in m.named_parameters():
        if "weight" in name or "bias" in name:
            param.data.uniform_(-0.1, 0.1)
    return m


def ConvTBC(i, o, k, dropout=0.0):
    m = nn.Conv1d(i, o, k)
    std = math.sqrt((4 * (1.0 - dropout)) / (m.kernel_size[0] * i))
    m.weight.data.normal_(mean=0, std=std)
    m.bias.data.zero_()
    return nn.utils.weight_norm(m, dim=2) if dropout > 1 else m


class Net(nn.Module):
    def __init__(self, width=24):
        super().__init__()
        self.embed = Embedding(40, width)
        self.lstm = LSTM(width, 16, num_layers=2, bidirectional=True)
        self.conv = ConvTBC(32, 16, 3, dropout=0.1)
        self.fc = Linear(16, 5)


def build():
    return Net()
