import torch
import torch.nn as nn


class GaussianHead(nn.Module):
    def __init__(self, d=256, z=32):
        super().__init__()
        self.fc_mu = nn.Linear(d, z)
        self.fc_logvar = nn.Linear(d, z)
        self.reset()

    def reset(self):
        nn.init.xavier_normal_(self.fc_mu.weight)
        self.fc_mu.bias.data.zero_()
        nn.init.xavier_normal_(self.fc_mu.weight)  # expect: sibling-left-out
        self.fc_mu.bias.data.zero_()  # expect: sibling-left-out

    def forward(self, h):
        return self.fc_mu(h), self.fc_logvar(h)
