"""Copied lines that were not changed: one layer twice, its sibling never."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Critic(nn.Module):
    def __init__(self, num_inputs, num_actions, hidden_size=256, init_w=3e-3):
        super().__init__()
        self.linear1 = nn.Linear(num_inputs + num_actions, hidden_size)
        self.linear2 = nn.Linear(hidden_size, hidden_size)
        self.linear3 = nn.Linear(hidden_size, 1)
        nn.init.kaiming_normal_(self.linear1.weight)
        nn.init.kaiming_normal_(self.linear1.weight)  # expect: sibling-left-out
        self.linear3.weight.data.uniform_(-init_w, init_w)

    def forward(self, s, a):
        x = F.relu(self.linear1(torch.cat([s, a], 1)))
        return self.linear3(F.relu(self.linear2(x)))


class TwoHeads(nn.Module):
    """One of the heads is set twice."""

    def __init__(self, d=256, classes=80):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(d, d), nn.LayerNorm(d), nn.ReLU())
        self.cls_head = nn.Linear(d, classes)
        self.box_head = nn.Linear(d, 4)
        nn.init.normal_(self.cls_head.weight, std=0.01)
        nn.init.normal_(self.cls_head.weight, std=0.001)  # expect: sibling-left-out
        nn.init.zeros_(self.cls_head.bias)
        nn.init.zeros_(self.box_head.bias)

    def forward(self, x):
        x = self.trunk(x)
        return self.cls_head(x), self.box_head(x)


class BiLinearTagger(nn.Module):
    def __init__(self, vocab, d=50, tags=9):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.w1 = nn.Linear(d, d)
        self.w2 = nn.Linear(d, d)
        self.out = nn.Linear(d, tags)
        self.init_params()

    def init_params(self):
        self.embed.weight.data.uniform_(-0.1, 0.1)
        self.w1.weight.data.normal_(0, 0.05)
        self.w1.bias.data.fill_(0)
        self.w1.weight.data.normal_(0, 0.05)  # expect: sibling-left-out
        self.w1.bias.data.fill_(0)  # expect: sibling-left-out
        self.out.weight.data.normal_(0, 0.05)

    def forward(self, x):
        x = self.embed(x)
        return self.out(torch.tanh(self.w2(torch.tanh(self.w1(x)))))
