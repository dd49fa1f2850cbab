"""Inits without effect, second part."""
import torch
from torch import nn


class GRUDecoder(nn.Module):
    def __init__(self, d=64, vocab=100):
        super().__init__()
        self.rnn = nn.GRU(d, d, num_layers=2, batch_first=True)
        self.proj = nn.Linear(d, vocab)
        for p in self.rnn.parameters():
            if p.dim() > 1:
                p = torch.nn.init.orthogonal_(p.clone())  # expect: init-has-no-effect

    def forward(self, x):
        return self.proj(self.rnn(x)[0])


class Scorer(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.b = nn.Linear(d, 1)
        torch.zeros_like(self.b.weight)  # expect: init-has-no-effect

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))


class Gate3D(nn.Module):
    def __init__(self, c=8):
        super().__init__()
        self.conv = nn.Conv3d(1, c, 3, padding=1)
        self.mask = nn.Conv3d(c, c, 1)
        self._initialize()

    def _initialize(self):
        for module in self.modules():
            if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):  # expect: init-has-no-effect
                nn.init.kaiming_normal_(module.weight, a=0.2)
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)

    def forward(self, x):
        h = torch.relu(self.conv(x))
        return h * torch.sigmoid(self.mask(h))


class Classifier(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.linear = nn.Linear(d, d)
        self.output = nn.Linear(d, 2)
        self.init_linear(self.linear)
        nn.init.xavier_uniform_(self.outputs.weight)  # expect: init-has-no-effect

    def init_linear(self, layer):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.output(torch.tanh(self.linear(x)))
