# select: IL502,IL508,IL509,IL511
import torch
import torch.nn as nn
import torch.nn.functional as F


class Attention(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.qkv = nn.Linear(d, 3 * d)
        self.proj = nn.Linear(d, d)
        self.h = h

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.h, c // self.h).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-2, -1) * (c // self.h) ** -0.5).softmax(-1)
        return self.proj((a @ v).transpose(1, 2).reshape(b, t, c))


class PostNorm(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.attn, self.drop = Attention(d, h), nn.Dropout(0.1)
        self.ff = nn.Sequential(nn.Linear(d, 4 * d), nn.ReLU(), nn.Linear(4 * d, d))
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)

    def forward(self, x):
        x = self.n1(x + self.drop(self.attn(x)))
        return self.n2(x + self.drop(self.ff(x)))


class Encoder(nn.Module):
    def __init__(self, d=256, h=8, layers=16):
        super().__init__()
        blocks = []
        for _ in range(layers):
            blocks.append(PostNorm(d, h))  # expect: post-norm-depth
        self.blocks = nn.Sequential(*blocks)

    def forward(self, x):
        return self.blocks(x)


class TorchEncoder(nn.Module):
    def __init__(self, d=256, h=8):
        super().__init__()
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(d, h) for _ in range(20))  # expect: post-norm-depth

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Gpt(nn.Module):
    def __init__(self, d=256, h=8, n=16):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(d) for _ in range(2 * n)])
        self.attns = nn.ModuleList([Attention(d, h) for _ in range(n)])
        self.ffs = nn.ModuleList([nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d)) for _ in range(n)])
        for m in self.modules():
            if isinstance(m, nn.Linear):
                m.weight.data.normal_(0, 0.02)  # expect-info: unscaled-residual-projection

    def forward(self, x):
        for i, (attn, ff) in enumerate(zip(self.attns, self.ffs)):
            x = x + attn(self.norms[2 * i](x))
            x = x + ff(self.norms[2 * i + 1](x))
        return x


class Bottleneck(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(c, c // 4, 1, bias=False), nn.BatchNorm2d(c // 4)
        self.c2, self.b2 = nn.Conv2d(c // 4, c // 4, 3, padding=1, bias=False), nn.BatchNorm2d(c // 4)
        self.c3 = nn.Conv2d(c // 4, c, 1, bias=False)
        self.b3 = nn.BatchNorm2d(c)  # expect-info: zero-init-residual

    def forward(self, x):
        y = F.relu(self.b1(self.c1(x)))
        y = F.relu(self.b2(self.c2(y)))
        return F.relu(x + self.b3(self.c3(y)))


class Deep(nn.Module):
    def __init__(self, c=64, n=20):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, padding=1)
        self.body = nn.Sequential(*(Bottleneck(c) for _ in range(n)))

    def forward(self, x):
        return self.body(self.stem(x))


class Forgotten(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.c1 = nn.Conv2d(3, d, 3, padding=1)
        self.c2 = nn.Conv2d(d, d, 3, padding=1)  # expect-info: linear-on-linear
        self.c3 = nn.Conv2d(d, d, 3, padding=1)
        self.out = nn.Linear(d, 10)

    def forward(self, x):
        x = torch.relu(self.c2(self.c1(x)))
        x = torch.relu(self.c3(x))
        return self.out(x.mean((2, 3)))
