import torch
import torch.nn as nn


class PostNormBlock(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.ff = nn.Sequential(nn.Linear(d, 4 * d), nn.ReLU(), nn.Linear(4 * d, d))
        self.n1 = nn.LayerNorm(d)
        self.n2 = nn.LayerNorm(d)

    def forward(self, x):
        x = self.n1(x + self.attn(x, x, x, need_weights=False)[0])
        return self.n2(x + self.ff(x))


class DeepTransformer(nn.Module):
    def __init__(self, vocab, d=512, h=8, layers=24):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.blocks = nn.ModuleList([PostNormBlock(d, h) for _ in range(layers)])  # expect: post-norm-depth
        self.out = nn.Linear(d, vocab)

    def forward(self, x):
        x = self.embed(x)
        for b in self.blocks:
            x = b(x)
        return self.out(x)


def main():
    model = DeepTransformer(1000)
    opt = torch.optim.Adam(model.parameters(), lr=1e-4)
    x = torch.randint(0, 1000, (2, 16))
    loss = nn.functional.cross_entropy(model(x).flatten(0, 1), x.flatten())
    loss.backward()
    opt.step()
