"""Whether code initialises something, by the look of it."""

from __future__ import annotations

import re
from collections.abc import Set

from initlint import catalog
from initlint.ir import code
from initlint.syntax.calls import calls, once_for_code, walk

# What functions that fill a tensor or a module are called: torch's and timm's trunc_normal_, mmengine's xavier_init.
_HELPER = re.compile(r"(normal|uniform|constant|ones|zeros|eye|dirac|orthogonal|sparse|scaling)_$|init(ialize)?$")

_COPYING = frozenset({"copy_", "load_state_dict", "set_"})


def initialises(body: tuple[code.Stmt, ...], own: Set[str] = frozenset()) -> bool:
    """Whether statements call an initialiser on something that is not reached from the names ``own``."""
    library = catalog.load()
    sets_data, called = _looked_at(body)
    if sets_data:
        return True
    for call in called:
        if isinstance(call.function, code.Name) and _HELPER.search(call.function.id) is not None:
            return True
        if isinstance(call.function, code.Attribute) and not _root(call) & own:
            name = call.function.name
            if library.initializer(f"torch.nn.init.{name}") is not None or writes(name):
                return True
    return False


@once_for_code
def _looked_at(body: tuple[code.Stmt, ...]) -> tuple[bool, tuple[code.Call, ...]]:
    """Whether statements set some tensor's ``data``, and what they call."""
    return any(map(_sets_data, walk(body))), tuple(calls(body))


def fills_tensor(method: str) -> bool:
    """Whether a tensor's method of that name is an initialiser."""
    return catalog.load().tensor_initializer(method) is not None


def writes(method: str) -> bool:
    """Whether a tensor's method gives it other elements."""
    return method in _COPYING or catalog.load().tensor_initializer(method) is not None


def _sets_data(node: object) -> bool:
    """Whether a statement gives a parameter other elements: ``layer.weight.data = …``."""
    targets = node.targets if isinstance(node, code.Assign) else ()
    return any(isinstance(target, code.Attribute) and target.name == "data" for target in targets)


def _root(call: code.Call) -> set[str]:
    """The names that a method's receiver, or the first argument, is reached from."""
    found: set[str] = set()
    for value in (call.function, *(argument.value for argument in call.arguments[:1])):
        while isinstance(value, (code.Attribute, code.Subscript)):
            value = value.value
        if isinstance(value, code.Name):
            found.add(value.id)
    return found
