import copy
import torch
from torch import nn


def _get_clones(module, N):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(N)])  # expect: cloned-layers


class DecoderLayer(nn.Module):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(d_model, nhead, dropout=dropout)
        self.cross_attn = nn.MultiheadAttention(d_model, nhead, dropout=dropout)
        self.linear1 = nn.Linear(d_model, dim_feedforward)
        self.linear2 = nn.Linear(dim_feedforward, d_model)
        self.norm1 = nn.LayerNorm(d_model)
        self.norm2 = nn.LayerNorm(d_model)
        self.norm3 = nn.LayerNorm(d_model)

    def forward(self, tgt, memory):
        tgt = self.norm1(tgt + self.self_attn(tgt, tgt, tgt)[0])
        tgt = self.norm2(tgt + self.cross_attn(tgt, memory, memory)[0])
        return self.norm3(tgt + self.linear2(torch.relu(self.linear1(tgt))))


class Decoder(nn.Module):
    def __init__(self, d_model=256, nhead=8, num_layers=6):
        super().__init__()
        self.layers = _get_clones(DecoderLayer(d_model, nhead), num_layers)
        self.norm = nn.LayerNorm(d_model)

    def forward(self, tgt, memory):
        for layer in self.layers:
            tgt = layer(tgt, memory)
        return self.norm(tgt)


class DETRHead(nn.Module):
    def __init__(self, num_classes=91, hidden_dim=256, num_queries=100):
        super().__init__()
        self.query_embed = nn.Embedding(num_queries, hidden_dim)
        self.decoder = Decoder(hidden_dim)
        self.class_embed = nn.Linear(hidden_dim, num_classes + 1)

    def forward(self, memory):
        q = self.query_embed.weight.unsqueeze(1).repeat(1, memory.shape[1], 1)
        return self.class_embed(self.decoder(q, memory))
