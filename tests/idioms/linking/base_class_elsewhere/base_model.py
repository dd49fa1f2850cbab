import torch.nn as nn

from weight_init import init_weights


class BaseModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.build()
        self.post_init()

    def post_init(self):
        self.apply(self._init_weights)

    def _init_weights(self, module):
        init_weights(module, self.config.std)
