"""Inits of what does not exist, or is no tensor."""
import torch
import torch.nn as nn


class VAE(nn.Module):
    def __init__(self, d=784, h=400, z=20):
        super().__init__()
        self.fc1 = nn.Linear(d, h)
        self.fc21 = nn.Linear(h, z)
        self.fc22 = nn.Linear(h, z)
        self.fc3 = nn.Linear(z, h)
        self.fc4 = nn.Linear(h, d)
        for layer in (self.fc1, self.fc3, self.fc4):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        nn.init.xavier_uniform_(self.fc21.wieght)  # expect: init-has-no-effect
        nn.init.xavier_uniform_(self.fc22.weight)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        return self.fc4(torch.relu(self.fc3(self.fc21(h) + self.fc22(h).exp())))


class Highway(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.lin = nn.Linear(d, d)
        self.gate = nn.Linear(d, d)
        nn.init.constant_(self.gate, -2.0)  # expect: init-has-no-effect

    def forward(self, x):
        t = torch.sigmoid(self.gate(x))
        return t * torch.relu(self.lin(x)) + (1 - t) * x


class PoseHead(nn.Module):
    def __init__(self, d=64, joints=17):
        super().__init__()
        self.deconv = nn.ConvTranspose2d(d, d, 4, 2, 1)
        self.bn = nn.BatchNorm2d(d)
        self.final = nn.Conv2d(d, joints, 1)
        nn.init.normal_(self.final_layer.weight, std=0.001)  # expect: init-has-no-effect

    def forward(self, x):
        return self.final(torch.relu(self.bn(self.deconv(x))))
