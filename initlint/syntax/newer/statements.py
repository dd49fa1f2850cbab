"""Statements of libcst as ``code``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from initlint.ir import code
from initlint.syntax.newer.expressions import annotation, arguments, dotted, expression, parameters
from initlint.syntax.newer.match import match
from initlint.syntax.newer.record import Record

Body = tuple[code.Stmt, ...]

_AUGMENT: dict[type[cst.CSTNode], str] = {
    cst.AddAssign: "+",
    cst.SubtractAssign: "-",
    cst.MultiplyAssign: "*",
    cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//",
    cst.ModuloAssign: "%",
    cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@",
    cst.BitAndAssign: "&",
    cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
    cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
}


def statements(record: Record, nodes: Iterable[cst.CSTNode]) -> Body:
    """Lower the statements of a module or block. Strings that stand alone (docstrings) lower to nothing."""
    found: list[code.Stmt] = []
    for node in nodes:
        if type(node) is cst.SimpleStatementLine:
            for small in node.body:
                _append(record, small, found)
        else:
            _append(record, node, found)
    return tuple(found)


def _append(record: Record, node: cst.CSTNode, found: list[code.Stmt]) -> None:
    kind = type(node)
    if kind is cst.Expr and isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString)):  # type: ignore[attr-defined]
        return
    lowering = _STATEMENTS.get(kind)
    if lowering is None:
        at = record.number(node)
        found.append(code.Evaluate(code.Opaque(f"a {kind.__name__}", record.number(node)), at))
        return
    statement = lowering(record, node)
    if statement is not None:
        found.append(statement)


def _suite(record: Record, node: cst.BaseSuite) -> Body:
    return statements(record, node.body)


def _else(record: Record, node: cst.Else | cst.Finally | None) -> Body:
    return () if node is None else _suite(record, node.body)


def _optional(record: Record, node: cst.CSTNode | None) -> code.Expr | None:
    return None if node is None else expression(record, node)


def _assign(record: Record, node: cst.Assign) -> code.Stmt:
    at = record.number(node)
    targets = tuple([expression(record, one.target) for one in node.targets])
    return code.Assign(targets, expression(record, node.value), at)


def _annotated(record: Record, node: cst.AnnAssign) -> code.Stmt | None:
    if node.value is not None:
        at = record.number(node)
        target = expression(record, node.target)
        return code.Assign((target,), expression(record, node.value), at, annotation(node.annotation))
    if isinstance(node.target, cst.Name):
        return code.Declare(node.target.value, annotation(node.annotation), record.number(node))
    return None  # ``self.x: int`` does nothing when it runs


def _augment(record: Record, node: cst.AugAssign) -> code.Stmt:
    at = record.number(node)
    target = expression(record, node.target)
    return code.Augment(target, _AUGMENT[type(node.operator)], expression(record, node.value), at)


def _evaluate(record: Record, node: cst.Expr) -> code.Stmt:
    at = record.number(node)
    return code.Evaluate(expression(record, node.value), at)


def _return(record: Record, node: cst.Return) -> code.Stmt:
    at = record.number(node)
    return code.Return(_optional(record, node.value), at)


def _if(record: Record, node: cst.If) -> code.Stmt:
    at = record.number(node)
    test = expression(record, node.test)
    body = _suite(record, node.body)
    otherwise = (_if(record, node.orelse),) if isinstance(node.orelse, cst.If) else _else(record, node.orelse)
    return code.If(test, body, otherwise, at)


def _for(record: Record, node: cst.For) -> code.Stmt:
    at = record.number(node)
    target = expression(record, node.target)
    iterable = expression(record, node.iter)
    body = _suite(record, node.body)
    return code.For(target, iterable, body, _else(record, node.orelse), at)


def _while(record: Record, node: cst.While) -> code.Stmt:
    at = record.number(node)
    test = expression(record, node.test)
    body = _suite(record, node.body)
    return code.While(test, body, _else(record, node.orelse), at)


def _with(record: Record, node: cst.With) -> code.Stmt:
    at = record.number(node)
    items: list[tuple[code.Expr, code.Expr | None]] = []
    for item in node.items:
        context = expression(record, item.item)
        items.append((context, None if item.asname is None else expression(record, item.asname.name)))
    return code.With(tuple(items), _suite(record, node.body), at)


def _function(record: Record, node: cst.FunctionDef) -> code.Stmt:
    at = record.number(node)
    decorators = tuple([expression(record, one.decorator) for one in node.decorators])
    found = parameters(record, node.params)
    outer, record.generator = record.generator, False
    body = _suite(record, node.body)
    generator, record.generator = record.generator, outer
    return code.Function(node.name.value, found, body, decorators, generator, at)


def _class(record: Record, node: cst.ClassDef) -> code.Stmt:
    at = record.number(node)
    decorators = tuple([expression(record, one.decorator) for one in node.decorators])
    bases = arguments(record, (*node.bases, *node.keywords))
    return code.Class(node.name.value, bases, _suite(record, node.body), decorators, at)


def _try(record: Record, node: cst.Try | cst.TryStar) -> code.Stmt:
    at = record.number(node)
    body = _suite(record, node.body)
    handlers: list[code.Handler] = []
    for one in node.handlers:
        kind = _optional(record, one.type)
        bound = one.name.name if one.name is not None else None
        name = bound.value if isinstance(bound, cst.Name) else None
        handlers.append(code.Handler(kind, name, _suite(record, one.body)))
    otherwise = _else(record, node.orelse)
    return code.Try(body, tuple(handlers), otherwise, _else(record, node.finalbody), at)


def _raise(record: Record, node: cst.Raise) -> code.Stmt:
    at = record.number(node)
    return code.Raise(_optional(record, node.exc), at)


def _assert(record: Record, node: cst.Assert) -> code.Stmt:
    at = record.number(node)
    return code.Assert(expression(record, node.test), at)


def _aliases(names: Iterable[cst.ImportAlias]) -> tuple[tuple[str, str | None], ...]:
    found: list[tuple[str, str | None]] = []
    for one in names:
        alias = one.asname.name if one.asname is not None else None
        found.append((dotted(one.name), alias.value if isinstance(alias, cst.Name) else None))
    return tuple(found)


def _import(record: Record, node: cst.Import) -> code.Stmt:
    return code.Import(_aliases(node.names), record.number(node))


def _import_from(record: Record, node: cst.ImportFrom) -> code.Stmt:
    names = (("*", None),) if isinstance(node.names, cst.ImportStar) else _aliases(node.names)
    return code.ImportFrom(dotted(node.module), len(node.relative), names, record.number(node))


def _delete(record: Record, node: cst.Del) -> code.Stmt:
    at = record.number(node)
    target = node.target
    if isinstance(target, (cst.Tuple, cst.List)):
        return code.Delete(tuple([expression(record, one.value) for one in target.elements]), at)
    return code.Delete((expression(record, target),), at)


def _scope(kind: str) -> Callable[[Record, cst.Global | cst.Nonlocal], code.Stmt]:
    def lower(record: Record, node: cst.Global | cst.Nonlocal) -> code.Stmt:
        return code.Scope(kind, tuple(one.name.value for one in node.names), record.number(node))

    return lower


def _jump(kind: str) -> Callable[[Record, cst.CSTNode], code.Stmt]:
    return lambda record, node: code.Jump(kind, record.number(node))


def _match(record: Record, node: cst.Match) -> code.Stmt:
    return match(record, node, _suite)


def _alias(record: Record, node: cst.TypeAlias) -> code.Stmt:
    at = record.number(node)
    name = code.Name(node.name.value, record.number(node.name))
    return code.Assign((name,), code.Opaque("a type alias", record.number(node.value)), at)


_STATEMENTS: dict[type[cst.CSTNode], Callable[[Record, Any], code.Stmt | None]] = {
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augment,
    cst.Expr: _evaluate,
    cst.Return: _return,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.Del: _delete,
    cst.Global: _scope("global"),
    cst.Nonlocal: _scope("nonlocal"),
    cst.Pass: _jump("pass"),
    cst.Break: _jump("break"),
    cst.Continue: _jump("continue"),
    cst.Match: _match,
    cst.TypeAlias: _alias,
}
# ``lazy import`` (PEP 810), absent from older releases of libcst.
for _name, _lowering in (("LazyImport", _import), ("LazyImportFrom", _import_from)):
    if hasattr(cst, _name):
        _STATEMENTS[getattr(cst, _name)] = _lowering
