import torch
import torch.nn as nn


class Classifier(nn.Module):
    def __init__(self, d=32, c=4):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d, 64), nn.ReLU(), nn.Linear(64, c))

    def forward(self, x):
        return self.net(x)

    @torch.no_grad()
    def predict(self, x):
        return torch.softmax(self(x), dim=-1)


def train(model, loader):
    loss_fn = nn.CrossEntropyLoss()
    opt = torch.optim.AdamW(model.parameters())
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        acc = (torch.softmax(model(x), -1).argmax(-1) == y).float().mean()
        print(loss.item(), acc.item())
