"""Statements of ``ast`` as ``code``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from initlint.ir import code
from initlint.syntax.expressions import OPERATORS, annotation, arguments, expression, parameters
from initlint.syntax.patterns import match
from initlint.syntax.record import Record

Body = tuple[code.Stmt, ...]


def statements(record: Record, nodes: Sequence[ast.stmt]) -> Body:
    """Lower the statements of a module or block. Strings that stand alone (docstrings) lower to nothing."""
    found: list[code.Stmt] = []
    for node in nodes:
        kind = type(node)
        if kind is ast.Expr and isinstance(node.value, ast.Constant) and isinstance(node.value.value, (str, bytes)):  # type: ignore[attr-defined]
            continue
        lowering = _STATEMENTS.get(kind)
        if lowering is None:
            at = record.number(node)
            found.append(code.Evaluate(code.Opaque(f"a {kind.__name__}", record.number(node)), at))
            continue
        statement = lowering(record, node)
        if statement is not None:
            found.append(statement)
    return tuple(found)


def _optional(record: Record, node: ast.expr | None) -> code.Expr | None:
    return None if node is None else expression(record, node)


def _assign(record: Record, node: ast.Assign) -> code.Stmt:
    at = record.number(node)
    targets = tuple([expression(record, one) for one in node.targets])
    return code.Assign(targets, expression(record, node.value), at)


def _annotated(record: Record, node: ast.AnnAssign) -> code.Stmt | None:
    if node.value is not None:
        at = record.number(node)
        target = expression(record, node.target)
        return code.Assign((target,), expression(record, node.value), at, annotation(record, node.annotation))
    if isinstance(node.target, ast.Name):
        return code.Declare(node.target.id, annotation(record, node.annotation), record.number(node))
    return None  # ``self.x: int`` does nothing when it runs


def _augment(record: Record, node: ast.AugAssign) -> code.Stmt:
    at = record.number(node)
    target = expression(record, node.target)
    return code.Augment(target, OPERATORS[type(node.op)], expression(record, node.value), at)


def _evaluate(record: Record, node: ast.Expr) -> code.Stmt:
    at = record.number(node)
    return code.Evaluate(expression(record, node.value), at)


def _return(record: Record, node: ast.Return) -> code.Stmt:
    at = record.number(node)
    return code.Return(_optional(record, node.value), at)


def _if(record: Record, node: ast.If) -> code.Stmt:
    at = record.number(node)
    test = expression(record, node.test)
    body = statements(record, node.body)
    return code.If(test, body, statements(record, node.orelse), at)


def _for(record: Record, node: ast.For | ast.AsyncFor) -> code.Stmt:
    at = record.number(node)
    target = expression(record, node.target)
    iterable = expression(record, node.iter)
    body = statements(record, node.body)
    return code.For(target, iterable, body, statements(record, node.orelse), at)


def _while(record: Record, node: ast.While) -> code.Stmt:
    at = record.number(node)
    test = expression(record, node.test)
    body = statements(record, node.body)
    return code.While(test, body, statements(record, node.orelse), at)


def _with(record: Record, node: ast.With | ast.AsyncWith) -> code.Stmt:
    at = record.number(node)
    items: list[tuple[code.Expr, code.Expr | None]] = []
    for item in node.items:
        context = expression(record, item.context_expr)
        items.append((context, _optional(record, item.optional_vars)))
    return code.With(tuple(items), statements(record, node.body), at)


def _function(record: Record, node: ast.FunctionDef | ast.AsyncFunctionDef) -> code.Stmt:
    at = record.number(node)
    decorators = tuple([expression(record, one) for one in node.decorator_list])
    found = parameters(record, node.args)
    outer, record.generator = record.generator, False
    body = statements(record, node.body)
    generator, record.generator = record.generator, outer
    return code.Function(node.name, found, body, decorators, generator, at)


def _class(record: Record, node: ast.ClassDef) -> code.Stmt:
    at = record.number(node)
    decorators = tuple([expression(record, one) for one in node.decorator_list])
    bases = arguments(record, node.bases, node.keywords)
    return code.Class(node.name, bases, statements(record, node.body), decorators, at)


def _try(record: Record, node: ast.Try) -> code.Stmt:
    at = record.number(node)
    body = statements(record, node.body)
    handlers: list[code.Handler] = []
    for one in node.handlers:
        kind = _optional(record, one.type)
        handlers.append(code.Handler(kind, one.name, statements(record, one.body)))
    otherwise = statements(record, node.orelse)
    return code.Try(body, tuple(handlers), otherwise, statements(record, node.finalbody), at)


def _raise(record: Record, node: ast.Raise) -> code.Stmt:
    at = record.number(node)
    return code.Raise(_optional(record, node.exc), at)


def _assert(record: Record, node: ast.Assert) -> code.Stmt:
    at = record.number(node)
    return code.Assert(expression(record, node.test), at)


def _aliases(names: Sequence[ast.alias]) -> tuple[tuple[str, str | None], ...]:
    return tuple([(one.name, one.asname) for one in names])


def _import(record: Record, node: ast.Import) -> code.Stmt:
    return code.Import(_aliases(node.names), record.number(node))


def _import_from(record: Record, node: ast.ImportFrom) -> code.Stmt:
    return code.ImportFrom(node.module or "", node.level, _aliases(node.names), record.number(node))


def _delete(record: Record, node: ast.Delete) -> code.Stmt:
    at = record.number(node)
    targets: list[code.Expr] = []
    for target in node.targets:
        parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else (target,)
        targets.extend([expression(record, part) for part in parts])
    return code.Delete(tuple(targets), at)


def _scope(kind: str) -> Callable[[Record, ast.Global | ast.Nonlocal], code.Stmt]:
    return lambda record, node: code.Scope(kind, tuple(node.names), record.number(node))


def _jump(kind: str) -> Callable[[Record, ast.stmt], code.Stmt]:
    return lambda record, node: code.Jump(kind, record.number(node))


def _match(record: Record, node: ast.Match) -> code.Stmt:
    return match(record, node, statements)


def _alias(record: Record, node: Any) -> code.Stmt:
    at = record.number(node)
    name = code.Name(node.name.id, record.number(node.name))
    return code.Assign((name,), code.Opaque("a type alias", record.number(node.value)), at)


_STATEMENTS: dict[type[ast.AST], Callable[[Record, Any], code.Stmt | None]] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augment,
    ast.Expr: _evaluate,
    ast.Return: _return,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Try: _try,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Delete: _delete,
    ast.Global: _scope("global"),
    ast.Nonlocal: _scope("nonlocal"),
    ast.Pass: _jump("pass"),
    ast.Break: _jump("break"),
    ast.Continue: _jump("continue"),
    ast.Match: _match,
}
# Not known to ast before Python 3.11 and 3.12.
for _name, _lowering in (("TryStar", _try), ("TypeAlias", _alias)):
    if hasattr(ast, _name):
        _STATEMENTS[getattr(ast, _name)] = _lowering
