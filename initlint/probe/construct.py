"""How a class or function is called: what the project says, its defaults, a small configuration, and sizes by name."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from torch import nn


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
    (r"kernel(_size)?", 3),
    (r"stride", 1),
    (r"layer_(idx|id|index|number)|idx|index", 0),
    (r"num_heads|n_heads?|heads|nhead|num_attention_heads|h$", 4),
    (r"dim_head|head_dim|d_k|d_v", 16),
    (r"depth|num_layers|n_layers?|num_blocks|n_blocks|num_hidden_layers|nlayers|layers", 2),
    (r"max_(seq_)?len(gth)?|seq_len(gth)?|block_size|context_(length|size)|max_position_embeddings|(num_)?frames", 64),
    (r"mlp_(dim|ratio)|ff(n)?_(dim|hidden)|dim_feedforward|intermediate_size|hidden_dim_ff", 64),
    (r".*(drop(out|_rate|_prob)?|attn_drop|prob)", 0.0),
    (r".*(eps|epsilon)$", 1e-5),
    (r"(fn|net|module|layer|sublayer|block|inner|residual|transformer)", _square),
    (r"(encoder|backbone|model|decoder|base)", nn.Identity),
    (r".*(bias|use_|with_|has_|is_|flag).*", True),
    (r".*act(ivation|_layer|_fn)?", nn.ReLU),
    (r".*norm(_layer)?", nn.LayerNorm),
    (r".*(dim|size|width|features|channels?|planes|hidden|units|d_model|n_embd|embed|latent|state|action|obs|num|n_|ch|"
     r"in|out|input|output|c1|c2|filters).*", 32),
)  # fmt: skip
_SMALL = {
    "hidden_size": 64, "d_model": 64, "n_embd": 64, "dim": 64, "embed_dim": 64, "embedding_size": 64,
    "word_embed_proj_dim": 64, "num_hidden_layers": 3, "n_layer": 3, "n_layers": 3, "num_layers": 3,
    "encoder_layers": 3, "decoder_layers": 3, "num_decoder_layers": 3, "num_attention_heads": 4, "n_head": 4,
    "n_heads": 4, "num_heads": 4, "encoder_attention_heads": 4, "decoder_attention_heads": 4,
    "num_key_value_heads": 2, "intermediate_size": 96, "encoder_ffn_dim": 96, "decoder_ffn_dim": 96, "ffn_dim": 96,
    "d_ff": 96, "moe_intermediate_size": 32, "vocab_size": 120, "max_position_embeddings": 64, "num_experts": 4,
    "num_local_experts": 4, "n_routed_experts": 4, "head_dim": 16, "d_kv": 16,
}  # fmt: skip
_PADS = ("pad_token_id", "bos_token_id", "eos_token_id")


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to build the model, and in words which."""

    way: str
    build: Callable[[], Any]
    arguments: Mapping[str, Any] = field(default_factory=dict)


def constructions(entry: Callable[..., Any], module: Any, kwargs: Mapping[str, Any] | None) -> Iterator[Construction]:
    """The ways to call a class or function, the surest first."""
    if kwargs is not None:
        yield Construction("arguments of the project", partial(entry, **kwargs), kwargs)
        return
    given = getattr(module, "get_init_inputs", None)
    if callable(given):
        yield Construction("get_init_inputs()", lambda: entry(*given()))
    required = [each for each in _parameters(entry) if each.default is inspect.Parameter.empty]
    config = _config(entry, required, module)
    if config is not None:
        name, cls = config
        rest = {each.name: _by_name(each) for each in required if each.name != name}
        yield Construction(f"a small {cls.__name__}", lambda: entry(**{name: small(cls)}, **rest))
        yield Construction(f"{cls.__name__}()", lambda: entry(**{name: cls()}, **rest))
        return
    if not required:
        yield Construction("its defaults", entry)
        return
    guessed = {each.name: _by_name(each) for each in required}
    if None not in guessed.values():
        yield Construction("sizes by the arguments' names", partial(entry, **guessed), guessed)
    numbers = {each.name: value if (value := _by_name(each)) is not None else 32 for each in required}
    yield Construction("numbers for all arguments", partial(entry, **numbers), numbers)
    same = {name: 32 if isinstance(value, int) and value not in (True, False) else value
            for name, value in numbers.items()}  # fmt: skip
    if same != numbers:
        yield Construction("equal sizes for all arguments", partial(entry, **same), same)


