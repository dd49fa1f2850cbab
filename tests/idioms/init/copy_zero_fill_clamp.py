"""`copy_`, `zero_`, `fill_`, `clamp_`, `mul_`, `add_`, `div_`, `sub_`, and assignments to `.data`."""

import torch
import torch.nn as nn


# A diagonal filled, and a normal clamped: two distributions in one.
UNKNOWN = {"fc1.weight", "fc11.weight"}


class Net(nn.Module):
    def __init__(self, dim=20):
        super().__init__()
        for i in range(12):
            self.add_module(f"fc{i}", nn.Linear(dim, dim))
        with torch.no_grad():
            self.fc0.weight.copy_(torch.randn(dim, dim) * 0.1)
            self.fc1.weight.zero_()
            self.fc1.weight.fill_diagonal_(1.0)
            self.fc2.weight.fill_(0.5)
            self.fc3.weight.normal_().mul_(0.3)
            self.fc4.weight.copy_(self.fc0.weight)
            self.fc5.weight *= 0.5
            self.fc6.weight.div_(2).add_(1.0)
            self.fc7.weight[:] = 0
            self.fc8.weight.data = torch.eye(dim)
        self.fc9.weight = nn.Parameter(torch.randn(dim, dim) * 0.01)
        self.fc9.bias.data = self.fc9.bias.data * 0
        self.fc10.weight.data.copy_(torch.eye(dim))
        self.fc10.bias.data.uniform_(0, 1).sub_(0.5)
        self.fc11.weight.data.normal_(0.0, 0.02).clamp_(-0.04, 0.04)
        nn.init.zeros_(self.fc11.bias).data.add_(2)
        self.fc3.bias.detach().zero_()


def build():
    return Net()
