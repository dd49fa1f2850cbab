"""Layers that start equal, or are one: what the model says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from initlint.interpret.draws import CLONE, DRAWN, REPEATED, Seed
from initlint.interpret.torch_modules import children, container_of, own_parameters, parameters_of, spec_of, walk
from initlint.interpret.values import Obj, Tensor
from initlint.ir.initializer import InitAction
from initlint.ir.model import Twins
from initlint.ir.place import Place

Tree = Sequence[tuple[str, Obj]]


def twins(tree: Tree, names: Mapping[int, str]) -> Iterator[Twins]:
    """The layers of a model that start equal though they are apart."""
    yield from _cloned(tree, names)
    yield from _shared(tree)
    yield from _reseeded(tree, names)


def _cloned(tree: Tree, names: Mapping[int, str]) -> Iterator[Twins]:
    groups: dict[tuple[int, Place], list[tuple[str, Obj]]] = {}
    for path, module in tree:
        if (found := module.data.get(CLONE)) is not None:
            assert isinstance(found, tuple)
            groups.setdefault((id(found[0]), found[1]), []).append((path, module))
    for (_, place), members in groups.items():
        held = [dict(parameters_of(module)) for _, module in members]
        equal = [
            names[id(tensor)]
            for name, tensor in held[0].items()
            if id(tensor) in names and _is_random(tensor) and any(_same(tensor, other.get(name)) for other in held[1:])
        ]
        if len(members) > 1 and equal:
            yield Twins("cloned", place, tuple(path for path, _ in members), tuple(equal))


def _is_random(tensor: Tensor) -> bool:
    """Whether the tensor is a trained matrix that was drawn: what it holds tells its layer from others."""
    actions, shape = tensor.data.get("candidates"), tensor.data.get("shape")
    if not isinstance(shape, tuple) or len(shape) < 2:
        return False
    if not isinstance(actions, tuple) or len(actions) != 1 or tensor.data.get("trainable", True) is not True:
        return False
    action = actions[0]
    return isinstance(action, InitAction) and action.initializer.known and action.initializer.constant is None


def _same(tensor: Tensor, other: Tensor | None) -> bool:
    """Whether two tensors still hold what a copy gave both."""
    return other is not None and other is not tensor and other.data.get("candidates") is tensor.data.get("candidates")


def _shared(tree: Tree) -> Iterator[Twins]:
    for path, module in tree:
        if container_of(module) is None:
            continue
        found: dict[int, list[str]] = {}
        for name, child in children(module):
            if isinstance(child, Obj):
                found.setdefault(id(child), []).append(f"{path}.{name}" if path else name)
        for _, child in children(module):
            places = found.pop(id(child), [])
            if len(places) > 1 and isinstance(child, Obj) and _learns(child):
                match child.data.get(REPEATED):
                    case (Place() as place, str(spelt), False):
                        yield Twins("shared", place, tuple(places), tuple(spelt.split()))
                    case None:
                        yield Twins("shared", module.made, tuple(places))


def _learns(module: Obj) -> bool:
    """Whether it has trainable parameters, and is no recurrent cell, which is there to be used again."""
    recurrent = any((spec := spec_of(each)) is not None and spec.kind == "recurrent" for _, each in walk(module))
    return not recurrent and any(tensor.data.get("trainable", True) is True for _, tensor in parameters_of(module))


def _reseeded(tree: Tree, names: Mapping[int, str]) -> Iterator[Twins]:
    groups: dict[object, dict[Seed, tuple[Place, str]]] = {}
    for _, module in tree:
        for _, tensor in own_parameters(module):
            match tensor.data.get(DRAWN):
                case (held, Seed() as seed, count) if held is tensor.data.get("candidates") and _is_random(tensor):
                    key = (seed.value, count, str(tensor.data.get("shape")))
                    place = seed.asked_for(held[0].outer if isinstance(held, tuple) else ())
                    groups.setdefault(key, {})[seed] = place, names.get(id(tensor), "")
    for members in groups.values():
        if len(members) > 1:
            place, _ = list(members.values())[-1]  # the seed that makes the last of them what the first is
            found = [name for _, name in members.values()]
            yield Twins(
                "reseeded", place, tuple(dict.fromkeys(name.rpartition(".")[0] for name in found)), tuple(found)
            )
