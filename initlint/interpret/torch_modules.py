"""Modules: building library layers, containers, walking a module tree, and the methods of nn.Module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from initlint.catalog import REQUIRED, LayerSpec
from initlint.interpret.hierarchy import CONTAINERS, canonical, is_module_class, mro
from initlint.interpret.machine import Machine
from initlint.interpret.torch_init import escape, make_tensor, plain, write
from initlint.interpret.values import (
    MISSING,
    Bound,
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
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

SPEC = ("spec",)
REPEAT = ("repeat",)
VALUE = ("value",)
HOOKED = ("hooked",)


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
    built = spec.build(bound)
    machine.write(obj, SPEC, spec)
    machine.write(obj, VALUE, built.value)
    for name, attribute in built.attributes.items():
        machine.write(obj, name, attribute)
    for plan in built.parameters:
        tensor = make_tensor(machine, plan.shape, plan.initializer, place)
        tensor.data.update(parameter=not plan.buffer, trainable=plan.trainable)
        owner = obj
        *path, name = plan.name.split(".")
        for part in path:
            child = owner.data.get(part)
            if not isinstance(child, Obj):
                child = Obj(External("torch.nn.modules.linear.NonDynamicallyQuantizableLinear"), place, machine.outer())
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
            for key, value in source.data.items():
                machine.write(obj, str(key), value)
            if source.open:
                _open(machine, obj, "built from a dict that is not known")
        case ListValue() | Walk() | tuple():
            items = source if isinstance(source, tuple) else source.items
            if all(isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str) for item in items) and items:
                for name, value in items:  # type: ignore[misc]
                    machine.write(obj, name, value)
                return
            for item in items:
                append(machine, obj, item)
            length = source.data.get("length") if isinstance(source, ListValue) else None
            if length is not None:
                machine.write(obj, ("length",), length)
        case Obj():
            for _, child in children(source):
                append(machine, obj, child)
        case _:
            _open(machine, obj, "built from a list that is not known")


def append(machine: Machine, obj: Obj, item: Value) -> None:
    """``container.append(item)``."""
    name = str(sum(1 for key in obj.data if isinstance(key, str) and key.isdigit()))
    if isinstance(item, Maybe):
        machine.write(obj, name, item.value)
        machine.write(obj, ("optional", name), True)
    elif isinstance(item, Unknown):
        machine.write(obj, name, item)
        _open(machine, obj, item.why)
    else:
        machine.write(obj, name, item)


def _open(machine: Machine, obj: Obj, why: str) -> None:
    machine.write(obj, ("open",), True)
    machine.unknown(why)


# -- walking


def children(obj: Obj) -> Iterator[tuple[str, Value]]:
    """The registered submodules with their names: modules, or several on a condition, or what is not known."""
    for key, value in obj.data.items():
        if (
            isinstance(key, str)
            and (is_module(value) or (isinstance(value, Either) and any(map(is_module, value.options))))
        ) or (isinstance(key, str) and key.isdigit() and isinstance(value, Unknown)):
            yield key, value


def own_parameters(obj: Obj, buffers: bool = False) -> Iterator[tuple[str, Tensor]]:
    """The parameters (or buffers) that the module itself registers."""
    for key, value in obj.data.items():
        if not isinstance(key, str):
            continue
        for option in value.options if isinstance(value, Either) else (value,):
            if isinstance(option, Tensor) and bool(obj.data.get(("buffer", key))) == buffers:
                if buffers or option.data.get("parameter"):
                    yield key, option


def walk(obj: Obj, prefix: str = "", seen: set[int] | None = None, depth: int = 0) -> Iterator[tuple[str, Obj]]:
    """``named_modules()``: the module itself first, each once."""
    seen = set() if seen is None else seen
    if id(obj) in seen or depth > 40:
        return
    seen.add(id(obj))
    yield prefix, obj
    for name, child in children(obj):
        for option in child.options if isinstance(child, Either) else (child,):
            if isinstance(option, Obj) and is_module(option):
                yield from walk(option, f"{prefix}.{name}" if prefix else name, seen, depth + 1)


def parameters_of(obj: Obj, buffers: bool = False, recurse: bool = True) -> Iterator[tuple[str, Tensor]]:
    """``named_parameters()`` (or ``named_buffers()``), each once."""
    seen: set[int] = set()
    for path, module in walk(obj) if recurse else [("", obj)]:
        for name, tensor in own_parameters(module, buffers):
            if id(tensor) not in seen:
                seen.add(id(tensor))
                yield (f"{path}.{name}" if path else name), tensor


# -- methods of nn.Module


def module_method(
    machine: Machine, obj: Obj, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """A method that nn.Module or a container provides; MISSING where they provide none of that name."""
    method = _METHODS.get(name)
    if method is not None:
        return method(machine, obj, list(positional), keywords, place)
    if name in _SELF:
        return obj
    if name in _IGNORED:
        return None
    if container_of(obj) is not None:
        return _container_method(machine, obj, name, positional)
    if name in {"reset_parameters", "_reset_parameters"} and spec_of(obj) is not None:
        _reset(machine, obj, place)
        return None
    return MISSING


_SELF = frozenset({"to", "cuda", "cpu", "half", "float", "double", "bfloat16", "eval", "train", "type", "to_empty"})
_IGNORED = frozenset(
    {"zero_grad", "register_forward_hook", "register_full_backward_hook", "state_dict",
     "register_load_state_dict_post_hook", "_register_load_state_dict_pre_hook", "share_memory", "extra_repr",
     "save_hyperparameters", "compile", "__init__", "register_state_dict_post_hook", "_register_state_dict_hook",
     "register_state_dict_pre_hook"}
)  # fmt: skip


def _apply(machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    function = positional[0] if positional else keywords.get("fn", Unknown("no function"))
    # apply visits children before their parent.
    modules = [module for _, module in _children_first(obj)]
    machine.calls.append(place)
    machine.blanket += 1
    try:
        for module in modules:
            call(machine, function, [module], {}, place)
    finally:
        machine.blanket -= 1
        machine.calls.pop()
    return obj


def _children_first(obj: Obj, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Obj]]:
    if depth > 40:
        return
    for name, child in children(obj):
        for option in child.options if isinstance(child, Either) else (child,):
            if isinstance(option, Obj) and is_module(option):
                yield from _children_first(option, f"{prefix}{name}.", depth + 1)
    yield prefix[:-1], obj


def _walked(pairs: Iterator[tuple[str, Value]], named: bool) -> Walk:
    return Walk(tuple((name, value) if named else value for name, value in pairs))


def _register_parameter(
    machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], _: Place
) -> Value:
    name, value = _two(positional, keywords, "param")
    if isinstance(name, str):
        machine.write(obj, name, value)
    return None


def _register_buffer(
    machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], _: Place
) -> Value:
    name, value = _two(positional, keywords, "tensor")
    if isinstance(name, str):
        machine.write(obj, name, value)
        machine.write(obj, ("buffer", name), True)
    return None


def _add_module(machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    name, value = _two(positional, keywords, "module")
    if isinstance(name, str):
        machine.write(obj, name, value)
    elif isinstance(value, (Obj, Either)):
        # A name with a symbol in it (f"layer{i}") still registers the module.
        machine.write(obj, f"<{len(obj.data)}>", value)
    return None


def _two(positional: list[Value], keywords: dict[str, Value], second: str) -> tuple[Value, Value]:
    name = positional[0] if positional else keywords.get("name")
    return name, positional[1] if len(positional) > 1 else keywords.get(second)


def _hook(machine: Machine, obj: Obj, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """A hook before the forward may fill what is empty until then, as lazy layers do."""
    machine.write(obj, HOOKED, True)
    return None


def _load_state_dict(machine: Machine, obj: Obj, _: list[Value], __: dict[str, Value], place: Place) -> Value:
    for _name, tensor in parameters_of(obj):
        write(machine, tensor, Initializer("load_state_dict", "loaded"), place)
    return None


def _requires_grad(machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], _: Place) -> Value:
    value = positional[0] if positional else keywords.get("requires_grad", True)
    for _name, tensor in parameters_of(obj):
        machine.write(tensor, "trainable", value)
    return obj


def _get_submodule(machine: Machine, obj: Obj, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    name = positional[0] if positional else None
    if not isinstance(name, str):
        return machine.unknown("a submodule whose name is not known", place)
    return next((module for path, module in walk(obj) if path == name), Unknown(f"no submodule `{name}`"))


def _reset(machine: Machine, obj: Obj, place: Place) -> None:
    """A library layer's own reset_parameters: torch's default again, for the parameters that the library made."""
    spec = spec_of(obj)
    for _, tensor in own_parameters(obj):
        history = tensor.data.get("history")
        if spec is not None and isinstance(history, tuple) and history and history[0].initializer.call == spec.call:
            write(machine, tensor, history[0].initializer, place)


_Method = Callable[[Machine, Obj, "list[Value]", "dict[str, Value]", Place], Value]
_METHODS: dict[str, _Method] = {
    "apply": _apply,
    "modules": lambda m, o, p, k, _: _walked(iter(walk(o)), False),
    "named_modules": lambda m, o, p, k, _: _walked(iter(walk(o)), True),
    "children": lambda m, o, p, k, _: _walked(_child_modules(o), False),
    "named_children": lambda m, o, p, k, _: _walked(_child_modules(o), True),
    "parameters": lambda m, o, p, k, _: _walked(parameters_of(o, recurse=_recurse(p, k, 0)), False),
    "named_parameters": lambda m, o, p, k, _: _walked(parameters_of(o, recurse=_recurse(p, k, 1)), True),
    "buffers": lambda m, o, p, k, _: _walked(parameters_of(o, buffers=True), False),
    "named_buffers": lambda m, o, p, k, _: _walked(parameters_of(o, buffers=True), True),
    "register_parameter": _register_parameter,
    "register_buffer": _register_buffer,
    "add_module": _add_module,
    "register_module": _add_module,
    "load_state_dict": _load_state_dict,
    "register_forward_pre_hook": _hook,
    "requires_grad_": _requires_grad,
    "get_submodule": _get_submodule,
}


def _child_modules(obj: Obj) -> Iterator[tuple[str, Value]]:
    for name, child in children(obj):
        for option in child.options if isinstance(child, Either) else (child,):
            if is_module(option):
                yield name, option


def _recurse(positional: list[Value], keywords: dict[str, Value], index: int) -> bool:
    value = positional[index] if len(positional) > index else keywords.get("recurse", True)
    return value is not False


def _container_method(machine: Machine, obj: Obj, name: str, positional: Sequence[Value]) -> Value:
    if name == "append":
        append(machine, obj, positional[0] if positional else Unknown("nothing appended"))
        return obj
    if name in {"extend", "update"}:
        extend(machine, obj, positional[0] if positional else ())
        return obj
    if name == "insert" and len(positional) == 2 and isinstance(positional[0], int):
        items = [value for _, value in children(obj)]
        items.insert(positional[0], positional[1])
        for index, value in enumerate(items):
            machine.write(obj, str(index), value)
        return None
    if name in {"items", "named_children"}:
        return ListValue(tuple((key, value) for key, value in children(obj)))
    if name == "values":
        return ListValue(tuple(value for _, value in children(obj)))
    if name == "keys":
        return ListValue(tuple(key for key, _ in children(obj)))
    return MISSING


def unknown_method(
    machine: Machine, obj: Obj, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """A method that a base class we cannot see may define: it may write every parameter."""
    escape(machine, obj, f"{name}()", place)
    for value in (*positional, *keywords.values()):
        escape(machine, value, f"{name}()", place)
    return machine.unknown(f"method `{name}` of a base class that can't be seen", place)


def as_method(obj: Obj, name: str) -> Bound:
    """A method that is looked up when it is called."""
    return Bound(obj, None, name)
