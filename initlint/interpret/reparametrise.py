"""Weights that a layer computes from other parameters: torch.nn.utils' weight_norm, spectral_norm and parametrisations.

https://docs.pytorch.org/docs/stable/nn.html#utilities
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from initlint.interpret.hierarchy import MODULE, canonical, mro
from initlint.interpret.machine import Machine
from initlint.interpret.operators import as_scalar
from initlint.interpret.shapes import product
from initlint.interpret.torch_init import initial
from initlint.interpret.values import MISSING, ClassValue, Either, External, Obj, Tensor, Value
from initlint.ir.dim import Dim, divide, multiply, power
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

COMPUTED = "computed"
_OPTIONS = ("module", "name", "dim")
_Change = Callable[[Machine, Obj, str, Tensor, Value, Place], None]


def effective(tensor: Tensor) -> tuple[InitAction, ...]:
    """What a computed weight starts as; unknown where one of the parameters that it comes from was written since."""
    candidates = tensor.data.get("candidates")
    actions = tuple(a for a in candidates if isinstance(a, InitAction)) if isinstance(candidates, tuple) else ()
    sources = tensor.data.get("sources", ())
    assert isinstance(sources, tuple)
    if all(isinstance(source, Tensor) and source.data.get("candidates") == before for source, before in sources):
        return actions
    return tuple(replace(action, initializer=Initializer("a parametrisation", "unknown")) for action in actions)


def _each(
    machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place, change: _Change, default: Value
) -> Value:
    """Change the parameter that the call names in the module (or modules) that it is given; the module."""
    given = dict(zip(_OPTIONS, positional)) | keywords
    module, name = given.get("module", Unknown("no module")), given.get("name", given.get("tensor_name", "weight"))
    for option in module.options if isinstance(module, Either) else (module,):
        if isinstance(option, Obj) and isinstance(name, str):
            weight = option.data.get(name)
            if isinstance(weight, Tensor):
                change(machine, option, name, weight, given.get("dim", default), place)
    return module


def _part(machine: Machine, shape: Value, like: Tensor, place: Place, initializer: Initializer | None = None) -> Tensor:
    """A parameter that takes a weight's place, by default with its value."""
    part = Tensor(place)
    part.data.update(like.data)
    if initializer is not None:
        action = initial(machine, initializer, place)
        part.data.update(candidates=(action,), history=(action,))
    part.data.update(shape=shape, parameter=True)
    return part


def _compute(
    machine: Machine,
    obj: Obj,
    name: str,
    like: Tensor,
    place: Place,
    parts: tuple[Tensor, ...],
    call: str = "the parametrisation",
    shared: Tensor | None = None,
) -> None:
    """Make the weight a tensor that ``call`` computes from parameters; with none, one of which nothing is known. What
    is written to it before the first forward reaches the parameter that it is ``shared`` with, and else nothing."""
    weight = Tensor(place, base=shared)
    weight.data.update(like.data)
    weight.data.update(parameter=False, computed=call)
    if parts:
        weight.data["sources"] = tuple((part, part.data.get("candidates")) for part in parts)
    else:
        weight.data["candidates"] = (initial(machine, Initializer("a parametrisation", "unknown"), place),)
    machine.write(obj, name, weight)


def _norm_shape(weight: Tensor, dim: Value) -> Value:
    shape = weight.data.get("shape")
    if dim is None or dim == -1:
        return ()
    if not isinstance(shape, tuple) or not isinstance(dim, int) or dim >= len(shape):
        return Unknown("the shape of a norm")
    return tuple(size if axis == dim else 1 for axis, size in enumerate(shape))


_EXCESS = {"normal": 2.0, "uniform": 0.8}  # the kurtosis less one
_ENOUGH = 6  # elements, of which the mean is 0.1 % off, and the spread 4 %


def _norm_initializer(weight: Tensor, shape: Value) -> Initializer:
    """How the norms of the rows are distributed: those of n independent elements of spread σ and kurtosis κ are nearly
    normal, of variance σ²(κ − 1)/4 and mean σ√n·(1 − (κ − 1)/(8n))."""
    unknown = Initializer("weight_norm", "unknown")
    candidates, whole = weight.data.get("candidates"), weight.data.get("shape")
    action = candidates[0] if isinstance(candidates, tuple) and len(candidates) == 1 else None
    drawn = action.initializer if isinstance(action, InitAction) else unknown
    if drawn.family not in _EXCESS or drawn.mean != 0 or isinstance(drawn.std, Unknown):
        return unknown
    if not isinstance(whole, tuple) or not isinstance(shape, tuple):
        return unknown
    elements, rows = as_scalar(product(whole)), as_scalar(product(shape))
    count = divide(elements, rows) if elements is not None and rows is not None else None
    if count is None or not (isinstance(count, Dim) or count >= _ENOUGH) or (root := power(count, 0.5)) is None:
        return unknown
    excess = _EXCESS[drawn.family]
    less = 1 - excess / (8 * count) if not isinstance(count, Dim) else 1
    mean = multiply(multiply(drawn.std, root), less)
    return Initializer("weight_norm", "normal", mean, multiply(drawn.std, math.sqrt(excess) / 2))


