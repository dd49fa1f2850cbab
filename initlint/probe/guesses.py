"""The first guesses at a forward's arguments: by the layers that take them, by their names, by the model's layers."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import replace

from torch import nn

from initlint.probe.batch import SIZE
from initlint.probe.reading import Reading, Takes, reading
from initlint.probe.spec import LENGTH, Spec, Specs

SIDE = 64
_MOST = 6

# Optional arguments without which some forwards do not run.
STATES = re.compile(r"(^|_)(hidden_states?|key_value_states|context|memory|cond|condition|cross|states?)$")
_LIKE_FIRST = frozenset({"y", "x2", "target", "context", "memory", "tgt", "key", "value", "k", "v", "other"})
_IDS = re.compile(r"(^|_)(ids?|idx|tokens?|tok|indices|input_ids|labels?|words?|seq|text|sparse|categorical)($|_)")
_ONE = re.compile(r"(^|_)(id|labels?|y|users?|items?|actions?|class(es)?|cls|category)$")
_REAL = re.compile(r"embed|hidden|feat|state|logit|latent|prob|weight|scale")
_MASK = re.compile(r"mask")
_LISTS = re.compile(r"^(history|xs|hidden_states_list|tensors|inputs_list|embeds_list)$")
_TIME = re.compile(r"^(t|ts|time|times|timesteps?|sigma|noise_level|noise_levels?|step)$")
_COUNT = re.compile(r"^(num|n)_(nodes|graphs|entities|users)$")
_KINDS = (
    (re.compile(r"edge_?(index|list)(_\w+)?|edges"), "edges"),
    (re.compile(r"adj(acency)?(_?(t|mat|matrix|mx))?|laplacian|a_hat|norm_adj"), "adjacency"),
    (re.compile(r"batch_?(idx|index|ids)|graph_ids?|batch"), "index"),
    (re.compile(r"(\w+_)?(lens?|lengths?|seq_?lens?|seq_?lengths?)"), "lengths"),
)
# What people use.
SHAPES = (
    *(Spec("x", shape) for shape in ((3, 64, 64), (1, 28, 28), (32,), (16, 32), (3, 224, 224), (1, 64))),
    Spec("x", (3, 16, 32, 32)),
    Spec("x", (LENGTH,), classes=10),
)


def first(model: nn.Module) -> Iterator[Specs]:
    """What the forward's text and the layers speak for, the likeliest first."""
    names, said = required(model), reading(model)
    own = list(own_shapes(model))
    if names and (said.takes or said.forms or any(kind_of(name) for name in names)):
        yield tuple(_told(name, name, said, own) for name in names)
        for name in names:
            for other in _others(name, said):
                yield tuple(other if each == name else _told(each, each, said, own) for each in names)
    yield from _starts(names, own or list(SHAPES))


def last(model: nn.Module) -> Iterator[Specs]:
    """What people use."""
    yield from _starts(required(model), list(SHAPES))


def told(model: nn.Module, name: str) -> Spec:
    """One more argument, by what takes it or its name."""
    return _told(name, name, reading(model), list(own_shapes(model)))


def _told(name: str, path: str, said: Reading, own: list[Spec]) -> Spec:
    """By what takes it and what is looked up in it; else by its name."""
    plain = name.rpartition(".")[2]
    taken = _taken(plain, said.takes.get(path, ()))
    if taken is not None:
        return taken
    kind = kind_of(plain)
    if kind and not (kind == "index" and path in said.forms):
        return Spec(plain, (), kind=kind)
    if path in said.forms:
        parts = tuple(_told(each, f"{path}.{each}", said, own) for each in said.parts.get(path, ()))
        if parts:
            return Spec(plain, (), form=said.forms[path], parts=parts)
    if _COUNT.fullmatch(plain):
        return Spec(plain, (), number=SIZE)
    return guess(plain, next((each for each in own or SHAPES), SHAPES[0]), own)


def _taken(name: str, takes: list[Takes] | tuple[()]) -> Spec | None:
    return next((spec for each in takes for spec in _of_taker(name, each)), None)


def _others(name: str, said: Reading) -> Iterator[Spec]:
    found = [spec for each in said.takes.get(name, ()) for spec in _of_taker(name, each)]
    yield from list(dict.fromkeys(found))[1:3]


