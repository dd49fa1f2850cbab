"""The methods that nn.Module and its containers provide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from initlint.interpret import hooks, strays
from initlint.interpret.applied import Applied
from initlint.interpret.hidden import ASKED
from initlint.interpret.machine import Machine
from initlint.interpret.misuses import note
from initlint.interpret.torch_init import as_buffer, detached, escape, write
from initlint.interpret.torch_modules import (
    append,
    children,
    children_first,
    container_of,
    extend,
    is_module,
    own_parameters,
    parameters_of,
    spec_of,
    walk,
)  # fmt: skip
from initlint.interpret.values import (
    MISSING,
    Argument,
    DictValue,
    Either,
    ListValue,
    Obj,
    Tensor,
    Value,
    Walk,
    describe,
)
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown


def module_method(
    machine: Machine, obj: Obj, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """A method that nn.Module or a container provides; MISSING where they provide none of that name."""
    method = METHODS.get(name)
    if method is not None:
        return method(machine, obj, list(positional), keywords, place)
    if name in RETURN_SELF:
        return obj
    if name in IGNORED:
        return None
    if container_of(obj) is not None:
        return _container_method(machine, obj, name, positional)
    if name in {"reset_parameters", "_reset_parameters"} and spec_of(obj) is not None:
        _reset(machine, obj, place)
        return None
    return MISSING


RETURN_SELF = frozenset({"to", "cuda", "cpu", "half", "float", "double", "bfloat16", "eval", "train", "type"})
IGNORED = frozenset(
    {"zero_grad", "register_full_backward_hook",
     "register_load_state_dict_post_hook", "_register_load_state_dict_pre_hook", "share_memory", "extra_repr",
     "save_hyperparameters", "compile", "__init__", "register_state_dict_post_hook", "_register_state_dict_hook",
     "register_state_dict_pre_hook"}
)  # fmt: skip


def _apply(machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    function = positional[0] if positional else keywords.get("fn", Unknown("no function"))
    if isinstance(function, (Unknown, Argument)):
        machine.unknown(f"the result of {describe(function)}", place)
        escape(machine, obj, describe(function), place)
        return obj
    if (wrong := strays.no_init(function)) is not None:
        note(machine, "apply-argument", wrong, place, obj)
        escape(machine, obj, "an apply that fails", place)
        return obj
    # apply visits children before their parent.
    modules = children_first(obj)
    applied = Applied(machine)

    def again(_: str, module: Obj) -> None:
        call(machine, function, [module], {}, place)

    walked = Walk(tuple(modules), "apply", obj)
    with machine.sweeps.over(machine, walked, place, again, function=function):
        machine.calls.append(place)
        machine.blanket += 1
        try:
            for module in modules:
                applied.run(module, partial(call, machine, function, [module], {}, place))
        finally:
            machine.blanket -= 1
            machine.calls.pop()
    return obj


def _parameters(machine: Machine, obj: Obj, values: list[Value], keywords: dict[str, Value], named: bool) -> Walk:
    machine.write(obj, ASKED, True)
    recurse = _recurse(values, keywords, 1 if named else 0)
    return _walked(obj, "parameters", parameters_of(obj, recurse=recurse), named)


def _walked(obj: Obj, kind: str, pairs: Iterable[tuple[str, Value]], named: bool) -> Walk:
    return Walk(tuple((name, value) if named else value for name, value in pairs), kind, obj)


def _register_parameter(
    machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], _: Place
) -> Value:
    name, value = _two(positional, keywords, "param")
    if isinstance(name, str):
        machine.write(obj, name, value)
    return None


def _register_buffer(
    machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], place: Place
) -> Value:
    name, value = _two(positional, keywords, "tensor")
    if isinstance(name, str):
        machine.write(obj, name, as_buffer(value, place))
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


def _hook(
    machine: Machine, obj: Obj, positional: list[Value], keywords: dict[str, Value], place: Place, when: tuple[str]
) -> Value:
    hooks.register(machine, obj, when, positional[0] if positional else keywords.get("hook"), keywords)
    return None


def _state_dict(machine: Machine, obj: Obj, _: list[Value], __: dict[str, Value], place: Place) -> Value:
    held = (*parameters_of(obj), *parameters_of(obj, buffers=True))
    return DictValue({name: detached(tensor, place) for name, tensor in held})


def _load_state_dict(machine: Machine, obj: Obj, values: list[Value], __: dict[str, Value], place: Place) -> Value:
    state = values[0] if values else None
    known = state.data if isinstance(state, DictValue) and not state.open else {}
    for name, tensor in parameters_of(obj):
        source = known.get(name)
        candidates = source.data.get("candidates") if isinstance(source, Tensor) else None
        if isinstance(candidates, tuple) and len(candidates) == 1:  # as the other model was filled, and where
            machine.write(tensor, "candidates", candidates)
            continue
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
    return _below(obj, name) or Unknown(f"no submodule `{name}`")


def _get_parameter(machine: Machine, obj: Obj, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    path, _dot, name = positional[0].rpartition(".") if positional and isinstance(positional[0], str) else ("", "", "")
    owner = _below(obj, path)
    found = dict(own_parameters(owner)).get(name) if owner is not None else None
    return found if found is not None else machine.part(obj, "a parameter whose name is not known")


def _below(obj: Obj, path: str) -> Obj | None:
    """The submodule with that dotted name, the first of those that it may be."""
    for name in filter(None, path.split(".")):
        found = next((module for key, module in _child_modules(obj) if key == name), None)
        if not isinstance(found, Obj):
            return None
        obj = found
    return obj


def _to_empty(machine: Machine, obj: Obj, _: list[Value], __: dict[str, Value], place: Place) -> Value:
    """New memory for every parameter; what is in it is not known until something fills it."""
    for _name, tensor in parameters_of(obj):
        write(machine, tensor, Initializer("to_empty", "unknown"), place)
    return obj


def _reset(machine: Machine, obj: Obj, place: Place) -> None:
    """A library layer's own reset_parameters: torch's default again, for the parameters that the library made."""
    spec = spec_of(obj)
    for _, tensor in own_parameters(obj):
        history = tensor.data.get("history")
        if spec is not None and isinstance(history, tuple) and history and history[0].initializer.call == spec.call:
            write(machine, tensor, history[0].initializer, place)


_Method = Callable[[Machine, Obj, "list[Value]", "dict[str, Value]", Place], Value]
METHODS: dict[str, _Method] = {
    "apply": _apply,
    "modules": lambda m, o, p, k, _: _walked(o, "modules", walk(o), False),
    "named_modules": lambda m, o, p, k, _: _walked(o, "modules", walk(o), True),
    "children": lambda m, o, p, k, _: _walked(o, "children", _child_modules(o), False),
    "named_children": lambda m, o, p, k, _: _walked(o, "children", _child_modules(o), True),
    "parameters": lambda m, o, p, k, _: _parameters(m, o, p, k, False),
    "named_parameters": lambda m, o, p, k, _: _parameters(m, o, p, k, True),
    "buffers": lambda m, o, p, k, _: _walked(o, "buffers", parameters_of(o, buffers=True), False),
    "named_buffers": lambda m, o, p, k, _: _walked(o, "buffers", parameters_of(o, buffers=True), True),
    "register_parameter": _register_parameter,
    "register_buffer": _register_buffer,
    "add_module": _add_module,
    "register_module": _add_module,
    "load_state_dict": _load_state_dict,
    "state_dict": _state_dict,
    "register_forward_pre_hook": partial(_hook, when=hooks.BEFORE),
    "register_forward_hook": partial(_hook, when=hooks.AFTER),
    "requires_grad_": _requires_grad,
    "get_submodule": _get_submodule,
    "get_parameter": _get_parameter,
    "to_empty": _to_empty,
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
