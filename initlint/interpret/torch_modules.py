"""Modules: building library layers, containers, walking a module tree, and the methods of nn.Module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from initlint.catalog import REQUIRED, LayerSpec
from initlint.interpret.draws import repeated
from initlint.interpret.hierarchy import CONTAINERS, canonical, is_module_class, mro
from initlint.interpret.machine import Machine
from initlint.interpret.torch_init import PADDING, make_tensor, plain
from initlint.interpret.values import (
    Argument,
    Buffer,
    ClassValue,
    DictValue,
    Either,
    External,
    ListValue,
    Maybe,
    Obj,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

SPEC = ("spec",)
# The layer that attention has inside.
_OUTPUT = "torch.nn.modules.linear.NonDynamicallyQuantizableLinear"
REPEAT = ("repeat",)
VALUE = ("value",)
LENGTH = ("length",)  # of a container that a loop of unknown length filled
_MOST_LAYERS = 256
_DEEPEST = 40


def container_of(obj: Obj) -> str | None:
    """The library container that the object is (``torch.nn.Sequential`` …), if it is one."""
    for base in mro(obj.cls) if isinstance(obj.cls, ClassValue) else (obj.cls,):
        if isinstance(base, External) and canonical(base.path) in CONTAINERS:
            return canonical(base.path)
    return None


def spec_of(obj: Obj) -> LayerSpec | None:
    """The catalogue's entry for the library layer that the object is or derives from."""
    spec = obj.data.get(SPEC)
    return spec if isinstance(spec, LayerSpec) else None


def is_module(value: Value) -> bool:
    """Whether the value is an instance of a module class."""
    return isinstance(value, Obj) and is_module_class(value.cls)


# -- construction


