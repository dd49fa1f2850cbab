"""DeepNorm: post-norm with α on the stream and β on v, out and the feed-forward."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class DeepNormLayer(nn.Module):
    def __init__(self, dim, heads, alpha, beta):
        super().__init__()
        self.heads = heads
        self.alpha = alpha
        self.q_proj, self.k_proj = nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.v_proj, self.out_proj = nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.fc1, self.fc2 = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim)
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        for name in ("q_proj", "k_proj"):
            nn.init.xavier_normal_(getattr(self, name).weight, gain=1)
        for name in ("v_proj", "out_proj", "fc1", "fc2"):
            nn.init.xavier_normal_(getattr(self, name).weight, gain=beta)

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, -1).transpose(1, 2)

    def forward(self, x):
        a = F.scaled_dot_product_attention(self.split(self.q_proj(x)), self.split(self.k_proj(x)), self.split(self.v_proj(x)))
        a = self.out_proj(a.transpose(1, 2).flatten(2))
        x = self.norm1(x * self.alpha + a)
        return self.norm2(x * self.alpha + self.fc2(F.relu(self.fc1(x))))


class DeepNet(nn.Module):
    def __init__(self, vocab=100, dim=64, heads=4, num_layers=24):
        super().__init__()
        alpha = (2 * num_layers) ** 0.25
        beta = (8 * num_layers) ** -0.25
        self.embed = nn.Embedding(vocab, dim)
        self.layers = nn.ModuleList([DeepNormLayer(dim, heads, alpha, beta) for _ in range(num_layers)])
        self.out = nn.Linear(dim, vocab)

    def forward(self, x):
        x = self.embed(x)
        for layer in self.layers:
            x = layer(x)
        return self.out(x)


def example():
    return DeepNet()(torch.randint(0, 100, (4, 8)))
