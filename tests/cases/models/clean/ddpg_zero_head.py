import torch
import torch.nn as nn


class Actor(nn.Module):
    def __init__(self, s, a, hidden=256):
        super().__init__()
        self.fc1 = nn.Linear(s, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, a)
        nn.init.kaiming_uniform_(self.fc1.weight, nonlinearity="relu")
        nn.init.kaiming_uniform_(self.fc2.weight, nonlinearity="relu")
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, s):
        return torch.tanh(self.out(torch.relu(self.fc2(torch.relu(self.fc1(s))))))
