"""cat, ModuleLists, ModuleDicts and layers that run more than once."""

import torch
from torch import nn

SHAPES = {"Dense": (2, 4), "Dicts": (2, 4), "Twice": (2, 4), "Tuple": (2, 4), "Recurrent": (2, 5, 4)}


class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4 * (i + 1), 4) for i in range(3)])

    def forward(self, x):
        features = [x]
        for layer in self.layers:
            features.append(torch.relu(layer(torch.cat(features, dim=1))))
        return torch.cat(features, 1)


class Dicts(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleDict({"mean": nn.Linear(4, 2), "scale": nn.Linear(4, 2)})
        self.acts = [torch.tanh, torch.sigmoid]

    def forward(self, x):
        outputs = {name: head(x) for name, head in self.heads.items()}
        return outputs["mean"] * outputs["scale"]


class Twice(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.norms = nn.ModuleList([nn.LayerNorm(4), nn.LayerNorm(4)])
        self.fcs = nn.ModuleList([nn.Linear(4, 4), nn.Linear(4, 4)])

    def forward(self, x):
        for _ in range(2):
            x = torch.tanh(self.fc(x))
        for index, (norm, fc) in enumerate(zip(self.norms, self.fcs)):
            x = fc(norm(x))
            if index < len(self.fcs) - 1:
                x = torch.relu(x)
        return x


class Tuple(nn.Module):
    def __init__(self):
        super().__init__()
        self.split = nn.Linear(4, 8)
        self.a = nn.Linear(4, 2)
        self.b = nn.Linear(4, 2)

    def encode(self, x):
        left, right = self.split(x).chunk(2, dim=-1)
        return left, right

    def forward(self, x):
        mean, log_variance = self.encode(x)
        noise = torch.randn_like(mean)
        z = mean + noise * torch.exp(0.5 * log_variance)
        return self.a(z), self.b(z)


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 6, batch_first=True)
        self.fc = nn.Linear(6, 3)

    def forward(self, x):
        out, (_h, _c) = self.lstm(x)
        return self.fc(out[:, -1, :])
