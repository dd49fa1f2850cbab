import torch
import torch.nn as nn


class Actor(nn.Module):
    def __init__(self, state_dim, action_dim, max_action):
        super().__init__()
        self.fc1 = nn.Linear(state_dim, 256)
        self.fc2 = nn.Linear(256, 256)
        self.fc3 = nn.Linear(256, action_dim)
        nn.init.kaiming_uniform_(self.fc1.weight, nonlinearity="relu")
        nn.init.kaiming_uniform_(self.fc1.weight, nonlinearity="relu")  # expect: sibling-left-out
        nn.init.uniform_(self.fc3.weight, -3e-3, 3e-3)
        self.max_action = max_action

    def forward(self, s):
        a = torch.relu(self.fc1(s))
        a = torch.relu(self.fc2(a))
        return self.max_action * torch.tanh(self.fc3(a))
