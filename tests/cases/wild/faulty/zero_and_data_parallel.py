"""`model.module` of a wrapped model says nothing of its weights."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 8)
        self.fc2 = nn.Linear(8, 2)
        nn.init.zeros_(self.fc1.weight)  # expect: zero-weight-init
        nn.init.zeros_(self.fc1.bias)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))


def main(gpus):
    model = Net()
    if gpus > 1:
        model = nn.DataParallel(model)
    torch.optim.Adam(model.parameters())
    torch.save((model.module if gpus > 1 else model).state_dict(), "net.pt")


if __name__ == "__main__":
    main(gpus=2)
