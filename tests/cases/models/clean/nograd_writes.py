import torch
import torch.nn as nn


class Codebook(nn.Module):
    def __init__(self, n=512, d=64):
        super().__init__()
        self.embedding = nn.Embedding(n, d)
        self.embedding.weight.data.uniform_(-1 / n, 1 / n)
        self.scale = nn.Parameter(torch.empty(1))
        with torch.no_grad():
            self.scale.fill_(10.0)

    def forward(self, z):
        flat = z.reshape(-1, z.size(-1))
        d = flat.pow(2).sum(1, keepdim=True) - 2 * flat @ self.embedding.weight.t() + self.embedding.weight.pow(2).sum(1)
        q = self.embedding(d.argmin(1)).view_as(z)
        return z + (q - z).detach(), ((q.detach() - z) ** 2).mean() + self.scale * 0
