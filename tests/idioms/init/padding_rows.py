"""Embeddings of which the row for padding is zeroed again by hand, in each of the usual ways, and tables of sines."""

import math

import torch
import torch.nn as nn

# The first two rows are zeroed, of which one is for padding; tables of sines are no draw.
UNKNOWN = {"two.weight", "sines.weight", "positions.weight", "table"}


def Embedding(words, dim, padding_idx):
    m = nn.Embedding(words, dim, padding_idx=padding_idx)
    nn.init.normal_(m.weight, mean=0, std=dim**-0.5)
    nn.init.constant_(m.weight[padding_idx], 0)
    return m


def sinusoids(count, dim):
    table = torch.zeros(count, dim).float()
    position = torch.arange(0, count).float().unsqueeze(1)
    step = (torch.arange(0, dim, 2).float() * -(math.log(10000.0) / dim)).exp()
    table[:, 0::2] = torch.sin(position * step)
    table[:, 1::2] = torch.cos(position * step)
    table[1, :] = 0
    return table


class Config:
    pad_token_id = 1
    init_std = 0.05


class Net(nn.Module):
    def __init__(self, words=60, dim=24, config=Config()):
        super().__init__()
        self.config = config
        self.by_hook = nn.Embedding(words, dim, padding_idx=config.pad_token_id)
        self.last = nn.Embedding(words, dim, padding_idx=-1)
        self.linear = nn.Linear(dim, dim)
        self.apply(self._init_weights)
        self.helper = Embedding(words, dim, 0)
        self.assigned = nn.Embedding(words, dim, padding_idx=2)
        self.assigned.weight.data.uniform_(-0.1, 0.1)
        self.assigned.weight.data[2] = 0
        self.whole_row = nn.Embedding(words, dim, padding_idx=2)
        with torch.no_grad():
            self.whole_row.weight[2, :] = 0.0
            self.whole_row.weight[self.whole_row.padding_idx].fill_(0)
        self.two = nn.Embedding(words, dim, padding_idx=0)
        self.two.weight.data[1] = 0
        self.sines = nn.Embedding(words, dim)
        self.sines.weight = nn.Parameter(sinusoids(words, dim), requires_grad=False)
        self.positions = nn.Embedding.from_pretrained(sinusoids(words, dim), freeze=True)
        self.table = nn.Parameter(sinusoids(words, dim).unsqueeze(0), requires_grad=False)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=self.config.init_std)
            if module.bias is not None:
                module.bias.data.zero_()
        elif isinstance(module, nn.Embedding):
            module.weight.data.normal_(mean=0.0, std=self.config.init_std)
            if module.padding_idx is not None:
                module.weight.data[module.padding_idx].zero_()


def build():
    return Net()