def _of_taker(name: str, taker: Takes) -> Iterator[Spec]:
    if isinstance(taker.layer, int):
        yield Spec(name, (taker.layer,))
        return
    if taker.state:
        yield from _state(name, taker.layer)
        return
    leaf = next((each for each in taker.layer.modules() if next(of_module(each), None) is not None), None)
    for spec in of_module(leaf) if leaf is not None else ():
        if taker.of > 1 and spec.shape and not spec.classes:
            at = 0 if isinstance(leaf, nn.modules.conv._ConvNd) else -1
            sizes = list(spec.shape)
            sizes[at] = max(1, sizes[at] // taker.of)
            spec = replace(spec, shape=tuple(sizes))
        yield replace(spec, name=name, shape=() if spec.classes and _ONE.search(name) else spec.shape)


def _state(name: str, layer: nn.Module) -> Iterator[Spec]:
    if isinstance(layer, nn.RNNBase):
        width = layer.proj_size or layer.hidden_size
        yield Spec(name, (layer.num_layers * (1 + layer.bidirectional), width), batch_at=1)
    elif isinstance(layer, nn.RNNCellBase):
        yield Spec(name, (layer.hidden_size,))


def _starts(names: list[str], options: list[Spec]) -> Iterator[Specs]:
    if not names:
        yield ()
        return
    main = options[0]
    for option in options:
        yield tuple(
            guess(name, option if index == 0 or name in _LIKE_FIRST else main, options)
            for index, name in enumerate(names)
        )
    if len(names) > 1:
        for option in options[:4]:
            yield (guess(names[0], option, options), *(Spec(name, (), absent=True) for name in names[1:]))


def required(model: nn.Module) -> list[str]:
    """The arguments of the forward without a default; of one that has defaults for all, the first."""
    try:
        parameters = inspect.signature(model.forward).parameters.values()
    except (TypeError, ValueError):
        return ["x"]
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    found = [each.name for each in parameters if each.kind in plain and each.default is inspect.Parameter.empty]
    optional = [each.name for each in parameters if each.kind in plain and each.default is not inspect.Parameter.empty]
    return found or optional[:1] or ["*0" for each in parameters if each.kind is each.VAR_POSITIONAL]


def kind_of(name: str) -> str:
    """What its name says that it is besides an input: the edges of a graph, lengths."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(name.lower())), "")


def guess(name: str, option: Spec, own: list[Spec] | tuple[Spec, ...] = ()) -> Spec:
    """An argument by its name; the option under that name where this says nothing."""
    if _MASK.search(name):
        return Spec(name, option.shape[:1], mask=True)
    if _LISTS.search(name) and not option.classes:
        return replace(option, name=name, many=2)
    if _TIME.search(name):
        return Spec(name, (), classes=10)
    if _IDS.search(name) and not _REAL.search(name) and not option.classes:
        return Spec(name, (LENGTH,), classes=min((each.classes for each in own if each.classes), default=10))
    return replace(option, name=name)


def shapes(model: nn.Module) -> Iterator[Spec]:
    """Those of the layers, then what people use."""
    yield from own_shapes(model)
    yield from SHAPES


def own_shapes(model: nn.Module) -> Iterator[Spec]:
    """Shapes by the layers in the order in which they are registered, the first one first."""
    seen: set[Spec] = set()
    for module in model.modules():
        for spec in of_module(module):
            if spec not in seen and len(seen) < _MOST:
                seen.add(spec)
                yield spec


def of_module(module: nn.Module) -> Iterator[Spec]:
    """What a layer of torch takes."""
    sides = {1: SIDE, 2: SIDE, 3: 16}
    if isinstance(module, nn.modules.conv._ConvTransposeNd):
        rank = len(module.kernel_size)
        grown = module.padding[0] == 0 and module.kernel_size[0] > module.stride[0]  # of one position, as in a GAN
        yield Spec("x", (module.in_channels, *[1 if grown else 8] * rank))
        yield Spec("x", (module.in_channels, *[8 if grown else 1] * rank))
    elif isinstance(module, nn.modules.conv._ConvNd):
        rank = len(module.kernel_size)
        side = sides[rank] if module.in_channels <= 4 else sides[rank] // 2
        yield Spec("x", (module.in_channels, *[side] * rank))
    elif isinstance(module, nn.Linear):
        yield Spec("x", (module.in_features,))
        yield Spec("x", (LENGTH, module.in_features))
    elif isinstance(module, (nn.Embedding, nn.EmbeddingBag)):
        yield Spec("x", (LENGTH,), classes=module.num_embeddings)
        yield Spec("x", (), classes=module.num_embeddings)
    elif isinstance(module, (nn.RNNCellBase)):
        yield Spec("x", (module.input_size,))
    elif isinstance(module, nn.RNNBase):
        yield Spec("x", (LENGTH, module.input_size), batch_at=0 if module.batch_first else 1)
    elif isinstance(module, nn.MultiheadAttention):
        yield Spec("x", (LENGTH, module.embed_dim), batch_at=0 if module.batch_first else 1)
    elif isinstance(module, nn.modules.batchnorm._BatchNorm):
        yield from _normalised(module)


def _normalised(module: nn.modules.batchnorm._BatchNorm) -> Iterator[Spec]:
    rank = {nn.BatchNorm2d: 2, nn.BatchNorm3d: 3}.get(type(module), 0)
    yield Spec("x", (module.num_features, *[SIDE // 4] * rank))
