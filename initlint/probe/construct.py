"""How a class or function is called: what the project says, its defaults, a small configuration, and sizes by name."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from torch import nn

from initlint.probe.names import SETTINGS, Part, Settings, from_name
from initlint.probe.reading import calls

Values = Mapping[str, Any]


_SMALL = {
    "hidden_size": 64, "d_model": 64, "n_embd": 64, "dim": 64, "embed_dim": 64, "embedding_size": 64,
    "word_embed_proj_dim": 64, "num_hidden_layers": 3, "n_layer": 3, "n_layers": 3, "num_layers": 3,
    "encoder_layers": 3, "decoder_layers": 3, "num_decoder_layers": 3, "num_attention_heads": 4, "n_head": 4,
    "n_heads": 4, "num_heads": 4, "encoder_attention_heads": 4, "decoder_attention_heads": 4,
    "num_key_value_heads": 2, "intermediate_size": 96, "encoder_ffn_dim": 96, "decoder_ffn_dim": 96, "ffn_dim": 96,
    "d_ff": 96, "moe_intermediate_size": 32, "vocab_size": 120, "max_position_embeddings": 64, "num_experts": 4,
    "num_local_experts": 4, "n_routed_experts": 4, "moe_num_experts": 4, "num_experts_per_tok": 2,
    "num_experts_per_token": 2, "moe_topk": 2, "moe_k": 2, "head_dim": 16, "d_kv": 16, "image_size": 64,
}  # fmt: skip
_NARROW = {name: number for name, number in _SMALL.items() if "layer" not in name}
_SHALLOW = {name: number for name, number in _SMALL.items() if re.search("layer|vocab|expert|moe_[nt]", name)}
_PADS = ("pad_token_id", "bos_token_id", "eos_token_id")


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to build the model, and in words which. ``guesses``: its arguments may be changed. ``enough``: where it
    works, no later way is tried."""

    way: str
    build: Callable[[], Any]
    arguments: Values = field(default_factory=dict)
    guesses: bool = False
    enough: bool = False


def guessed(way: str, entry: Callable[..., Any], arguments: Values, enough: bool = False) -> Construction:
    """To call it with arguments that are guessed."""

    def build() -> Any:
        made = (Part, Settings)
        return entry(**{name: each.make() if isinstance(each, made) else each for name, each in arguments.items()})

    return Construction(way, build, arguments, True, enough)


def constructions(
    entry: Callable[..., Any], module: Any, kwargs: Values | None, part: Callable[[Any, Any], Callable[[], Any] | None]
) -> Iterator[Construction]:
    """The ways to call a class or function, the surest first; ``part`` says how to build an argument that is a module
    of a certain class."""
    if kwargs is not None:
        yield Construction("arguments of the project", partial(entry, **kwargs), kwargs)
        return
    given = getattr(module, "get_init_inputs", None)
    if callable(given):
        yield Construction("get_init_inputs()", lambda: entry(*given()))
    required, off = required_of(entry), _untrained(entry)
    config = _config(entry, required, module)
    if config is not None:
        name, cls = config
        rest = {each.name: from_name(each) for each in required if each.name != name}
        yield guessed(f"a small {cls.__name__}", entry, {name: Part(lambda: small(cls)), **rest})
        yield guessed(f"a narrow {cls.__name__}", entry, {name: Part(lambda: small(cls, _NARROW)), **rest})
        shallow = {name: Part(lambda: small(cls, _SHALLOW)), **rest}
        yield guessed(f"a shallow {cls.__name__}", entry, shallow, enough=True)
        yield guessed(f"{cls.__name__}()", entry, {name: Part(cls), **rest})
        return
    if not required:
        if off:
            yield Construction("its defaults, untrained", partial(entry, **off), off)
        yield Construction("its defaults", entry)
        return
    known = {each.name: _guess(entry, each, module, part) for each in required} | off
    if all(known[each.name] is not None for each in required):
        yield guessed("sizes by the arguments' names", entry, known)
    numbers = {name: 32 if value is None and name not in off else value for name, value in known.items()}
    if numbers != known:
        yield guessed("numbers for all arguments", entry, numbers)
    same = {name: 32 if type(value) is int else value for name, value in numbers.items()}
    if same != numbers:
        yield guessed("equal sizes for all arguments", entry, same)


def _untrained(entry: Callable[..., Any]) -> dict[str, Any]:
    """The arguments without which a constructor would load trained weights: what is asked for is how it begins."""
    found = {}
    for each in _parameters(entry):
        if _TRAINED.fullmatch(each.name) and isinstance(each.default, (str, bool)) and each.default:
            found[each.name] = False if isinstance(each.default, bool) else None
    return found


_TRAINED = re.compile(r"(\w+_)?(pre_?trained|weights|checkpoint(_path)?)(_\w+)?")