def build_layer(
    machine: Machine, obj: Obj, spec: LayerSpec, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> None:
    """Run a library layer's constructor on ``obj``: its attributes and parameters with torch's default init."""
    bound: dict[str, object] = {}
    values = list(positional)
    for parameter in spec.signature:
        if parameter.name in keywords:
            bound[parameter.name] = plain(keywords[parameter.name])
        elif values and not parameter.keyword_only:
            bound[parameter.name] = plain(values.pop(0))
        elif parameter.default is REQUIRED or keywords.get("**"):
            bound[parameter.name] = Unknown(f"argument `{parameter.name}` is not given where it can be seen")
        else:
            bound[parameter.name] = parameter.default
        if isinstance(parameter.default, bool) and isinstance(bound[parameter.name], Dim):
            bound[parameter.name] = Unknown(f"argument `{parameter.name}` is not known")
    layers = bound.get("num_layers")
    if isinstance(layers, int) and layers > _MOST_LAYERS:
        bound["num_layers"] = Unknown("more layers than are read")
    built = spec.build(bound)
    machine.write(obj, SPEC, spec)
    machine.write(obj, VALUE, built.value)
    for name, attribute in built.attributes.items():
        machine.write(obj, name, attribute)
    for plan in built.parameters:
        tensor = make_tensor(machine, plan.shape, plan.initializer, place)
        tensor.data.update(parameter=not plan.buffer, trainable=plan.trainable)
        if (padding := built.attributes.get("padding_idx")) is not None:
            tensor.data[PADDING] = padding
        owner = obj
        *path, name = plan.name.split(".")
        for part in path:
            child = owner.data.get(part)
            if not isinstance(child, Obj):
                child = Obj(External(_OUTPUT), place, machine.outer())
                machine.write(child, SPEC, machine.catalog.layer(_OUTPUT))
                machine.write(owner, part, child)
            owner = child
        machine.write(owner, name, tensor)
        if plan.buffer:
            machine.write(owner, ("buffer", name), True)
        if plan.optional:
            machine.write(owner, ("optional", name), True)


def build_container(
    machine: Machine, obj: Obj, path: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> None:
    """Run a container's constructor on ``obj``."""
    if path == "torch.nn.Sequential" and not (len(positional) == 1 and isinstance(positional[0], DictValue)):
        for item in positional:
            append(machine, obj, item)
        return
    for source in positional[:1]:
        extend(machine, obj, source)
    for name, value in keywords.items():
        machine.write(obj, name, value)


def extend(machine: Machine, obj: Obj, source: Value) -> None:
    """Add all items of a list, dict or container."""
    match source:
        case DictValue():
            for number, (key, value) in enumerate(source.data.items()):
                machine.write(obj, str(key) if isinstance(key, (str, int)) else f"<{number}>", value)
            if source.open:
                _open(machine, obj, "built from a dict that is not known")
        case ListValue() | Walk() | tuple():
            items = source if isinstance(source, tuple) else source.items
            pairs = [pair for item in items if (pair := _named(item)) is not None]
            if items and len(pairs) == len(items):
                for name, value in pairs:
                    machine.write(obj, name, value)
                return
            for item in items:
                append(machine, obj, item)
            length = source.data.get("length") if isinstance(source, ListValue) else None
            if length is not None:
                machine.write(obj, LENGTH, length)
        case Obj():
            for _, child in children(source):
                append(machine, obj, child)
        case _:
            _open(machine, obj, "built from a list that is not known")


def _named(item: Value) -> tuple[str, Value] | None:
    """A name and a module, given as a tuple or a list."""
    pair = item.items if isinstance(item, ListValue) else item
    if isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str):
        return pair[0], pair[1]
    return None


def append(machine: Machine, obj: Obj, item: Value) -> None:
    """``container.append(item)``."""
    count = sum(1 for key in obj.data if isinstance(key, str) and key.isdigit())
    if container_of(obj) == "torch.nn.Sequential":
        count = max(count, sum(1 for _ in children(obj)))  # its modules may have names of their own
    name = str(count)
    if isinstance(item, Obj) and any(child is item for _, child in children(obj)):
        repeated(machine, (item, item), machine.here)
    if isinstance(item, Maybe):
        machine.write(obj, name, item.value)
        machine.write(obj, ("optional", name), True)
    elif isinstance(item, Unknown):
        machine.write(obj, name, item)
        _open(machine, obj, item.why)
    else:
        _lengthen(machine, obj, count)
        machine.write(obj, name, item)


def _lengthen(machine: Machine, obj: Obj, count: int) -> None:
    """A list to which only a loop of unknown length appends, one module in each pass, has that loop's length: it holds
    the first and the last. With more it has a length that is not known."""
    loop = machine.repeats[-1] if machine.repeats else None
    held = obj.data.get(LENGTH)
    if held is not None and (count > 1 or held != Argument(str(loop))):
        machine.write(obj, LENGTH, Unknown("a list that a loop of unknown length fills"))
    elif not count and loop is not None and loop != obj.data.get(REPEAT) and container_of(obj) == "torch.nn.ModuleList":
        machine.write(obj, LENGTH, Argument(loop))


def _open(machine: Machine, obj: Obj, why: str) -> None:
    machine.write(obj, ("open",), True)
    machine.lost(why)


# -- walking

# Most attributes are neither modules nor parameters, which their type says fastest.
_MODULES = frozenset({Obj, Either, Unknown})
_TENSORS = frozenset({Tensor, Buffer, Either})


def children(obj: Obj) -> Iterator[tuple[str, Value]]:
    """The registered submodules with their names: modules, or several on a condition, or what is not known."""
    return iter([(k, v) for k, v in obj.data.items() if type(v) in _MODULES and _is_child(k, v)])  # type: ignore[misc]


def _is_child(key: object, value: Value) -> bool:
    if not isinstance(key, str):
        return False
    if isinstance(value, Obj):
        return is_module_class(value.cls)
    return any(map(is_module, value.options)) if isinstance(value, Either) else key.isdigit()


def own_parameters(obj: Obj, buffers: bool = False) -> Iterator[tuple[str, Tensor]]:
    """The parameters (or buffers) that the module itself registers."""
    data = obj.data
    for key, value in data.items():
        if type(value) not in _TENSORS or not isinstance(key, str):
            continue
        for option in value.options if isinstance(value, Either) else (value,):
            if isinstance(option, Tensor) and bool(data.get(("buffer", key))) == buffers:
                if buffers or option.is_parameter:
                    yield key, option


def recurrent_weights(obj: Obj, name: str) -> Value | None:
    """The weights of a recurrent layer by layer and direction, or their names; None for any other module."""
    spec = spec_of(obj)
    if spec is None or "weight_hh_l0" not in obj.data:
        return None
    groups: dict[str, list[str]] = {}
    for key, _ in own_parameters(obj):
        groups.setdefault(re.sub(r"^.*?_l(?=\d)", "", key), []).append(key)
    if name == "_flat_weights":
        return ListValue(tuple(obj.data[key] for keys in groups.values() for key in keys))
    rows = [tuple(key if name == "_all_weights" else obj.data[key] for key in keys) for keys in groups.values()]
    return ListValue(tuple(ListValue(row) for row in rows))


def walk(obj: Obj) -> list[tuple[str, Obj]]:
    """``named_modules()``: the module itself first, each once."""
    found: list[tuple[str, Obj]] = []
    _walk(obj, "", set(), found, 0)
    return found


def children_first(obj: Obj) -> list[Obj]:
    """The modules, each once, in the order in which ``apply`` comes to them first. (It comes again to one that several
    modules share; what it does there is the same again.)"""
    found: list[tuple[str, Obj]] = []
    _walk(obj, "", set(), found, 0, last=True)
    return [module for _, module in found]


def _walk(obj: Obj, prefix: str, seen: set[int], found: list[tuple[str, Obj]], depth: int, last: bool = False) -> None:
    if id(obj) in seen or depth > _DEEPEST:
        return
    seen.add(id(obj))
    if not last:
        found.append((prefix, obj))
    for name, child in children(obj):
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(child, Obj):
            _walk(child, path, seen, found, depth + 1, last)
        for option in child.options if isinstance(child, Either) else ():
            if isinstance(option, Obj) and is_module(option):
                _walk(option, path, seen, found, depth + 1, last)
    if last:
        found.append((prefix, obj))


def parameters_of(obj: Obj, buffers: bool = False, recurse: bool = True) -> Iterator[tuple[str, Tensor]]:
    """``named_parameters()`` (or ``named_buffers()``), each once."""
    seen: set[int] = set()
    for path, module in walk(obj) if recurse else [("", obj)]:
        for name, tensor in own_parameters(module, buffers):
            if id(tensor) not in seen:
                seen.add(id(tensor))
                yield (f"{path}.{name}" if path else name), tensor
