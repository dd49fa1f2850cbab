"""A text classifier on torch's own encoder, with Xavier for all matrices, as the annotated transformer has it."""

from __future__ import annotations

import math

import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, width: int, dropout: float = 0.1, longest: int = 50) -> None:
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        position = torch.arange(longest).unsqueeze(1)
        scale = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        table = torch.zeros(1, longest, width)
        table[0, :, 0::2] = torch.sin(position * scale)
        table[0, :, 1::2] = torch.cos(position * scale)
        self.register_buffer("table", table)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dropout(x + self.table[:, : x.size(1)])


class TextClassifier(nn.Module):
    def __init__(
        self, vocabulary: int = 300, width: int = 64, heads: int = 4, depth: int = 3, hidden: int = 128
    ) -> None:
        super().__init__()
        self.width = width
        self.embedding = nn.Embedding(vocabulary, width)
        self.position = PositionalEncoding(width)
        layer = nn.TransformerEncoderLayer(d_model=width, nhead=heads, dim_feedforward=hidden, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, num_layers=depth)
        self.decoder = nn.Linear(width, 4)
        self.init_weights()

    def init_weights(self) -> None:
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
        bound = 0.1
        self.embedding.weight.data.uniform_(-bound, bound)
        self.decoder.bias.data.zero_()
        self.decoder.weight.data.uniform_(-bound, bound)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        x = self.position(self.embedding(tokens) * math.sqrt(self.width))
        return self.decoder(self.encoder(x).mean(dim=1))


class PlainEncoder(nn.Module):
    """Torch's own initialisation of the encoder: its layers are copies of one."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(width, 2, 64, norm_first=True, batch_first=True, activation="gelu"), 2
        )
        self.attention = nn.MultiheadAttention(width, 2, batch_first=True)
        self.head = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.encoder(x)
        x, _ = self.attention(x, x, x)
        return self.head(x)
