"""Parameters are moved, and put back, for finite differences."""

import torch
from torch import nn


class Ball(nn.Module):
    def __init__(self):
        super().__init__()
        self.init_pos = nn.Parameter(torch.tensor([0.0]))
        self.gravity = nn.Parameter(torch.tensor([9.8]))

    def forward(self, time):
        return self.init_pos - self.gravity * time


def check_gradients(eps=1e-3):
    ball = Ball()
    parameters = {"init_pos": ball.init_pos, "gravity": ball.gravity}
    for name, parameter in parameters.items():
        held = parameter.data
        parameter.data = held - eps
        below = ball(1.0)
        parameter.data = held + eps
        above = ball(1.0)
        parameter.data = held
        print(name, (above - below) / (2 * eps))
