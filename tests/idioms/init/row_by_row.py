"""Stacked weights filled one by one: by number, in a loop over the rows, and with the rows of two unpacked."""

import torch
import torch.nn as nn

UNKNOWN = {"some.weight"}


class Some(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(4, 8, 8))
        for number in range(3):
            nn.init.normal_(self.weight[number])
        nn.init.zeros_(self.weight[-1])


class Net(nn.Module):
    def __init__(self, experts=4, dim=40):
        super().__init__()
        self.up = nn.Parameter(torch.empty(experts, dim, dim))
        self.down = nn.Parameter(torch.empty(experts, dim, dim))
        self.by_number = nn.Parameter(torch.empty(experts, dim, dim))
        self.by_row = nn.Parameter(torch.empty(experts, dim, 2 * dim))
        self.twice = nn.Parameter(torch.empty(experts, dim, dim))
        self.some = Some()
        self.reset_parameters()

    def reset_parameters(self):
        for weight in (*self.up, *self.down):
            nn.init.normal_(weight, std=0.1)
        for number in range(self.by_number.shape[0]):
            nn.init.kaiming_uniform_(self.by_number[number], a=5**0.5)
        for row in self.by_row:
            nn.init.xavier_uniform_(row)
        for number in range(len(self.twice)):
            nn.init.zeros_(self.twice[number])
        nn.init.normal_(self.twice, std=0.3)


def build():
    return Net()
