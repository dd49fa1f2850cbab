"""`post_init` of a base class runs `_init_weights(self, module)` with `std = self.config.initializer_range`."""

import math

import torch
import torch.nn as nn


class Config:
    def __init__(self, vocab_size=60, hidden_size=24, num_hidden_layers=2, initializer_range=0.05, pad_token_id=None, **kw):
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.initializer_range = initializer_range
        self.pad_token_id = pad_token_id


class PreTrained(nn.Module):
    config_class = Config
    _init_called = False

    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        if not isinstance(config, Config):
            raise ValueError(f"{type(config)} given to {self.__class__.__name__}")
        self.config = config

    def _init_weights(self, module):
        raise RuntimeError("each family has its own")

    def _initialize_weights(self, module):
        if getattr(module, "_is_initialized", False):
            return
        self._init_weights(module)
        module._is_initialized = True

    def init_weights(self):
        self.apply(self._initialize_weights)
        self.tie_weights()

    def post_init(self):
        self.init_weights()

    def get_output_embeddings(self):
        return None

    def tie_weights(self):
        output = self.get_output_embeddings()
        if output is not None:
            output.weight = self.get_input_embeddings().weight


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.q = nn.Linear(config.hidden_size, config.hidden_size)
        self.rel = nn.Parameter(torch.empty(9, config.hidden_size))


class MyPreTrained(PreTrained):
    base_model_prefix = "model"

    def _init_weights(self, module):
        """Initialize the weights."""
        std = self.config.initializer_range
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=std)
            if module.bias is not None:
                module.bias.data.zero_()
        elif isinstance(module, nn.Embedding):
            module.weight.data.normal_(mean=0.0, std=std)
            if module.padding_idx is not None:
                module.weight.data[module.padding_idx].zero_()
        elif isinstance(module, nn.LayerNorm):
            module.bias.data.zero_()
            module.weight.data.fill_(1.0)
        elif isinstance(module, Attention):
            module.rel.data.normal_(mean=0.0, std=std / math.sqrt(2 * self.config.num_hidden_layers))


class MyModel(MyPreTrained):
    def __init__(self, config):
        super().__init__(config)
        self.embed = nn.Embedding(config.vocab_size, config.hidden_size, config.pad_token_id)
        self.layers = nn.ModuleList([Attention(config) for _ in range(config.num_hidden_layers)])
        self.norm = nn.LayerNorm(config.hidden_size)
        self.post_init()

    def get_input_embeddings(self):
        return self.embed


class MyLM(MyPreTrained):
    def __init__(self, config):
        super().__init__(config)
        self.model = MyModel(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)
        self.post_init()

    def get_input_embeddings(self):
        return self.model.get_input_embeddings()

    def get_output_embeddings(self):
        return self.lm_head


def build():
    return MyLM(Config(hidden_size=20))
