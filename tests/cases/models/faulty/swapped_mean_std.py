import torch
import torch.nn as nn


class Decoder(nn.Module):
    def __init__(self, z_dim=32):
        super().__init__()
        self.fc1 = nn.Linear(z_dim, 256)
        self.fc2 = nn.Linear(256, 512)
        self.fc3 = nn.Linear(512, 784)
        for layer in (self.fc1, self.fc2):
            nn.init.normal_(layer.weight, 0.02, 0.0)  # expect: constant-weight-init
            nn.init.zeros_(layer.bias)

    def forward(self, z):
        h = torch.tanh(self.fc1(z))
        h = torch.tanh(self.fc2(h))
        return torch.sigmoid(self.fc3(h))
