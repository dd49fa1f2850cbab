"""Going through lowered code."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar, cast

from initlint.ir import code

F = TypeVar("F", bound=Callable[..., Any])
Node = (
    code.Expr | code.Stmt | code.Argument | code.Parameter | code.Clause | code.Handler | code.Case
)  # fmt: skip

# Fields that never hold a node, by name; the rest may hold one, or tuples of them.
_PLAIN = frozenset({"at", "id", "operator", "operators", "star", "why", "annotation", "generator", "source", "known"})
_LEAVES = (code.Const, code.Import, code.ImportFrom, code.Scope, code.Jump)
_children: dict[type[Any], tuple[str, ...]] = {}
# How much code is kept, with what was found in it.
_MOST_KEPT = 4_000


def once_for_code(function: F) -> F:
    """Remember a function's results for nodes and bodies of code. These are told apart by identity, since hashing them
    costs as much as looking at them, and so are kept."""
    known: dict[tuple[int, Hashable], tuple[object, object]] = {}

    @wraps(function)
    def remembered(body: object, *more: Hashable) -> object:
        found = known.get((id(body), more))
        if found is None:
            if len(known) >= _MOST_KEPT:
                known.clear()
            found = known[id(body), more] = body, function(body, *more)
        return found[1]

    return cast(F, remembered)


def walk(node: Node | Iterable[Node]) -> Iterator[Node]:
    """The node (or nodes) and all nodes below, each before its parts, parts in the order of the fields."""
    stack: list[Any] = [*node][::-1] if isinstance(node, Iterable) else [node]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple):
            stack.extend(one[::-1])
        elif one is not None and not isinstance(one, str):
            yield one
            kind = type(one)
            names = _children.get(kind)
            if names is None:
                names = _children[kind] = _fields(kind)
            for name in names:
                child = getattr(one, name)
                if child:
                    stack.append(child)


def _fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields that may hold nodes, last first, since a stack turns them round."""
    if kind in _LEAVES:
        return ()
    return tuple(field.name for field in fields(kind) if field.name not in _PLAIN)[::-1]


def last_name(node: code.Expr) -> str:
    """The last name of what an expression names or calls (``no_grad`` of ``torch.no_grad()``); empty for any other."""
    head = node.function if isinstance(node, code.Call) else node
    return head.name if isinstance(head, code.Attribute) else getattr(head, "id", "")


def calls(statements: Iterable[code.Stmt]) -> Iterator[code.Call]:
    """All calls anywhere in the statements, bodies of functions and classes included."""
    for node in walk(statements):
        if type(node) is code.Call:
            yield node
