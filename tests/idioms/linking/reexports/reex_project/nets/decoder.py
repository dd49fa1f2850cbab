import torch.nn as nn

__all__ = ["WIDTH"]
WIDTH = 24


class Decoder(nn.Linear):
    def reset_parameters(self):
        nn.init.orthogonal_(self.weight)
        nn.init.zeros_(self.bias)
