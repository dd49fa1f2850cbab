import torch.nn as nn


def init_weights(module, std):
    match module:
        case nn.Linear():
            nn.init.normal_(module.weight, std=std)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        case nn.LayerNorm():
            nn.init.constant_(module.weight, 0.9)
