"""Transformers, a WaveNet and deep fully connected networks at their usual depth: all of them are healthy."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, width, heads, bias=True):
        super().__init__()
        self.heads = heads
        self.q, self.k = nn.Linear(width, width, bias=bias), nn.Linear(width, width, bias=bias)
        self.v, self.o = nn.Linear(width, width, bias=bias), nn.Linear(width, width, bias=bias)

    def forward(self, x, memory=None, causal=False):
        b, n, d = x.shape
        memory = x if memory is None else memory
        q, k, v = (
            f(y).view(b, -1, self.heads, d // self.heads).transpose(1, 2)
            for f, y in ((self.q, x), (self.k, memory), (self.v, memory))
        )
        y = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return self.o(y.transpose(1, 2).reshape(b, n, d))


class Mlp(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.fc1, self.act, self.fc2 = nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width)

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


class PreBlock(nn.Module):
    def __init__(self, width, heads, causal=False):
        super().__init__()
        self.ln1, self.attn = nn.LayerNorm(width), Attention(width, heads)
        self.ln2, self.mlp = nn.LayerNorm(width), Mlp(width, 4 * width)
        self.causal = causal

    def forward(self, x):
        x = x + self.attn(self.ln1(x), causal=self.causal)
        return x + self.mlp(self.ln2(x))


class VitLarge(nn.Module):
    def __init__(self, width: int = 1024, depth: int = 24, heads: int = 16, patch: int = 16, image: int = 224):
        super().__init__()
        self.patch_embed = nn.Conv2d(3, width, patch, patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, (image // patch) ** 2 + 1, width))
        self.blocks = nn.Sequential(*[PreBlock(width, heads) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 1000)
        nn.init.trunc_normal_(self.pos_embed, std=0.02)
        nn.init.normal_(self.cls_token, std=1e-6)
        self.apply(self._init_weights)

    def _init_weights(self, m):
        if isinstance(m, nn.Linear):
            nn.init.trunc_normal_(m.weight, std=0.02)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = self.patch_embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(x.shape[0], -1, -1), x], 1) + self.pos_embed
        return self.head(self.norm(self.blocks(x))[:, 0])


class Gpt2Xl(nn.Module):
    def __init__(self, vocab: int = 50257, context: int = 1024, width: int = 1600, layers: int = 48, heads: int = 25):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(vocab, width), nn.Embedding(context, width)
        self.h = nn.ModuleList([PreBlock(width, heads, causal=True) for _ in range(layers)])
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocab, bias=False)
        self.lm_head.weight = self.wte.weight
        self.apply(self._init_weights)
        for name, p in self.named_parameters():
            if name.endswith(("attn.o.weight", "mlp.fc2.weight")):
                nn.init.normal_(p, mean=0.0, std=0.02 / math.sqrt(2 * layers))

    def _init_weights(self, m):
        if isinstance(m, (nn.Linear, nn.Embedding)):
            nn.init.normal_(m.weight, mean=0.0, std=0.02)
        if isinstance(m, nn.Linear) and m.bias is not None:
            nn.init.zeros_(m.bias)

    def forward(self, idx):
        x = self.wte(idx) + self.wpe(torch.arange(idx.shape[1]))
        for block in self.h:
            x = block(x)
        return self.lm_head(self.ln_f(x))


class PostBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention, self.norm1 = Attention(width, heads), nn.LayerNorm(width, eps=1e-12)
        self.mlp, self.norm2 = Mlp(width, 4 * width), nn.LayerNorm(width, eps=1e-12)

    def forward(self, x):
        x = self.norm1(x + self.attention(x))
        return self.norm2(x + self.mlp(x))


class BertLarge(nn.Module):
    def __init__(self, vocab: int = 30522, width: int = 1024, layers: int = 12, heads: int = 16):
        super().__init__()
        self.word, self.position = nn.Embedding(vocab, width), nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([PostBlock(width, heads) for _ in range(layers)])
        self.pooler, self.classifier = nn.Linear(width, width), nn.Linear(width, 2)
        self.apply(self._init_weights)

    def _init_weights(self, m):
        if isinstance(m, (nn.Linear, nn.Embedding)):
            m.weight.data.normal_(mean=0.0, std=0.02)
        elif isinstance(m, nn.LayerNorm):
            m.bias.data.zero_()
            m.weight.data.fill_(1.0)

    def forward(self, ids):
        x = self.norm(self.word(ids) + self.position(torch.arange(ids.shape[1])))
        for layer in self.layers:
            x = layer(x)
        return self.classifier(torch.tanh(self.pooler(x[:, 0])))


class RmsNorm(nn.Module):
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(width)), eps

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps))


class SwiGlu(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.gate, self.up = nn.Linear(width, hidden, bias=False), nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class LlamaBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.attn = RmsNorm(width), Attention(width, heads, bias=False)
        self.norm2, self.mlp = RmsNorm(width), SwiGlu(width, 8 * width // 3)

    def forward(self, x):
        x = x + self.attn(self.norm1(x), causal=True)
        return x + self.mlp(self.norm2(x))


class Llama(nn.Module):
    def __init__(self, vocab: int = 32000, width: int = 4096, layers: int = 32, heads: int = 32):
        super().__init__()
        self.tok_embeddings = nn.Embedding(vocab, width)
        self.layers = nn.ModuleList([LlamaBlock(width, heads) for _ in range(layers)])
        self.norm, self.output = RmsNorm(width), nn.Linear(width, vocab, bias=False)
        for m in self.modules():
            if isinstance(m, (nn.Linear, nn.Embedding)):
                nn.init.normal_(m.weight, std=0.02)

    def forward(self, tokens):
        x = self.tok_embeddings(tokens)
        for layer in self.layers:
            x = layer(x)
        return self.output(self.norm(x))


class T5Block(nn.Module):
    def __init__(self, width, heads, decoder):
        super().__init__()
        self.norm1, self.attn = RmsNorm(width), Attention(width, heads, bias=False)
        self.cross = Attention(width, heads, bias=False) if decoder else None
        self.norm2, self.norm3 = RmsNorm(width), RmsNorm(width)
        self.wi, self.wo = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)

    def forward(self, x, memory=None):
        x = x + self.attn(self.norm1(x))
        if self.cross is not None:
            x = x + self.cross(self.norm2(x), memory)
        return x + self.wo(torch.relu(self.wi(self.norm3(x))))


class T5(nn.Module):
    def __init__(self, vocab: int = 32128, width: int = 1024, layers: int = 24, heads: int = 16):
        super().__init__()
        self.shared, self.width = nn.Embedding(vocab, width), width
        self.encoder = nn.ModuleList([T5Block(width, heads, False) for _ in range(layers)])
        self.decoder = nn.ModuleList([T5Block(width, heads, True) for _ in range(layers)])
        self.norm1, self.norm2 = RmsNorm(width), RmsNorm(width)
        for m in self.modules():
            if isinstance(m, Attention):
                nn.init.normal_(m.q.weight, std=(width * width // heads) ** -0.5)
                for each in (m.k, m.v, m.o):
                    nn.init.normal_(each.weight, std=width**-0.5)
            elif isinstance(m, T5Block):
                nn.init.normal_(m.wi.weight, std=width**-0.5)
                nn.init.normal_(m.wo.weight, std=(4 * width) ** -0.5)

    def forward(self, source, target):
        memory, x = self.shared(source), self.shared(target)
        for block in self.encoder:
            memory = block(memory)
        memory = self.norm1(memory)
        for block in self.decoder:
            x = block(x, memory)
        return F.linear(self.norm2(x) * self.width**-0.5, self.shared.weight)


class WhisperEncoder(nn.Module):
    def __init__(self, mels: int = 80, width: int = 1280, layers: int = 32, heads: int = 20):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(mels, width, 3, padding=1), nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.blocks = nn.ModuleList([PreBlock(width, heads) for _ in range(layers)])
        self.ln_post = nn.LayerNorm(width)

    def forward(self, mel):
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).permute(0, 2, 1)
        for block in self.blocks:
            x = block(x)
        return self.ln_post(x)


class SwinStage(nn.Module):
    """Windows left out: what counts here is the order of norms, branches and merges."""

    def __init__(self, width, depth, heads, merge):
        super().__init__()
        self.blocks = nn.ModuleList([PreBlock(width, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(4 * width) if merge else None
        self.reduction = nn.Linear(4 * width, 2 * width, bias=False) if merge else None

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        if self.reduction is not None:
            b, n, d = x.shape
            x = self.reduction(self.norm(x.reshape(b, n // 4, 4 * d)))
        return x


class Swin(nn.Module):
    def __init__(self, width: int = 96, depths: tuple = (2, 2, 18, 2)):
        super().__init__()
        self.patch_embed, self.patch_norm = nn.Conv2d(3, width, 4, 4), nn.LayerNorm(width)
        self.stages = nn.ModuleList(
            [SwinStage(width * 2**i, depth, 3 * 2**i, i < len(depths) - 1) for i, depth in enumerate(depths)]
        )
        self.head = nn.Linear(width * 2 ** (len(depths) - 1), 1000)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.trunc_normal_(m.weight, std=0.02)

    def forward(self, x):
        x = self.patch_norm(self.patch_embed(x).flatten(2).transpose(1, 2))
        for stage in self.stages:
            x = stage(x)
        return self.head(x.mean(1))


class WaveNet(nn.Module):
    def __init__(self, residual: int = 64, skip: int = 256, layers: int = 30, classes: int = 256):
        super().__init__()
        self.start = nn.Conv1d(classes, residual, 1)
        dilations = [2 ** (i % 10) for i in range(layers)]
        self.filters = nn.ModuleList([nn.Conv1d(residual, residual, 2, dilation=d, padding=d) for d in dilations])
        self.gates = nn.ModuleList([nn.Conv1d(residual, residual, 2, dilation=d, padding=d) for d in dilations])
        self.residuals = nn.ModuleList([nn.Conv1d(residual, residual, 1) for _ in range(layers)])
        self.skips = nn.ModuleList([nn.Conv1d(residual, skip, 1) for _ in range(layers)])
        self.end1, self.end2 = nn.Conv1d(skip, skip, 1), nn.Conv1d(skip, classes, 1)

    def forward(self, x):
        x, total = self.start(x), 0
        for filt, gate, residual, skip in zip(self.filters, self.gates, self.residuals, self.skips):
            h = (torch.tanh(filt(x)) * torch.sigmoid(gate(x)))[..., : x.shape[-1]]
            total = total + skip(h)
            x = x + residual(h)
        return self.end2(torch.relu(self.end1(torch.relu(total))))


class SeluNet(nn.Module):
    def __init__(self, inputs: int = 64, width: int = 256, depth: int = 16):
        super().__init__()
        sizes = [inputs] + [width] * depth
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.out = nn.Linear(width, 10)
        for layer in self.layers:
            nn.init.normal_(layer.weight, 0, math.sqrt(1 / layer.in_features))
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        for layer in self.layers:
            x = F.selu(layer(x))
        return self.out(x)


class ReZeroBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, width), nn.Linear(width, width)
        self.alpha = nn.Parameter(torch.zeros(1))
        for layer in (self.fc1, self.fc2):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        return x + self.alpha * self.fc2(torch.relu(self.fc1(x)))


class ReZero(nn.Module):
    def __init__(self, inputs: int = 32, width: int = 256, depth: int = 64):
        super().__init__()
        self.first, self.last = nn.Linear(inputs, width), nn.Linear(width, 10)
        self.blocks = nn.Sequential(*[ReZeroBlock(width) for _ in range(depth)])

    def forward(self, x):
        return self.last(self.blocks(self.first(x)))
