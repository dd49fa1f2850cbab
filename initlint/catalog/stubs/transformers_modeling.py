"""transformers' model base class, as far as initialisation goes; read by the interpreter, never imported.

Source: modeling_utils.PreTrainedModel of transformers 5 (post_init, _initialize_weights, _init_weights,
get_input_embeddings).
"""

import re

import torch.nn as nn
from torch.nn import init


class PreTrainedModel(nn.Module):
    base_model_prefix = ""
    _input_embed_layer = "embed_tokens"

    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        self.config = config

    @classmethod
    def _from_config(cls, config, **kwargs):
        return cls(config)

    def post_init(self):
        self.init_weights()

    def init_weights(self):
        self.apply(self._initialize_weights)
        self.tie_weights()

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
        if hasattr(self.config, "initializer_range") is False:
            std = getattr(self.config, "init_std", getattr(self.config, "initializer_factor", 0.02))
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
        for _, module in self.named_modules():
            if isinstance(module, PreTrainedModel):
                module._tie_own_weights()

    def _tie_own_weights(self):
        # {target: source}: names of parameters, or expressions for them, as transformers 5 has it.
        mapping = getattr(self, "_tied_weights_keys", None)
        if not isinstance(mapping, dict) or not getattr(self.config, "tie_word_embeddings", False):
            return
        for target, source in mapping.items():
            if re.fullmatch("[A-Za-z0-9_.]+[.](weight|bias)", target):
                self._tie(target, source)
            else:
                names = [name for name, _ in self.named_parameters()]
                sources = sorted([name for name in names if re.search("^" + source, name)])
                targets = sorted([name for name in names if re.search("^" + target, name)])
                for number, name in enumerate(targets):
                    self._tie(name, sources[number % len(sources)])

    def _tie(self, target, source):
        owner = self.get_submodule(target.rpartition(".")[0])
        held = self.get_submodule(source.rpartition(".")[0])
        setattr(owner, target.rpartition(".")[2], getattr(held, source.rpartition(".")[2]))

    @property
    def base_model(self):
        return getattr(self, self.base_model_prefix, self)

    def get_input_embeddings(self):
        name = self._input_embed_layer
        if getattr(self, name, None) is not None:
            return getattr(self, name)
        for holder in ("embeddings", "model"):
            held = getattr(self, holder, None)
            if held is not None and hasattr(held, name):
                return getattr(held, name)
        inner = getattr(self, "language_model", None)
        if inner is None:
            inner = getattr(self, "base_model", None)
        return inner.get_input_embeddings()

    def get_output_embeddings(self):
        return getattr(self, "lm_head", None)

    def gradient_checkpointing_enable(self, *args, **kwargs):
        pass

    # Masks, as transformers 4 makes them (modeling_utils.ModuleUtilsMixin).
    def get_extended_attention_mask(self, attention_mask, input_shape=None, device=None, dtype=None):
        return (1.0 - attention_mask[:, None, None, :]) * -10000.0

    def invert_attention_mask(self, encoder_attention_mask):
        return (1.0 - encoder_attention_mask[:, None, None, :]) * -10000.0

    def get_head_mask(self, head_mask, num_hidden_layers, is_attention_chunked=False):
        return head_mask if head_mask is not None else [None] * num_hidden_layers

    def warn_if_padding_and_no_attention_mask(self, input_ids, attention_mask):
        pass
