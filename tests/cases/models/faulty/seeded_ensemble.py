import torch
import torch.nn as nn


class EnsembleQ(nn.Module):
    def __init__(self, obs_dim, act_dim, n=5, hidden=256, seed=0):
        super().__init__()
        heads = []
        for _ in range(n):
            torch.manual_seed(seed)  # expect: reseeded-layers
            heads.append(
                nn.Sequential(
                    nn.Linear(obs_dim + act_dim, hidden),
                    nn.ReLU(),
                    nn.Linear(hidden, hidden),
                    nn.ReLU(),
                    nn.Linear(hidden, 1),
                )
            )
        self.heads = nn.ModuleList(heads)

    def forward(self, obs, act):
        x = torch.cat([obs, act], dim=-1)
        return torch.stack([h(x) for h in self.heads])
