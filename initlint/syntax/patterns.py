"""``match`` statements of ``ast`` as ``code``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace

from initlint.ir import code
from initlint.ir.pattern import Pattern
from initlint.syntax.expressions import expression
from initlint.syntax.record import Record

Suite = Callable[[Record, Sequence[ast.stmt]], tuple[code.Stmt, ...]]


def match(record: Record, node: ast.Match, suite: Suite) -> code.Stmt:
    """Lower a ``match`` statement; ``suite`` lowers the body of a case."""
    at = record.number(node)
    subject = expression(record, node.subject)
    cases: list[code.Case] = []
    for one in node.cases:
        patterns, capture, known = _pattern(record, one.pattern)
        guard = None if one.guard is None else expression(record, one.guard)
        parts = None if known else _parts(record, one.pattern)
        cases.append(code.Case(patterns, capture, known, guard, suite(record, one.body), parts))
    return code.Match(subject, tuple(cases), at)


def _value(record: Record, node: ast.MatchValue | ast.MatchSingleton) -> code.Expr:
    if isinstance(node, ast.MatchSingleton):
        return code.Const(node.value, record.number(node))
    return expression(record, node.value)


def _pattern(record: Record, node: ast.pattern) -> tuple[tuple[code.Expr, ...], str | None, bool]:
    """The values that a pattern equals (none: it matches anything), the name it binds, and whether it is understood."""
    match node:
        case ast.MatchValue() | ast.MatchSingleton():
            return (_value(record, node),), None, True
        case ast.MatchAs(pattern=None, name=name):
            return (), name, True
        case ast.MatchAs(pattern=ast.pattern() as inner_node, name=name):
            patterns, inner, known = _pattern(record, inner_node)
            # ``case (x as y)`` binds two names; the node holds one.
            return (patterns, name, known) if inner is None else ((), None, False)
        case ast.MatchOr(patterns=options):
            found: list[code.Expr] = []
            for one in options:
                patterns, inner, known = _pattern(record, one)
                if not known or inner is not None:
                    return (), None, False
                if not patterns:
                    return (), None, True
                found.extend(patterns)
            return tuple(found), None, True
    return (), None, False


def _parts(record: Record, node: ast.pattern) -> Pattern | None:
    """A pattern with parts; None where one of them is not understood."""
    match node:
        case ast.MatchValue() | ast.MatchSingleton():
            return Pattern("value", _value(record, node))
        case ast.MatchAs(pattern=None, name=name):
            return Pattern("any", name=name)
        case ast.MatchAs(pattern=ast.pattern() as inner_node, name=name):
            inner = _parts(record, inner_node)
            return None if inner is None or inner.name is not None else replace(inner, name=name)
        case ast.MatchOr(patterns=options):
            return _with_parts(Pattern("or"), record, options)
        case ast.MatchSequence(patterns=items):
            return _sequence(record, items)
        case ast.MatchMapping(rest=rest):
            keys = tuple(expression(record, one) for one in node.keys)
            return _with_parts(Pattern("mapping", keys=keys, rest=rest), record, node.patterns)
        case ast.MatchClass():
            whole = Pattern("class", expression(record, node.cls), names=tuple(node.kwd_attrs))
            return _with_parts(whole, record, [*node.patterns, *node.kwd_patterns])
    return None


def _with_parts(whole: Pattern, record: Record, nodes: Sequence[ast.pattern]) -> Pattern | None:
    parts = [_parts(record, node) for node in nodes]
    known = tuple(part for part in parts if part is not None)
    return replace(whole, parts=known) if len(known) == len(parts) else None


def _sequence(record: Record, nodes: Sequence[ast.pattern]) -> Pattern | None:
    rest: str | None = None
    star = 0
    plain: list[ast.pattern] = []
    for number, one in enumerate(nodes):
        if isinstance(one, ast.MatchStar):
            rest, star = one.name or "", number
        else:
            plain.append(one)
    return _with_parts(Pattern("sequence", rest=rest, star=star), record, plain)
