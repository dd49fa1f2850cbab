import torch.nn as nn

from .registry import register


@register("linear_head")
class Head(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, 5)
        nn.init.zeros_(self.fc.bias)
