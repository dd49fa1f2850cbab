"""What a function makes to copy it is no part of the model, whose matrices are all drawn anew."""

import copy

from torch import nn


def clones(module, count):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(count)])


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linears = clones(nn.Linear(width, width), 4)

    def forward(self, x):
        query, key, value = [linear(x) for linear in self.linears[:3]]
        return self.linears[3]((query @ key.transpose(-2, -1) / x.size(-1) ** 0.5).softmax(-1) @ value)


class Layer(nn.Module):
    def __init__(self, width, attention):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attention = attention

    def forward(self, x):
        return x + self.attention(self.norm(x))


class Encoder(nn.Module):
    def __init__(self, layer, count):
        super().__init__()
        self.layers = clones(layer, count)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def make_model(width=128, count=6):
    attention = Attention(width)
    model = Encoder(Layer(width, copy.deepcopy(attention)), count)
    for parameter in model.parameters():
        if parameter.dim() > 1:
            nn.init.xavier_uniform_(parameter)
    return model
