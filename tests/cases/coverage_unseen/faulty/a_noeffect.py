"""Inits without effect, first part."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.init as init


class NeRF(nn.Module):
    def __init__(self, D=4, W=128, d_in=63):
        super().__init__()
        self.pts_linears = nn.ModuleList([nn.Linear(d_in, W)] + [nn.Linear(W, W) for _ in range(D - 1)])
        self.alpha = nn.Linear(W, 1)
        self.rgb = nn.Linear(W, 3)
        for layer in self.pts_linears:
            w = layer.weight.data.clone()
            init.kaiming_normal_(w)  # expect: init-has-no-effect

    def forward(self, x):
        for l in self.pts_linears:
            x = torch.relu(l(x))
        return torch.cat([self.rgb(x), self.alpha(x)], -1)


class WaveEncoder(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv1d(1, c, 8, 4), nn.ReLU(), nn.Conv1d(c, c, 8, 4), nn.ReLU())
        self.out = nn.Conv1d(c, 10, 1)

        def init_weights(m):
            if m.__class__.__name__ == "nn.Conv1d":  # expect: init-has-no-effect
                init.xavier_uniform_(m.weight)
                m.bias.data.fill_(0.01)

        self.apply(init_weights)

    def forward(self, x):
        return self.out(self.layers(x)).mean(-1)


class DQN(nn.Module):
    def __init__(self, n_obs, n_act):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(n_obs, 128), nn.ReLU(), nn.Linear(128, n_act))
        for m in self.children():
            if type(m) is nn.Linear:  # expect: init-has-no-effect
                init.orthogonal_(m.weight)
                init.zeros_(m.bias)

    def forward(self, x):
        return self.fc(x)
