import math
import torch
import torch.nn as nn


class ScaledLinear(nn.Linear):
    def __init__(self, d_in, d_out, scale=0.5):
        super().__init__(d_in, d_out)
        self.scale = scale

    def reset_parameters(self):
        bound = self.scale / math.sqrt(self.in_features)  # expect: init-order-in-reset
        nn.init.uniform_(self.weight, -bound, bound)
        nn.init.zeros_(self.bias)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = ScaledLinear(10, 5)

    def forward(self, x):
        return self.fc(x)
