"""transformers' model base class, as far as initialisation goes; read by the interpreter, never imported.

Source: modeling_utils.PreTrainedModel of transformers 5 (post_init, _initialize_weights, _init_weights).
"""

import torch.nn as nn
from torch.nn import init


class PreTrainedModel(nn.Module):
    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        self.config = config

    def post_init(self):
        self.apply(self._initialize_weights)

    def init_weights(self):
        self.apply(self._initialize_weights)

    def initialize_weights(self):
        self.apply(self._initialize_weights)

    def _initialize_weights(self, module):
        # What an inner model has initialised, the outer one leaves as it is.
        if getattr(module, "_is_hf_initialized", False):
            return
        self._init_weights(module)
        module._is_hf_initialized = True

    def _init_weights(self, module):
        std = getattr(self.config, "initializer_range", 0.02)
        if isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d)):
            if getattr(module, "weight", None) is not None:
                init.normal_(module.weight, mean=0.0, std=std)
            if module.bias is not None:
                init.zeros_(module.bias)
        elif isinstance(module, nn.LSTM):
            for name, param in module.named_parameters():
                if "weight" in name:
                    init.xavier_uniform_(param)
                elif "bias" in name:
                    init.constant_(param, 0.0)
        elif isinstance(module, nn.Embedding):
            init.normal_(module.weight, mean=0.0, std=std)
        elif isinstance(module, nn.MultiheadAttention):
            module._reset_parameters()
        elif (
            isinstance(module, (nn.GroupNorm, nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d))
            or "LayerNorm" in module.__class__.__name__
            or "RMSNorm" in module.__class__.__name__
        ):
            if getattr(module, "weight", None) is not None:
                init.ones_(module.weight)
            if getattr(module, "bias", None) is not None:
                init.zeros_(module.bias)

    def tie_weights(self, *args, **kwargs):
        pass

    def get_input_embeddings(self):
        return self._modules["embed_tokens"]

    def gradient_checkpointing_enable(self, *args, **kwargs):
        pass
