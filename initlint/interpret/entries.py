"""What runs in a forward's place where a class has none: ``act`` and ``evaluate`` of an agent, ``encode`` and
``decode`` of an autoencoder, Lightning's ``training_step``."""

from __future__ import annotations

import re

from initlint.interpret.hierarchy import mro
from initlint.interpret.torch_modules import is_module
from initlint.interpret.values import ClassValue, FunctionValue, Obj, Tensor, Value
from initlint.ir import code
from initlint.syntax.calls import last_name, walk

# Methods that are no use of the model: they make, fill or watch it.
_OTHER = re.compile(r"^_|init|reset|load|save|configure|optim|hook|valid|test|predict_step|_end$|_start$")
_OF_CLASSES = frozenset({"property", "staticmethod", "classmethod", "abstractmethod"})
_MOST = 4


def entries(obj: Obj) -> tuple[FunctionValue, ...]:
    """The public methods of the project's classes that take an input and use a module or parameter of the instance, in
    their order, without those that another of them calls."""
    found: dict[str, tuple[FunctionValue, frozenset[str]]] = {}
    for base in mro(obj.cls) if isinstance(obj.cls, ClassValue) else ():
        for name, method in base.members.data.items() if isinstance(base, ClassValue) else ():
            if not isinstance(name, str) or name in found or _OTHER.search(name) or not _takes_input(method):
                continue
            assert isinstance(method, FunctionValue)
            own = _of_self(method)
            if any(_is_part(obj.data.get(each)) for each in own):
                found[name] = method, own
    called = frozenset[str]().union(*(own for _, own in found.values()))
    return tuple(method for name, (method, _) in found.items() if name not in called)[:_MOST]


def is_left_open(method: FunctionValue) -> bool:
    """Whether the method does nothing but raise, as one that subclasses or other methods stand in for."""
    nodes = list(walk(method.code.body))
    raises = any(isinstance(node, code.Raise) for node in nodes)
    return raises and not any(isinstance(node, code.Return) for node in nodes) and not _of_self(method)


def _takes_input(method: Value) -> bool:
    """Whether it is a method whose first argument but the instance has to be given."""
    if not isinstance(method, FunctionValue) or not isinstance(method.code, code.Function):
        return False
    if not _OF_CLASSES.isdisjoint(map(last_name, method.code.decorators)):
        return False
    taken = method.code.parameters
    return len(taken) > 1 and taken[1].default is None and taken[1].kind in {"positional", "keyword"}


def _of_self(method: FunctionValue) -> frozenset[str]:
    """The names of the attributes of the instance that its body mentions."""
    name = method.code.parameters[0].name if method.code.parameters else ""
    nodes = walk(method.code.body)
    return frozenset(
        node.name
        for node in nodes
        if isinstance(node, code.Attribute) and isinstance(node.value, code.Name) and node.value.id == name
    )


def _is_part(value: Value) -> bool:
    return isinstance(value, Tensor) or (isinstance(value, Obj) and is_module(value))
