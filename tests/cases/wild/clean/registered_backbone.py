"""A registry builds the class, and the detector around it calls the init_weights of its parts."""

from mmdet.models.builder import BACKBONES
from torch import nn


@BACKBONES.register_module()
class Backbone(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, width, 4, 4), nn.BatchNorm2d(width), nn.ReLU())

    def init_weights(self, pretrained=None):
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.trunc_normal_(module.weight, std=0.02)

    def forward(self, x):
        return self.stem(x)
