import torch
import torch.nn as nn


class BertLayer(nn.Module):
    def __init__(self, d=768, h=12):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, h, dropout=0.1, batch_first=True)
        self.n1 = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, 4 * d)
        self.down = nn.Linear(4 * d, d)
        self.n2 = nn.LayerNorm(d, eps=1e-12)

    def forward(self, x):
        x = self.n1(x + self.attn(x, x, x)[0])
        return self.n2(x + self.down(nn.functional.gelu(self.up(x))))


class Bert(nn.Module):
    def __init__(self, vocab=30522, d=768, n=12):
        super().__init__()
        self.emb = nn.Embedding(vocab, d, padding_idx=0)
        self.pos = nn.Embedding(512, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList([BertLayer(d) for _ in range(n)])
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, (nn.Linear, nn.Embedding)):
            m.weight.data.normal_(0.0, 0.02)
            if isinstance(m, nn.Linear) and m.bias is not None:
                m.bias.data.zero_()
        elif isinstance(m, nn.LayerNorm):
            m.bias.data.zero_()
            m.weight.data.fill_(1.0)

    def forward(self, ids):
        x = self.norm(self.emb(ids) + self.pos(torch.arange(ids.size(1), device=ids.device)))
        for l in self.layers:
            x = l(x)
        return x
