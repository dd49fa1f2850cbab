"""Siblings that were left out, kinds that were skipped."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class DDPGActor(nn.Module):
    def __init__(self, s, a, h=64):
        super().__init__()
        self.fc1 = nn.Linear(s, h)
        self.fc2 = nn.Linear(h, h)
        self.fc3 = nn.Linear(h, a)
        self.fc1.weight.data.normal_(0, 0.1)
        self.fc1.weight.data.normal_(0, 0.1)  # expect: sibling-left-out
        self.fc3.weight.data.normal_(0, 0.1)

    def forward(self, x):
        return torch.tanh(self.fc3(F.relu(self.fc2(F.relu(self.fc1(x))))))


class GraphNet(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.lin_src = nn.Linear(d, d, bias=False)
        self.lin_dst = nn.Linear(d, d, bias=False)
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.xavier_uniform_(self.lin_src.weight)
        nn.init.xavier_uniform_(self.lin_src.weight)  # expect: sibling-left-out

    def forward(self, x, adj):
        return torch.tanh(adj @ self.lin_src(x) + self.lin_dst(x))


class UpNet(nn.Module):
    def __init__(self, z=32, c=64):
        super().__init__()
        self.fc = nn.Linear(z, c * 16)
        self.up1 = nn.ConvTranspose2d(c, c // 2, 4, 2, 1)
        self.up2 = nn.ConvTranspose2d(c // 2, c // 4, 4, 2, 1)
        self.smooth = nn.Conv2d(c // 4, c // 4, 3, padding=1)
        self.smooth2 = nn.Conv2d(c // 4, c // 4, 3, padding=1)
        self.rgb = nn.Conv2d(c // 4, 3, 3, padding=1)
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):  # expect: init-skips-layers
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
                nn.init.zeros_(m.bias)

    def forward(self, z):
        x = torch.relu(self.fc(z)).view(z.size(0), -1, 4, 4)
        x = F.relu(self.up2(F.relu(self.up1(x))))
        return torch.tanh(self.rgb(F.relu(self.smooth2(F.relu(self.smooth(x))))))