def required_of(entry: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters that a class or function has no defaults for."""
    return [each for each in _parameters(entry) if each.default is inspect.Parameter.empty]


def configured(entry: Callable[..., Any], module: Any) -> bool:
    """Whether one of those is a configuration whose class is known."""
    return _config(entry, required_of(entry), module) is not None


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


def accepts(entry: Callable[..., Any], name: str) -> bool:
    """Whether it takes an argument of that name, be it among others that it passes on."""
    try:
        own = inspect.signature(entry).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(each.name == name or each.kind is each.VAR_KEYWORD for each in own)


def by_name(entry: Callable[..., Any], name: str) -> Any:
    """A guess at the argument of that name; None where there is none."""
    own = next((each for each in _parameters(entry) if each.name == name), None)
    return from_name(own or inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY))


def _guess(
    entry: Callable[..., Any], parameter: inspect.Parameter, module: Any, part: Callable[[Any, Any], Any]
) -> Any:
    """By its annotation, where that leaves a choice of values or of modules; else by its name."""
    hint = _hints(entry).get(parameter.name)
    for each in (hint, *typing.get_args(hint)):
        if typing.get_origin(each) is typing.Literal:
            return typing.get_args(each)[0]
        if inspect.isclass(each) and issubclass(each, enum.Enum):
            return next(iter(each))
        if inspect.isclass(each) and issubclass(each, nn.Module) and each is not nn.Module:
            build = part(each, module) if each is not entry else None
            if build is not None:
                return Part(build)
    own = _named(entry, parameter.name, module, part)
    if own is not None:
        return own
    return Settings() if SETTINGS.fullmatch(parameter.name.lower()) else from_name(parameter)


def _named(entry: Callable[..., Any], name: str, module: Any, part: Callable[[Any, Any], Any]) -> Any:
    """The module class of the same file that has that name, or one of it: ``BasicBlock`` for ``block``. The class
    itself where the constructor calls it."""
    plain = name.lower().replace("_", "")
    known = [
        each for key, each in vars(module).items()
        if inspect.isclass(each) and issubclass(each, nn.Module) and each is not entry and key.lower().endswith(plain)
        and each.__module__ == getattr(module, "__name__", "")
    ] if len(plain) > 3 else []  # fmt: skip
    cls = min(known, key=lambda each: (len(each.__name__), each.__name__), default=None)
    if cls is None:
        return None
    if calls(entry, name):
        return cls
    build = part(cls, module)
    return Part(build) if build is not None else None


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


def small(config: type, sizes: Mapping[str, int] = _SMALL) -> Any:
    """A configuration of that class, with its sizes made small where it has them under names that are customary."""
    default = config()
    values = _small_values(config, default, sizes)
    try:
        return config(**values)
    except Exception:  # it checks one size against another
        return default


def _small_values(config: type, default: Any, sizes: Mapping[str, int]) -> dict[str, Any]:
    alias: Mapping[str, str] = getattr(config, "attribute_map", {})
    settable = _settable(config)
    values: dict[str, Any] = {}
    if hasattr(default, "use_cache"):
        values["use_cache"] = False
    for name, number in sizes.items():
        held, own = getattr(default, name, None), alias.get(name, name)
        if isinstance(held, int) and not isinstance(held, bool) and held > number and (own in settable or not settable):
            if name == "image_size" and hasattr(default, "window_size"):
                continue  # an image of few windows, which the last stages would have none of
            if not _counts_a_list(config, default, own, held, number) and not _splits(default, held, number):
                values[own] = number
    if "pad_token_id" in settable and getattr(default, "pad_token_id", 0) is None:
        values["pad_token_id"] = 0  # without one, a classifier of texts takes no batch
    if "vocab_size" in values:
        for name in _PADS:
            if isinstance(getattr(default, name, None), int) and getattr(default, name) >= values["vocab_size"]:
                values[name] = 1
    for name, inner in (getattr(config, "sub_configs", None) or {}).items():
        held = getattr(default, name, None)
        if held is not None and not isinstance(held, (config, dict)):
            values[name] = _small_values(type(held), held, sizes)
            if not isinstance(held, inner):
                values[name]["model_type"] = held.model_type
    return values


def _splits(default: Any, held: int, number: int) -> bool:
    """Whether stages have numbers of heads that divide their width as it is, and not the smaller one."""
    heads = [each for key, each in vars(default).items() if "head" in key and isinstance(each, (list, tuple)) and each]
    counts = [each[0] for each in heads if isinstance(each[0], int) and each[0] > 0]
    return any(held % count == 0 and number % count for count in counts)


def _counts_a_list(config: type, default: Any, name: str, held: int, number: int) -> bool:
    """Whether it is the length of lists in the configuration that do not follow it."""
    lists = [key for key, each in vars(default).items() if isinstance(each, (list, tuple)) and len(each) == held]
    if not lists:
        return False
    try:
        other = config(**{name: number})
    except Exception:
        return True
    return any(len(getattr(other, key, None) or ()) == held for key in lists)


def _settable(config: type) -> frozenset[str]:
    if dataclasses.is_dataclass(config):
        return frozenset(each.name for each in dataclasses.fields(config))
    return frozenset(each.name for each in _parameters(config))