def _norm_and_direction(machine: Machine, weight: Tensor, dim: Value, place: Place) -> tuple[Tensor, Tensor]:
    shape = _norm_shape(weight, dim)
    norm = _part(machine, shape, weight, place, _norm_initializer(weight, shape))
    return norm, _part(machine, weight.data.get("shape", Unknown("a shape")), weight, place)


def _weight_norm(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
    norm, direction = _norm_and_direction(machine, weight, dim, place)
    _compute(machine, obj, name, weight, place, (norm, direction), "`weight_norm`")
    machine.write(obj, f"{name}_g", norm)
    machine.write(obj, f"{name}_v", direction)


def _spectral_norm(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
    original = _part(machine, weight.data.get("shape", Unknown("a shape")), weight, place)
    _compute(machine, obj, name, weight, place, (), shared=original)
    machine.write(obj, f"{name}_orig", original)
    for side in ("u", "v"):
        drawn = Initializer("spectral_norm", "unknown")
        buffer = _part(machine, (Unknown("the size of a singular vector"),), weight, place, drawn)
        buffer.data.update(parameter=False, trainable=False)
        machine.write(obj, f"{name}_{side}", buffer)
        machine.write(obj, ("buffer", f"{name}_{side}"), True)


def _undo(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
    """The weight as a parameter again, with the value that it had."""
    if not weight.data.get(COMPUTED):
        return
    restored = Tensor(place)
    restored.data.update(weight.data)
    restored.data.update(candidates=effective(weight), parameter=True, computed=False)
    machine.write(obj, name, restored)
    for suffix in ("_g", "_v", "_orig", "_u"):
        if f"{name}{suffix}" in obj.data:
            machine.write(obj, f"{name}{suffix}", MISSING)
    lists = obj.data.get("parametrizations")
    if isinstance(lists, Obj):
        machine.write(lists, name, MISSING)


def _list_of(machine: Machine, obj: Obj, name: str, place: Place) -> Obj:
    """``module.parametrizations[name]``, which holds the parameters that a weight is computed from."""
    lists = obj.data.get("parametrizations")
    if not isinstance(lists, Obj):
        lists = Obj(External("torch.nn.ModuleDict"), place, machine.outer())
        machine.write(obj, "parametrizations", lists)
    found = lists.data.get(name)
    if not isinstance(found, Obj):
        found = Obj(External("torch.nn.ModuleList"), place, machine.outer())
        machine.write(lists, name, found)
    return found


def _new_weight_norm(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
    norm, direction = _norm_and_direction(machine, weight, dim, place)
    _compute(machine, obj, name, weight, place, (norm, direction), "`weight_norm`")
    parts = _list_of(machine, obj, name, place)
    machine.write(parts, "original0", norm)
    machine.write(parts, "original1", direction)


def _new_spectral_norm(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
    _one_original(machine, obj, name, weight, place, None)


def _orthogonal(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
    _one_original(machine, obj, name, weight, place, Initializer("orthogonal", "unknown"))


def _one_original(
    machine: Machine, obj: Obj, name: str, weight: Tensor, place: Place, initializer: Initializer | None
) -> None:
    if not weight.data.get(COMPUTED):
        shape = weight.data.get("shape", Unknown("a shape"))
        original = _part(machine, shape, weight, place, initializer)
        machine.write(_list_of(machine, obj, name, place), "original", original)
    _compute(machine, obj, name, weight, place, ())


def _register(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``register_parametrization(module, tensor_name, parametrization)``."""
    own = positional[2] if len(positional) > 2 else keywords.get("parametrization", Unknown("no parametrisation"))

    def change(machine: Machine, obj: Obj, name: str, weight: Tensor, dim: Value, place: Place) -> None:
        # Its right_inverse says what the original is; without one, the original is the weight as it was.
        changed = not isinstance(own, Obj) or any(
            not isinstance(base, ClassValue) or "right_inverse" in base.members.data
            for base in (mro(own.cls) if isinstance(own.cls, ClassValue) else ())
            if not isinstance(base, External) or canonical(base.path) != MODULE
        )
        _one_original(machine, obj, name, weight, place, Initializer("right_inverse", "unknown") if changed else None)
        if isinstance(own, Obj):
            parts = _list_of(machine, obj, name, place)
            machine.write(parts, str(sum(1 for key in parts.data if isinstance(key, str) and key.isdigit())), own)

    return _each(machine, positional[:2], keywords, place, change, None)


def _handler(
    change: _Change, default: Value = None
) -> Callable[[Machine, list[Value], dict[str, Value], Place], Value]:
    def handle(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
        return _each(machine, positional, keywords, place, change, default)

    return handle


_remove = _handler(_undo)
REPARAMETRISE = {
    "torch.nn.utils.weight_norm": _handler(_weight_norm, 0),
    "torch.nn.utils.spectral_norm": _handler(_spectral_norm),
    "torch.nn.utils.remove_weight_norm": _remove,
    "torch.nn.utils.remove_spectral_norm": _remove,
    "torch.nn.utils.parametrizations.weight_norm": _handler(_new_weight_norm, 0),
    "torch.nn.utils.parametrizations.spectral_norm": _handler(_new_spectral_norm),
    "torch.nn.utils.parametrizations.orthogonal": _handler(_orthogonal),
    "torch.nn.utils.parametrize.register_parametrization": _register,
    "torch.nn.utils.parametrize.remove_parametrizations": _remove,
}
