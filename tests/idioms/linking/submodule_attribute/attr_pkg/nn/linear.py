import torch.nn as nn


class MyLinear(nn.Linear):
    def __init__(self, i, o):
        super().__init__(i, o, bias=False)
        nn.init.trunc_normal_(self.weight, std=0.02)
