"""Recurrent networks, transformers and mixers."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional as F


class Tagger(nn.Module):
    """Tokens, a recurrent layer, a label for each."""

    def __init__(self, kind: str = "LSTM", width: int = 64, layers: int = 1, both: bool = False) -> None:
        super().__init__()
        self.embedding = nn.Embedding(200, width)
        cls = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN}[kind]
        self.project = nn.Linear(width, width)
        self.rnn = cls(width, width, num_layers=layers, batch_first=True, bidirectional=both)
        self.head = nn.Linear(2 * width if both else width, 12)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        output, _ = self.rnn(self.project(self.embedding(tokens)))
        return self.head(output)


class Bag(nn.Module):
    """The mean of embeddings."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.embedding = nn.Embedding(300, width)
        self.one, self.two = nn.Linear(width, width), nn.Linear(width, 4)
        nn.init.normal_(self.embedding.weight, std=0.1)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.two(F.relu(self.one(self.embedding(tokens).mean(dim=1))))


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, causal: bool, fused: bool) -> None:
        super().__init__()
        self.heads, self.causal, self.fused = heads, causal, fused
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if self.fused:
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            scores = q @ k.transpose(-2, -1) / math.sqrt(width // self.heads)
            if self.causal:
                mask = torch.triu(torch.ones(length, length, dtype=torch.bool, device=x.device), 1)
                scores = scores.masked_fill(mask, float("-inf"))
            y = scores.softmax(dim=-1) @ v
        return self.proj(y.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, causal: bool, fused: bool, post: bool) -> None:
        super().__init__()
        self.post = post
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads, causal, fused)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.post:
            x = self.norm1(x + self.attention(x))
            return self.norm2(x + self.down(F.gelu(self.up(x))))
        x = x + self.attention(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class SmallGpt(nn.Module):
    """GPT-2's init with its scaled projections; the head tied or not."""

    def __init__(
        self,
        width: int = 96,
        depth: int = 4,
        heads: int = 4,
        tied: bool = True,
        post: bool = False,
        fused: bool = False,
    ) -> None:
        super().__init__()
        self.tokens, self.places = nn.Embedding(256, width), nn.Embedding(64, width)
        self.layers = nn.ModuleList([Layer(width, heads, True, fused, post) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 256, bias=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                scaled = name.endswith(("proj.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * depth) if scaled else 0.02)
        if tied:
            self.head.weight = self.tokens.weight

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        places = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.tokens(tokens) + self.places(places)
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))


class SmallVit(nn.Module):
    """Patches, a class token or the mean of all."""

    def __init__(self, width: int = 96, depth: int = 4, token: bool = False, fused: bool = True) -> None:
        super().__init__()
        self.token = token
        self.patches = nn.Conv2d(3, width, 4, stride=4)
        self.places = nn.Parameter(torch.randn(1, 64, width) * 0.02)
        self.first = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.layers = nn.ModuleList([Layer(width, 4, False, fused, False) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.patches(x).flatten(2).transpose(1, 2) + self.places
        if self.token:
            x = torch.cat([self.first.expand(x.shape[0], -1, -1), x], dim=1)
        for layer in self.layers:
            x = layer(x)
        x = self.norm(x)
        return self.head(x[:, 0] if self.token else x.mean(dim=1))


class Mixer(nn.Module):
    """MLPs over tokens and over channels in turn."""

    def __init__(self, width: int = 64, tokens: int = 64, depth: int = 3) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, width, 4, stride=4)
        self.token_norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.channel_norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.token_up = nn.ModuleList([nn.Linear(tokens, 2 * tokens) for _ in range(depth)])
        self.token_down = nn.ModuleList([nn.Linear(2 * tokens, tokens) for _ in range(depth)])
        self.up = nn.ModuleList([nn.Linear(width, 4 * width) for _ in range(depth)])
        self.down = nn.ModuleList([nn.Linear(4 * width, width) for _ in range(depth)])
        self.head = nn.Linear(width, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.patches(x).flatten(2).transpose(1, 2)
        for index, up in enumerate(self.up):
            y = self.token_norms[index](x).transpose(1, 2)
            x = x + self.token_down[index](F.gelu(self.token_up[index](y))).transpose(1, 2)
            x = x + self.down[index](F.gelu(up(self.channel_norms[index](x))))
        return self.head(x.mean(dim=1))


class Llama(nn.Module):
    """RMS norms written out, SwiGLU, no biases, pre-norm."""

    def __init__(self, width: int = 96, depth: int = 3) -> None:
        super().__init__()
        self.tokens = nn.Embedding(256, width)
        self.layers = nn.ModuleList([LlamaLayer(width) for _ in range(depth)])
        self.norm = Rms(width)
        self.head = nn.Linear(width, 256, bias=False)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=0.02)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        x = self.tokens(tokens)
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))


class Rms(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight


class LlamaLayer(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm1, self.norm2 = Rms(width), Rms(width)
        self.attention = Attention(width, 4, False, True)
        self.gate, self.up = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, 3 * width, bias=False)
        self.down = nn.Linear(3 * width, width, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attention(self.norm1(x))
        y = self.norm2(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Encoder(nn.Module):
    """torch's own transformer layers, built one by one."""

    def __init__(self, width: int = 64, depth: int = 3, first: bool = True) -> None:
        super().__init__()
        self.stem = nn.Linear(32, width)
        self.layers = nn.ModuleList(
            [nn.TransformerEncoderLayer(width, 4, 128, 0.0, batch_first=True, norm_first=first) for _ in range(depth)]
        )
        self.head = nn.Linear(width, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for layer in self.layers:
            x = layer(x)
        return self.head(x)
