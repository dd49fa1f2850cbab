import torch.nn as nn

from regcls.registry import MODELS


@MODELS.register_module(name="linear-head")
class LinearHead(nn.Module):
    def __init__(self, in_channels, num_classes=7):
        super().__init__()
        self.fc = nn.Linear(in_channels, num_classes)
        nn.init.normal_(self.fc.weight, std=0.01)
        nn.init.zeros_(self.fc.bias)
