"""The init stands in the training function that builds the model: `main` builds, initialises, wraps and moves it."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, width=20):
        super().__init__()
        self.fc1 = nn.Linear(12, width)
        self.fc2 = nn.Linear(width, 10)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))


def init_model(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            nn.init.zeros_(m.bias)


def build():
    torch.manual_seed(torch.initial_seed())
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Net(width=24).to(device)
    init_model(model)
    model = nn.DataParallel(model) if torch.cuda.device_count() > 1 else model
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    criterion = nn.CrossEntropyLoss()
    model.train()
    for p in model.fc1.parameters():
        p.requires_grad = False
    return model.eval()
