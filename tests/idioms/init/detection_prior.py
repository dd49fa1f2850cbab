"""RetinaNet's prior: the bias from a probability; heads by loops over lists of layers."""

import math

import torch
import torch.nn as nn


class Scale(nn.Module):
    def __init__(self, init_value=1.0):
        super().__init__()
        self.scale = nn.Parameter(torch.FloatTensor([init_value]))


class Head(nn.Module):
    def __init__(self, channels=16, classes=5, anchors=3, prior_prob=0.01):
        super().__init__()
        tower = []
        for _ in range(2):
            tower.append(nn.Conv2d(channels, channels, 3, padding=1))
            tower.append(nn.GroupNorm(4, channels))
            tower.append(nn.ReLU())
        self.add_module("cls_tower", nn.Sequential(*tower))
        self.cls_logits = nn.Conv2d(channels, anchors * classes, 3)
        self.bbox_pred = nn.Conv2d(channels, anchors * 4, 3)
        for modules in [self.cls_tower, self.cls_logits, self.bbox_pred]:
            for layer in modules.modules():
                if isinstance(layer, nn.Conv2d):
                    torch.nn.init.normal_(layer.weight, std=0.01)
                    torch.nn.init.constant_(layer.bias, 0)
        bias_value = -math.log((1 - prior_prob) / prior_prob)
        torch.nn.init.constant_(self.cls_logits.bias, bias_value)
        self.scales = nn.ModuleList([Scale(init_value=1.0) for _ in range(3)])


def build():
    return Head()
