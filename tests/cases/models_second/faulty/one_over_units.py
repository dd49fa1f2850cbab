import torch
import torch.nn as nn


class Actor(nn.Module):
    def __init__(self, s=24, a=4):
        super().__init__()
        self.fc1 = nn.Linear(s, 256)
        self.fc2 = nn.Linear(256, 128)
        self.fc3 = nn.Linear(128, a)
        self.reset_parameters()

    def reset_parameters(self):
        self.fc1.weight.data.uniform_(*hidden_init(self.fc1))  # expect: wrong-fan
        self.fc2.weight.data.uniform_(*hidden_init(self.fc2))  # expect: wrong-fan
        self.fc3.weight.data.uniform_(-3e-3, 3e-3)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return torch.tanh(self.fc3(x))


def hidden_init(layer):
    fan_in = layer.weight.data.size()[0]
    lim = 1.0 / fan_in
    return (-lim, lim)
