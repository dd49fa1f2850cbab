import torch
import torch.nn as nn
import torch.nn.functional as F


class GATLayer(nn.Module):
    def __init__(self, in_dim, out_dim):
        super().__init__()
        self.fc = nn.Linear(in_dim, out_dim, bias=False)
        self.a_src = nn.Parameter(torch.Tensor(out_dim, 1))
        self.a_dst = nn.Parameter(torch.Tensor(out_dim, 1))  # expect: half-initialised
        nn.init.xavier_normal_(self.fc.weight)
        nn.init.xavier_normal_(self.a_src)

    def forward(self, h, adj):
        z = self.fc(h)
        e = F.leaky_relu(z @ self.a_src + (z @ self.a_dst).T, 0.2)
        e = e.masked_fill(adj == 0, float("-inf"))
        return torch.softmax(e, dim=1) @ z
