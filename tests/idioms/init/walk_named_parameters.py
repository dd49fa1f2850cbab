"""Rules by name and dimension: `if "bias" in name`, `p.dim() > 1`, `p.ndim`, `name.split('.')`, `len(p.shape)`."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.embed = nn.Embedding(20, dim)
        self.encoder = nn.ModuleList([nn.Linear(dim, dim) for _ in range(2)])
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, 3)
        for p in self.encoder.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
        for name, p in self.named_parameters():
            if name.split(".")[0] == "head":
                if p.ndim == 1:
                    p.data.fill_(-2.0)
                else:
                    nn.init.zeros_(p)
            elif "norm" not in name and name.rpartition(".")[-1] == "bias":
                p.data.fill_(0.1)
            elif len(p.shape) == 2 and p.requires_grad and not name.startswith("encoder"):
                p.data.normal_(0, p.shape[1] ** -0.5)
        params = dict(self.named_parameters())
        params["norm.bias"].data.fill_(0.3)
        for name in params.keys() & {"norm.weight"}:
            nn.init.constant_(params[name], 2.0)


def build():
    return Net()
