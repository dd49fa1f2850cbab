import math
import torch.nn as nn


class SNN(nn.Module):
    def __init__(self, d=64, w=256, n=8):
        super().__init__()
        layers = []
        for i in range(n):
            layers += [nn.Linear(d if i == 0 else w, w), nn.SELU(), nn.AlphaDropout(0.05)]
        self.body = nn.Sequential(*layers)
        self.out = nn.Linear(w, 3)
        self.reset_parameters()

    def reset_parameters(self):
        for layer in self.body:
            if isinstance(layer, nn.Linear):
                nn.init.normal_(layer.weight, std=1 / math.sqrt(layer.in_features))
                nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.out(self.body(x))
