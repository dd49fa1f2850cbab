import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class MyLinear(nn.Module):
    def __init__(self, d_in, d_out):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(d_out, d_in))
        self.bias = nn.Parameter(torch.empty(d_out))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))  # expect: wrong-gain
        nn.init.zeros_(self.bias)

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class Critic(nn.Module):
    def __init__(self, state_dim=17, hidden=400):
        super().__init__()
        self.l1 = MyLinear(state_dim, hidden)
        self.l2 = MyLinear(hidden, hidden)
        self.l3 = MyLinear(hidden, hidden)
        self.l4 = MyLinear(hidden, hidden)
        self.l5 = MyLinear(hidden, hidden)
        self.q = MyLinear(hidden, 1)

    def forward(self, s):
        h = F.relu(self.l1(s))
        h = F.relu(self.l2(h))
        h = F.relu(self.l3(h))
        h = F.relu(self.l4(h))
        h = F.relu(self.l5(h))
        return self.q(h)
