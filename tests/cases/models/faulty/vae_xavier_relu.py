import torch
import torch.nn as nn
import torch.nn.functional as F


class VAE(nn.Module):
    def __init__(self, in_dim=784, h=512, z=16):
        super().__init__()
        self.e1 = nn.Linear(in_dim, h)
        self.e2 = nn.Linear(h, h)
        self.e3 = nn.Linear(h, h)
        self.e4 = nn.Linear(h, h)
        self.e5 = nn.Linear(h, h)
        self.mu = nn.Linear(h, z)
        self.logvar = nn.Linear(h, z)
        self.d1 = nn.Linear(z, h)
        self.d2 = nn.Linear(h, in_dim)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)  # expect: xavier-before-relu
                nn.init.zeros_(m.bias)

    def encode(self, x):
        h = F.relu(self.e1(x))
        h = F.relu(self.e2(h))
        h = F.relu(self.e3(h))
        h = F.relu(self.e4(h))
        h = F.relu(self.e5(h))
        return self.mu(h), self.logvar(h)

    def forward(self, x):
        mu, logvar = self.encode(x.view(x.size(0), -1))
        z = mu + torch.randn_like(mu) * (0.5 * logvar).exp()
        return torch.sigmoid(self.d2(F.relu(self.d1(z)))), mu, logvar
