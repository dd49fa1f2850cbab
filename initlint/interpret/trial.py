"""Trial runs: a constructor calls a part of its model on a tensor of zeros to learn a size, as in
``self.features(torch.zeros(1, *shape)).shape[1]``. Only shapes are reckoned; nothing that is run changes the model.

The formulas are those of torch's documentation of each layer (https://docs.pytorch.org/docs/stable/nn.html).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from initlint.interpret.functions import run_function
from initlint.interpret.hierarchy import mro
from initlint.interpret.machine import Machine
from initlint.interpret.torch_modules import LENGTH, children, container_of, spec_of
from initlint.interpret.values import ClassValue, FunctionValue, Obj, Tensor, Value
from initlint.ir.place import Place

Sizes = tuple[int, ...]

_KEEPS = frozenset({"activation", "dropout", "norm", "softmax"})


def called(
    machine: Machine, module: Obj, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """What a module gives that is called outside a forward: a tensor of known shape where its one argument is that."""
    given = _sizes(positional[0]) if len(positional) == 1 and not keywords else None
    made, misuses = len(machine.objects), len(machine.misuses)
    found = None
    if given is not None and not machine.top_level:
        with machine.scratch():
            found = _run(machine, module, given, place)
        del machine.objects[made:], machine.misuses[misuses:]
    return machine.unknown("a module called outside a forward", place) if found is None else _tensor(found, place)


def _sizes(value: Value) -> Sizes | None:
    shape = value.data.get("shape") if isinstance(value, Tensor) else None
    if isinstance(shape, tuple) and all(type(size) is int and size >= 0 for size in shape):
        return shape
    return None


def _tensor(sizes: Sizes, place: Place) -> Tensor:
    tensor = Tensor(place)
    tensor.data["shape"] = sizes
    return tensor


def _run(machine: Machine, module: Value, sizes: Sizes, place: Place) -> Sizes | None:
    machine.step()
    if not isinstance(module, Obj):
        return None
    for base in mro(module.cls) if isinstance(module.cls, ClassValue) else ():
        method = base.members.data.get("forward") if isinstance(base, ClassValue) else None
        if isinstance(method, FunctionValue):
            return _sizes(run_function(machine, method, [module, _tensor(sizes, place)], {}, place))
    if container_of(module) == "torch.nn.Sequential" and ("open",) not in module.data and LENGTH not in module.data:
        found: Sizes | None = sizes
        for _, child in children(module):
            found = _run(machine, child, found, place) if found is not None else None
        return found
    try:
        return _of_layer(module, sizes)
    except (ArithmeticError, IndexError, TypeError, ValueError):
        return None  # an attribute that is not known, or a tensor that does not fit


def _of_layer(module: Obj, sizes: Sizes) -> Sizes | None:
    spec = spec_of(module)
    if spec is None:
        return None
    held = module.data
    match spec.kind:
        case "linear" if "out_features" in held:
            return (*sizes[:-1], _whole(held["out_features"]))
        case "conv" | "conv_transpose":
            rank = len(_each(held["kernel_size"], 0))
            spatial = _of_convolution(module, sizes[-rank:], spec.kind == "conv_transpose")
            return (*sizes[: -rank - 1], _whole(held["out_channels"]), *spatial)
        case "pool":
            return _of_pool(module, spec.path, sizes)
        case "reshape" if spec.name in {"flatten", "identity"}:
            return flattened(sizes, held["start_dim"], held["end_dim"]) if spec.name == "flatten" else sizes
        case kind if kind in _KEEPS:
            return sizes
    return None


def _of_convolution(module: Obj, sizes: Sizes, transposed: bool) -> Sizes:
    held, rank = module.data, len(sizes)
    kernel, stride = _each(held["kernel_size"], rank), _each(held["stride"], rank)
    dilation, spread = _each(held["dilation"], rank), held["padding"]
    if spread == "same":
        return sizes
    padding = (0,) * rank if spread == "valid" else _each(spread, rank)
    if transposed:
        extra = _each(held["output_padding"], rank)
        return tuple(
            (size - 1) * s - 2 * p + d * (k - 1) + e + 1
            for size, k, s, p, d, e in zip(sizes, kernel, stride, padding, dilation, extra)
        )
    return tuple(
        (size + 2 * p - d * (k - 1) - 1) // s + 1 for size, k, s, p, d in zip(sizes, kernel, stride, padding, dilation)
    )


def _of_pool(module: Obj, path: str, sizes: Sizes) -> Sizes | None:
    rank = int(path[-2]) if path.endswith(("1d", "2d", "3d")) else 0
    held = module.data
    if not rank or len(sizes) < rank:
        return None
    ahead, last = sizes[:-rank], sizes[-rank:]
    if "output_size" in held:
        wanted = held["output_size"]
        given = wanted if isinstance(wanted, tuple) else (wanted,) * rank
        return (*ahead, *(size if each is None else _whole(each) for size, each in zip(last, given)))
    kernel, stride, padding = (_each(held[name], rank) for name in ("kernel_size", "stride", "padding"))
    dilation = _each(held.get("dilation", 1), rank)
    if held.get("ceil_mode") is not False:
        return None
    pooled = (
        (size + 2 * p - d * (k - 1) - 1) // s + 1 for size, k, s, p, d in zip(last, kernel, stride, padding, dilation)
    )
    return (*ahead, *pooled)


def flattened(sizes: Sizes, start: Value, end: Value) -> Sizes:
    """The shape after ``flatten(start, end)``; raises IndexError or TypeError for dimensions that are none."""
    first, last = range(len(sizes))[_whole(start)], range(len(sizes))[_whole(end)]
    return (*sizes[:first], prod(sizes[first : last + 1]), *sizes[last + 1 :])


def _whole(value: Value) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _each(value: Value, rank: int) -> Sizes:
    """A setting of each spatial dimension."""
    return tuple(map(_whole, value)) if isinstance(value, tuple) else (_whole(value),) * rank
