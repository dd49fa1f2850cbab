"""In-place writes on leaves: a policy's head, a graph layer, a codebook."""

import torch
import torch.nn as nn


class DDPGActor(nn.Module):
    def __init__(self, state_dim=8, action_dim=2, init_w=3e-3):
        super(DDPGActor, self).__init__()
        self.fc1 = nn.Linear(state_dim, 400)
        self.fc2 = nn.Linear(400, action_dim)
        self.init_weights(init_w)

    def init_weights(self, init_w):
        self.fc2.weight.data.uniform_(-init_w, init_w)
        self.fc2.bias.uniform_(-init_w, init_w)  # expect: init-needs-no-grad

    def forward(self, x):
        return torch.tanh(self.fc2(torch.relu(self.fc1(x))))


class VectorQuantizer(nn.Module):
    def __init__(self, k=512, d=64):
        super().__init__()
        self.codebook = nn.Embedding(k, d)
        self.codebook.weight.normal_()  # expect: init-needs-no-grad
        self.proj = nn.Linear(d, d)

    def forward(self, z):
        d = torch.cdist(self.proj(z), self.codebook.weight)
        return self.codebook(d.argmin(-1))


class Prototype(nn.Module):
    def __init__(self, n=10, d=64):
        super().__init__()
        self.protos = nn.Parameter(torch.randn(n, d))
        self.protos /= self.protos.norm(dim=1, keepdim=True)  # expect: init-needs-no-grad

    def forward(self, x):
        return x @ self.protos.t()
