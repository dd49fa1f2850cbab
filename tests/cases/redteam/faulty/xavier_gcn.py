"""Three graph convolutions by torch.spmm with Xavier before ReLU."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GraphConv(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.weight = nn.Parameter(torch.FloatTensor(cin, cout))
        self.bias = nn.Parameter(torch.zeros(cout))
        nn.init.xavier_uniform_(self.weight)  # expect: xavier-before-relu

    def forward(self, x, adj):
        return torch.spmm(adj, torch.mm(x, self.weight)) + self.bias


class GCN(nn.Module):
    def __init__(self, nfeat=32, nhid=64, nclass=4):
        super().__init__()
        self.gcs = nn.ModuleList([GraphConv(nfeat, nhid), GraphConv(nhid, nhid), GraphConv(nhid, nhid)])
        self.out = GraphConv(nhid, nclass)

    def forward(self, x, adj):
        for gc in self.gcs:
            x = F.relu(gc(x, adj))
        return self.out(x, adj)


def example():
    return GCN()(torch.randn(5, 32), torch.eye(5))