def _parameters(entry: Callable[..., Any]) -> list[inspect.Parameter]:
    """Its parameters; where it passes on whatever it gets, also those of what it overrides."""
    found: dict[str, inspect.Parameter] = {}
    bases = entry.__mro__[1:] if inspect.isclass(entry) else ()
    for owner in [entry, *(vars(each)["__init__"] for each in bases if "__init__" in vars(each))]:
        try:
            parameters = inspect.signature(owner).parameters.values()
        except (TypeError, ValueError):
            break
        for each in parameters:
            if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD) and each.name != "self":
                found.setdefault(each.name, each)
        if owner is nn.Module.__init__ or not any(each.kind is each.VAR_KEYWORD for each in parameters):
            break
    return list(found.values())


def _by_name(parameter: inspect.Parameter) -> Any:
    hint = str(parameter.annotation)
    if "bool" in hint:
        return True
    for pattern, value in _BY_NAME:
        if re.fullmatch(rf"(?:\w+_)?(?:{pattern})", parameter.name.lower()):
            if value in (_square, nn.Identity):
                return value()
            whole = isinstance(value, int)
            if re.search(r"(list|List|Sequence|tuple|Tuple|Iterable)\[", hint) and whole:
                return [value] * 2
            return float(value) if hint in ("float", "<class 'float'>") and whole else value
    return None


def _config(entry: Callable[..., Any], required: list[inspect.Parameter], module: Any) -> tuple[str, type] | None:
    """The one parameter that is a configuration, and its class: by its annotation, the model's ``config_class``, or
    what the module has under a name that begins as the model's."""
    hints = _hints(entry)
    for each in required:
        annotation = hints.get(each.name, each.annotation)
        if inspect.isclass(annotation) and annotation.__module__ not in ("builtins", "typing", "torch"):
            if not issubclass(annotation, nn.Module) and _CONFIG.search(annotation.__name__):
                return each.name, _concrete(annotation, entry, module)
    named = [each.name for each in required if _CONFIG_NAME.fullmatch(each.name)]
    own = getattr(entry, "config_class", None)
    if len(named) == 1:
        found = own if inspect.isclass(own) else _nearest(entry, module)
        return (named[0], found) if found is not None else None
    return None


_CONFIG = re.compile(r"conf|cfg|args|param|hp", re.IGNORECASE)
_CONFIG_NAME = re.compile(r"config|cfg|configuration|args|hparams|params|conf")


def _hints(entry: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(entry.__init__ if inspect.isclass(entry) else entry)
    except Exception:  # a name that is only there for type checkers
        return {}


def _concrete(annotation: type, entry: Callable[..., Any], module: Any) -> type:
    """The class itself, or where it is a base of those that the module uses, the nearest of these."""
    own = getattr(entry, "config_class", None)
    if inspect.isclass(own) and issubclass(own, annotation):
        return own
    found = _nearest(entry, module)
    return found if found is not None and issubclass(found, annotation) else annotation


def _nearest(entry: Callable[..., Any], module: Any) -> type | None:
    """Of the configurations that the module knows, the one whose name shares most with the model's."""
    name = getattr(entry, "__name__", "")
    known = [
        each for each in vars(module).values()
        if inspect.isclass(each) and re.search(r"(Config|Configuration|Args)$", each.__name__)
        and not issubclass(each, nn.Module)
    ]  # fmt: skip
    return max(known, key=lambda each: _shared(each.__name__, name), default=None)


def _shared(one: str, two: str) -> int:
    """How many letters two names begin with in common."""
    return next((index for index, (a, b) in enumerate(zip(one, two)) if a != b), min(len(one), len(two)))


def small(config: type) -> Any:
    """A configuration of that class, with its sizes made small where it has them under names that are customary."""
    default = config()
    values = _small_values(config, default)
    try:
        return config(**values)
    except Exception:  # it checks one size against another
        return default


def _small_values(config: type, default: Any) -> dict[str, Any]:
    alias: Mapping[str, str] = getattr(config, "attribute_map", {})
    settable = _settable(config)
    values: dict[str, Any] = {}
    if hasattr(default, "use_cache"):
        values["use_cache"] = False
    for name, number in _SMALL.items():
        held, own = getattr(default, name, None), alias.get(name, name)
        if isinstance(held, int) and not isinstance(held, bool) and held > number and (own in settable or not settable):
            values[own] = number
    if "vocab_size" in values:
        for name in _PADS:
            if isinstance(getattr(default, name, None), int) and getattr(default, name) >= values["vocab_size"]:
                values[name] = 1
    for name, inner in (getattr(config, "sub_configs", None) or {}).items():
        held = getattr(default, name, None)
        if held is not None and not isinstance(held, (config, dict)):
            values[name] = _small_values(type(held), held)
            if not isinstance(held, inner):
                values[name]["model_type"] = held.model_type
    return values


def _settable(config: type) -> frozenset[str]:
    if dataclasses.is_dataclass(config):
        return frozenset(each.name for each in dataclasses.fields(config))
    return frozenset(each.name for each in _parameters(config))
