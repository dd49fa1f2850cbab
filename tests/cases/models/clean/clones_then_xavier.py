import copy
import torch.nn as nn


def clones(m, n):
    return nn.ModuleList([copy.deepcopy(m) for _ in range(n)])


class Layer(nn.Module):
    def __init__(self, d=512, h=8):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.ff = nn.Sequential(nn.Linear(d, 4 * d), nn.ReLU(), nn.Linear(4 * d, d))
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)

    def forward(self, x):
        y = self.n1(x)
        x = x + self.attn(y, y, y)[0]
        return x + self.ff(self.n2(x))


class Encoder(nn.Module):
    def __init__(self, layer, n):
        super().__init__()
        self.layers = clones(layer, n)

    def forward(self, x):
        for l in self.layers:
            x = l(x)
        return x


def make_model(n=6):
    model = Encoder(Layer(), n)
    for p in model.parameters():
        if p.dim() > 1:
            nn.init.xavier_uniform_(p)
    return model
