"""What a statement binds at module level, read from ``ast`` without looking into functions and classes."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple


class ClassHead(NamedTuple):
    """A class at module level: its name and its bases as dotted names (``nn.Module``; ``Generic`` for ``Generic[T]``).
    A base that is no such name is left out."""

    name: str
    bases: tuple[str, ...]


class Statement(NamedTuple):
    """One top-level statement: its lines and what it binds (see :class:`initlint.syntax.outline.Segment`)."""

    first: int
    last: int
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    classes: tuple[ClassHead, ...]
    star: bool
    deep: bool


class _Bound:
    """What was seen so far in one statement."""

    __slots__ = ("classes", "kinds", "names", "star", "walruses")

    def __init__(self, walruses: bool) -> None:
        self.walruses = walruses
        self.kinds: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.classes: list[ClassHead] = []
        self.star = False


_FLAT = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign, ast.AugAssign)


def describe(node: ast.stmt, walruses: bool, deep: bool) -> Statement:
    """The lines, kinds and names of one top-level statement. ``walruses`` says that the file has a ``:=`` anywhere;
    blocks of a ``deep`` statement are not looked into."""
    bound = _Bound(walruses)
    if not deep or isinstance(node, _FLAT):
        _visit(node, bound)
    first = node.lineno
    for decorator in getattr(node, "decorator_list", ()):
        first = min(first, decorator.lineno)
    last = node.end_lineno or node.lineno
    kinds = tuple(bound.kinds) or ("other",)
    return Statement(first, last, kinds, tuple(bound.names), tuple(bound.classes), bound.star, deep)


def _visit(node: ast.stmt, bound: _Bound) -> None:
    match node:
        case ast.ClassDef(name=name):
            bound.kinds["class"] = None
            bound.names[name] = None
            bases = (_dotted(base) for base in node.bases)
            bound.classes.append(ClassHead(name, tuple(base for base in bases if base)))
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            bound.kinds["function"] = None
            bound.names[name] = None
        case ast.Import(names=names):
            bound.kinds["import"] = None
            for alias in names:
                bound.names[alias.asname or alias.name.partition(".")[0]] = None
        case ast.ImportFrom(names=names):
            bound.kinds["import"] = None
            for alias in names:
                if alias.name == "*":
                    bound.star = True
                else:
                    bound.names[alias.asname or alias.name] = None
        case ast.Assign(targets=targets, value=value):
            bound.kinds["assign"] = None
            for target in targets:
                _bind(target, bound)
            _walruses(value, bound)
        case ast.AnnAssign(target=target, value=annotated):
            bound.kinds["assign"] = None
            _bind(target, bound)
            if annotated is not None:
                _walruses(annotated, bound)
        case ast.AugAssign(target=target, value=value):
            bound.kinds["assign"] = None
            _bind(target, bound)
            _walruses(value, bound)
        case _:
            _visit_block(node, bound)


def _visit_block(node: ast.stmt, bound: _Bound) -> None:
    """A compound statement, or one that binds nothing but perhaps by ``:=``."""
    if type(node).__name__ == "TypeAlias":  # not known to ast before Python 3.12
        bound.kinds["assign"] = None
        _bind(node.name, bound)  # type: ignore[attr-defined]
        return
    bound.kinds["other"] = None
    match node:
        case ast.For(target=target) | ast.AsyncFor(target=target):
            _bind(target, bound)
            _walruses(node.iter, bound)
        case ast.If(test=test) | ast.While(test=test):
            _walruses(test, bound)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                _walruses(item.context_expr, bound)
                if item.optional_vars is not None:
                    _bind(item.optional_vars, bound)
        case ast.Match(cases=cases):
            for case in cases:
                _captures(case.pattern, bound)
                _visit_all(case.body, bound)
        case ast.Expr(value=value):
            _walruses(value, bound)
            return
    _visit_all(getattr(node, "body", ()), bound)
    for handler in getattr(node, "handlers", ()):
        _visit_all(handler.body, bound)
    _visit_all(getattr(node, "orelse", ()), bound)
    _visit_all(getattr(node, "finalbody", ()), bound)


def _visit_all(body: Iterable[ast.stmt], bound: _Bound) -> None:
    for node in body:
        _visit(node, bound)


def _bind(target: ast.expr, bound: _Bound) -> None:
    match target:
        case ast.Name(id=name):
            bound.names[name] = None
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                _bind(item, bound)
        case ast.Starred(value=value):
            _bind(value, bound)


def _captures(pattern: ast.pattern, bound: _Bound) -> None:
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            bound.names[name] = None


def _walruses(value: ast.expr, bound: _Bound) -> None:
    if not bound.walruses:
        return
    stack: list[ast.AST] = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.NamedExpr):
            bound.names[node.target.id] = None
        if not isinstance(node, ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        node = node.value
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
