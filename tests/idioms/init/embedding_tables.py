"""Embeddings: padding rows, sinusoids, pretrained tables, `from_pretrained`, and truncated by hand."""

import math

import numpy as np
import torch
import torch.nn as nn


# A table that comes from elsewhere.
UNKNOWN = {"zeros.weight"}


class Sinusoid(nn.Embedding):
    def __init__(self, num_positions, embedding_dim):
        super().__init__(num_positions, embedding_dim)
        self.weight.requires_grad = False


class Net(nn.Module):
    def __init__(self, words=30, dim=16):
        super().__init__()
        self.plain = nn.Embedding(words, dim)
        nn.init.uniform_(self.plain.weight, -1.0 / dim, 1.0 / dim)
        self.scaled = nn.Embedding(words, dim)
        self.scaled.weight.data.normal_(mean=0, std=1 / math.sqrt(dim))
        self.sin = Sinusoid(words, dim)
        self.zeros = nn.Embedding(words, dim, _weight=torch.zeros(words, dim))
        self.pre = nn.Embedding.from_pretrained(torch.randn(words, dim) * 0.1, freeze=False)
        self.data = nn.Embedding(words, dim)
        self.data.weight.data.copy_(torch.from_numpy(np.zeros((words, dim))))
        self.frozen = nn.Embedding.from_pretrained(torch.ones(words, dim))
        self.bag = nn.EmbeddingBag(words, dim, mode="sum")
        self.list = nn.ModuleList([nn.Embedding(n, 8) for n in (10, 20)])
        for e in self.list:
            e.weight.data *= 0.1


def build():
    return Net()
