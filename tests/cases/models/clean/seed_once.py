import random
import numpy as np
import torch
import torch.nn as nn


def set_seed(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.ModuleList([nn.Linear(16, 16) for _ in range(3)])

    def forward(self, x):
        for f in self.fc:
            x = torch.tanh(f(x))
        return x


if __name__ == "__main__":
    for seed in range(5):
        set_seed(seed)
        net = Net()
        print(net(torch.randn(2, 16)).mean())
