import torch
import torch.nn as nn


class Seq2Seq(nn.Module):
    def __init__(self, vi, vo, d=256):
        super().__init__()
        self.e_in = nn.Embedding(vi, d)
        self.e_out = nn.Embedding(vo, d)
        self.enc = nn.GRU(d, d, batch_first=True)
        self.dec = nn.GRU(d, d, batch_first=True)
        self.out = nn.Linear(d, vo)


def init_weights(m):
    for name, p in m.named_parameters():
        nn.init.uniform_(p.data, -0.08, 0.08)


def build():
    model = Seq2Seq(5000, 5000)
    model.apply(init_weights)
    opt = torch.optim.Adam(model.parameters())
    return model, opt
