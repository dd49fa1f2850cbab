"""What fails when the constructor runs: writes that autograd refuses, parameters replaced by plain tensors, attributes
that are None or not there yet. Each is kept for the model's report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from initlint.interpret.hierarchy import is_module_class
from initlint.interpret.machine import Machine
from initlint.interpret.values import GradientMode, Obj, Store, Tensor, Value
from initlint.ir import code
from initlint.ir.model import Misuse
from initlint.ir.place import Place
from initlint.syntax.calls import last_name

_RESETS = re.compile(r"reset|init|weight", re.I)
# What layers have, or are made without.
_OF_LAYERS = re.compile(r"(^|_)(weight|bias)(_|$)")
# Decorators that leave autograd's mode as it is.
_PLAIN = frozenset(
    {"staticmethod", "classmethod", "property", "cached_property", "setter", "getter", "abstractmethod", "override",
     "wraps", "lru_cache", "cache", "contextmanager", "ignore", "export", "unused", "register", "overload"}
)  # fmt: skip
WITHOUT_GRADIENT = frozenset({"no_grad", "inference_mode"})
# Methods whose result is the parameter itself, where it has that type and place already, as new parameters have.
_SAME_TENSOR = frozenset({"float", "cpu", "contiguous", "type_as", "type"})
_FROM = ("from",)


def note(machine: Machine, kind: str, text: str, place: Place, about: Store | None = None, name: str = "") -> None:
    """Keep that what runs at ``place`` fails, unless it stands in a ``try`` or in a forward. ``about`` is the tensor,
    or the module whose attribute ``name`` it is; without it, the failure is that of any model which runs the line."""
    if machine.guarded or machine.graph is not None:
        return
    token = ""
    if about is not None:
        machine.misused.append(about)
        token = f"@{id(about)}.{name}" if isinstance(about, Obj) else f"#{id(about)}"
    machine.misuses.append(Misuse(kind, text, place, machine.outer(), machine.undecided(), token))


# -- writes to leaves


def mode_of(function: code.Function | code.Lambda, around: bool | None) -> bool | None:
    """Whether autograd records what a function does: as around it, but for what its decorators change."""
    for decorator in function.decorators if isinstance(function, code.Function) else ():
        name = last_name(decorator)
        if name in WITHOUT_GRADIENT:
            return False
        if name not in _PLAIN:
            around = None
    return around


def mode_within(context: Value, around: bool | None) -> bool | None:
    """Whether autograd records what runs in a context; None for one that we can't see."""
    if context is None:
        return around
    return context.enabled if isinstance(context, GradientMode) else None


@contextmanager
def keeping_mode(machine: Machine) -> Iterator[None]:
    """Set autograd's mode back at the end."""
    around = machine.gradient
    try:
        yield
    finally:
        machine.gradient = around


def written_in_place(machine: Machine, tensor: Tensor, place: Place) -> None:
    """Say that a tensor's own method, or an assignment to its elements, writes to it."""
    root = tensor.base or tensor
    if machine.gradient is True and not tensor.detached and root.is_parameter and root.data.get("trainable") is True:
        view = "a view of a leaf" if tensor.base is not None else "a leaf"
        note(machine, "needs-no-grad", view, place, root)


# -- parameters that are lost


def derived(result: Value, source: Tensor, how: str) -> Value:
    """The result of an operation on a tensor, marked where that is a parameter which autograd follows it to."""
    root = source.base or source
    if isinstance(result, Tensor):
        result.data.pop(_FROM, None)
        if root.is_parameter and not source.detached:
            result.data[_FROM] = (root, how)
        elif (earlier := source.data.get(_FROM)) is not None and not source.detached:
            result.data[_FROM] = earlier
    return result


def source_of(value: Tensor) -> tuple[Tensor, str] | None:
    """The parameter that a tensor is a view of or was computed of, and by what; None for any other tensor."""
    if value.is_parameter or value.detached:
        return None
    if value.base is not None:
        return (value.base, "view") if value.base.is_parameter else None
    found = value.data.get(_FROM)
    return found if isinstance(found, tuple) else None


def replaces_parameter(machine: Machine, owner: Obj, name: str, value: Value, place: Place) -> bool:
    """Whether ``owner.name = value`` puts what is no Parameter where one is, which raises TypeError; it is noted."""
    held = owner.data.get(name)
    if machine.graph is not None or not isinstance(held, Tensor) or not held.is_parameter:
        return False
    if not is_module_class(owner.cls) or owner.data.get(("optional", name)):
        return False
    if isinstance(value, Tensor):
        origin = source_of(value)
        if value.is_parameter or (origin is not None and origin[1] in {*_SAME_TENSOR, "to"}):
            return False
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    note(machine, "not-a-parameter", name, place, held)
    return True


def lost(value: Value) -> tuple[Tensor, str] | None:
    """The trainable parameter that stands nowhere but in this tensor computed of it, and by what it was computed."""
    origin = source_of(value) if isinstance(value, Tensor) else None
    if origin is None or origin[1] in _SAME_TENSOR or origin[0].data.get("trainable") is not True:
        return None
    return origin


# -- attributes that aren't there


def attribute_of_none(machine: Machine, place: Place) -> None:
    """Say that the None that was read last is used as a tensor."""
    if machine.nothing is not None:
        owner, name = machine.nothing
        if is_module_class(owner.cls) and _OF_LAYERS.search(name) and owner.data.get(name, name) is None:
            note(machine, "none", name, place, owner, name)


def missing_attribute(machine: Machine, owner: Obj, name: str, place: Place) -> None:
    """Say that a method which initialises reads an attribute that its object does not have at that time."""
    running = machine.active[-1] if machine.active else None
    if running is not None and running.name != "__init__" and _RESETS.search(running.name):
        note(machine, "missing-attribute", name, place, owner, name)
