"""An own base class with post_init wipes the prior bias of the detection head."""

import math

import torch
import torch.nn as nn


class PretrainedBase(nn.Module):
    config_class = dict

    def __init__(self, config):
        super().__init__()
        self.config = config

    def post_init(self):
        self.apply(self._init_weights)

    def _init_weights(self, module):
        std = self.config.get("initializer_range", 0.02)
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=std)
            if module.bias is not None:
                module.bias.data.zero_()
        elif isinstance(module, nn.LayerNorm):
            module.bias.data.zero_()
            module.weight.data.fill_(1.0)


class Detector(PretrainedBase):
    def __init__(self, config):
        super().__init__(config)
        dim = config["dim"]
        self.norm = nn.LayerNorm(dim)
        self.class_embed = nn.Linear(dim, config["classes"])
        self.bbox_embed = nn.Linear(dim, 4)
        prior_prob = 0.01
        self.class_embed.bias.data = torch.ones(config["classes"]) * -math.log((1 - prior_prob) / prior_prob)  # expect: init-overwritten
        self.post_init()

    def forward(self, hs):
        hs = self.norm(hs)
        return self.class_embed(hs), self.bbox_embed(hs).sigmoid()


def build():
    return Detector({"dim": 64, "classes": 20, "initializer_range": 0.02})


def example():
    return build()(torch.randn(2, 5, 64))[0]
