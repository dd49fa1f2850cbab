"""A constructor's argument by its name alone."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from initlint.probe.batch import Fields


def _square() -> nn.Module:
    """What a wrapper may wrap: it keeps the shape of what the sizes below make."""
    return nn.Linear(32, 32)


# Parameters by their names, for a constructor that has no defaults. The first that fits counts.
_BY_NAME: tuple[tuple[str, Any], ...] = (
    (r"in_(channels?|chans?|planes)|input_channels?|n_channels|channels_in|in_ch|img_channels|inp$", 3),
    (r"num_(classes|labels)|n_class(es)?|n_labels|nclass|nb_classes|out_channels?|out_ch|output_channels?", 10),
    (r"vocab(_size)?|num_(tokens|embeddings)|n_vocab|ntoken|n_tokens|ntokens", 100),
    (r"im(age|g)_size|input_resolution|resolution|image_height|image_width", 64),
    (r"patch(_size)?", 8),
    (r"kernel(_size)?|ksize|k_size", 3),
    (r"strides?|dilations?|groups|padding|seed|max_action|expand_ratio", 1),
    (r"scale_factor|upscale(_factor)?|downsample_factor|num_frequencies|n_freqs", 2),
    (r"expansion|reduction(_ratio)?", 4),
    (r"device|map_location", "cpu"),
    (r"dtype", torch.float32),
    (r"shape", (32,)),
    (r"n|num_actions?|n_actions?|action_(dim|size)|act_dim", 4),
    (r".*(momentum|temperature|tau|alpha|beta|gamma|learning_rate|lr|sigma|std|weight_decay)", 0.1),
    (r"layer_(idx|id|index|number)|idx|index", 0),
    (r"num_heads|n_heads?|heads|nhead|num_attention_heads|h$", 4),
    (r"dim_head|head_dim|d_k|d_v", 16),
    (r"depth|num_layers|n_layers?|num_blocks|n_blocks|num_hidden_layers|nlayers|layers", 2),
    (r"max_(seq_)?len(gth)?|seq_len(gth)?|block_size|context_(length|size)|max_position_embeddings|(num_)?frames", 64),
    (r"mlp_(dim|ratio)|ff(n)?_(dim|hidden)|dim_feedforward|intermediate_size|hidden_dim_ff", 64),
    (r".*(drop(out|_rate|_prob)?|attn_drop|prob)", 0.0),
    (r".*(eps|epsilon)$", 1e-5),
    (r"(\w+_)?act(ivation)?(_layer|_fn|_func|_cls)?", nn.ReLU),
    (r"(\w+_)?norm(_layer|_cls)?", nn.LayerNorm),
    (r"(fn|net|module|layer|sublayer|block|inner|residual|transformer)", _square),
    (r"(encoder|backbone|model|decoder|base)", nn.Identity),
    (r".*(bias|use_|with_|has_|is_|flag).*", True),
    (r".*(dim|size|width|features|channels?|planes|hidden|units|d_model|n_embd|embed|latent|state|action|obs|num|n_|ch|"
     r"in|out|input|output|c1|c2|filters).*", 32),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """An argument that is made anew for each model, as a module is."""

    make: Callable[[], Any]


class Settings:
    """A configuration of no known class: what is looked up in it, as an item or an attribute, is guessed by its name
    and kept in ``values``."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self.values: dict[str, Any] = dict(values or {})
        self.items = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and other.values == self.values

    __hash__ = None  # type: ignore[assignment]

    def make(self) -> Fields:
        """The object that a constructor gets."""
        return _Asked(self)

    def __repr__(self) -> str:
        if self.items:
            return repr(self.values)
        return f"types.SimpleNamespace({', '.join(f'{name}={each!r}' for name, each in self.values.items())})"


class _Asked(Fields):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.values)
        object.__setattr__(self, "_settings", settings)

    def __missing__(self, name: Any) -> Any:
        if not isinstance(name, str) or name.startswith("__"):
            raise KeyError(name)
        return self._guessed(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = self._guessed(name) if name not in self else dict.__getitem__(self, name)
        return found.make() if isinstance(found, (Part, Settings)) else found

    def __getitem__(self, name: Any) -> Any:
        object.__getattribute__(self, "_settings").items = True
        found = super().__getitem__(name)
        return found.make() if isinstance(found, (Part, Settings)) else found

    def get(self, name: Any, default: Any = None) -> Any:
        """What stands there: what has a default is left at that."""
        return default if name not in self and default is not None else self[name]

    def _guessed(self, name: str) -> Any:
        found = from_name(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY))
        value = Settings() if SETTINGS.fullmatch(name) or isinstance(found, Part) else 32 if found is None else found
        object.__getattribute__(self, "_settings").values[name] = self[name] = value
        return value


SETTINGS = re.compile(
    r"(\w+_)?(config|cfg|configuration|conf|args|hparams|hyper_?params|params|opts?|options|settings|envs?|space)"
)


def from_name(parameter: inspect.Parameter) -> Any:
    """A value for it; None where the name says nothing."""
    hint = str(parameter.annotation)
    if "bool" in hint and "|" not in hint and "Union" not in hint:
        return True
    for pattern, value in _BY_NAME:
        if re.fullmatch(rf"(?:\w+_)?(?:{pattern})", parameter.name.lower()):
            if value in (_square, nn.Identity):
                return Part(value)
            whole = isinstance(value, int)
            if re.search(r"(list|List|Sequence|tuple|Tuple|Iterable)\[", hint) and whole:
                return [value] * 2
            return float(value) if hint in ("float", "<class 'float'>") and whole else value
    return None
