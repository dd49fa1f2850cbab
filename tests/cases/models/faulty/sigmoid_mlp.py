import torch
import torch.nn as nn


class OldSchool(nn.Module):
    def __init__(self, n_in=784, n_hidden=300, n_out=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(n_in, n_hidden),  # expect: sigmoid-hidden-stack
            nn.Sigmoid(),
            nn.Linear(n_hidden, n_hidden),
            nn.Sigmoid(),
            nn.Linear(n_hidden, n_hidden),
            nn.Sigmoid(),
            nn.Linear(n_hidden, n_hidden),
            nn.Sigmoid(),
            nn.Linear(n_hidden, n_hidden),
            nn.Sigmoid(),
            nn.Linear(n_hidden, n_out),
        )

    def forward(self, x):
        return self.net(x.flatten(1))
