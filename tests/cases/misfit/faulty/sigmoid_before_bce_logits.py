"""A script: sigmoid in the model, and BCEWithLogitsLoss outside."""

import torch
from torch import nn


class Churn(nn.Module):
    def __init__(self, features=20):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(features, 32),
            nn.ReLU(),
            nn.Linear(32, 1),
            nn.Sigmoid(),  # expect: activation-before-loss
        )

    def forward(self, x):
        return self.net(x)


net = Churn()
loss_fn = nn.BCEWithLogitsLoss()
opt = torch.optim.Adam(net.parameters())

if __name__ == "__main__":
    x, y = torch.randn(64, 20), torch.rand(64, 1).round()
    for step in range(10):
        pred = net(x)
        loss = loss_fn(pred, y)
        opt.zero_grad()
        loss.backward()
        opt.step()
