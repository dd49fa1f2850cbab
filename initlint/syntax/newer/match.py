"""``match`` statements of libcst as ``code``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import libcst as cst

from initlint.ir import code
from initlint.ir.pattern import Pattern
from initlint.syntax.newer.expressions import expression
from initlint.syntax.newer.record import Record

Suite = Callable[[Record, cst.BaseSuite], tuple[code.Stmt, ...]]


def match(record: Record, node: cst.Match, suite: Suite) -> code.Stmt:
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


def _pattern(record: Record, node: cst.MatchPattern) -> tuple[tuple[code.Expr, ...], str | None, bool]:
    """The values that a pattern equals (none: it matches anything), the name it binds, and whether it is understood."""
    if isinstance(node, (cst.MatchValue, cst.MatchSingleton)):
        return (expression(record, node.value),), None, True
    if isinstance(node, cst.MatchAs):
        name = node.name.value if node.name is not None else None
        if node.pattern is None:
            return (), None if name == "_" else name, True
        patterns, inner, known = _pattern(record, node.pattern)
        # ``case (x as y)`` binds two names; the node holds one.
        return (patterns, name, known) if inner is None else ((), None, False)
    if isinstance(node, cst.MatchOr):
        found: list[code.Expr] = []
        for one in node.patterns:
            patterns, inner, known = _pattern(record, one.pattern)
            if not known or inner is not None:
                return (), None, False
            if not patterns:
                return (), None, True
            found.extend(patterns)
        return tuple(found), None, True
    return (), None, False


def _parts(record: Record, node: cst.MatchPattern) -> Pattern | None:
    """A pattern with parts; None where one of them is not understood."""
    match node:
        case cst.MatchValue() | cst.MatchSingleton():
            return Pattern("value", expression(record, node.value))
        case cst.MatchAs():
            name = node.name.value if node.name is not None and node.name.value != "_" else None
            if node.pattern is None:
                return Pattern("any", name=name)
            inner = _parts(record, node.pattern)
            if inner is None or inner.name is not None:
                return None
            return replace(inner, name=name)
        case cst.MatchOr():
            return _with_parts(Pattern("or"), record, [one.pattern for one in node.patterns])
        case cst.MatchList() | cst.MatchTuple():
            return _sequence(record, node)
        case cst.MatchMapping():
            rest = None if node.rest is None else node.rest.value
            keys = tuple(expression(record, one.key) for one in node.elements)
            whole = Pattern("mapping", keys=keys, rest=rest)
            return _with_parts(whole, record, [one.pattern for one in node.elements])
        case cst.MatchClass():
            names = tuple(one.key.value for one in node.kwds)
            whole = Pattern("class", expression(record, node.cls), names=names)
            return _with_parts(whole, record, [one.value for one in node.patterns] + [k.pattern for k in node.kwds])
    return None


def _with_parts(whole: Pattern, record: Record, nodes: Sequence[cst.MatchPattern]) -> Pattern | None:
    parts = [_parts(record, node) for node in nodes]
    known = tuple(part for part in parts if part is not None)
    return replace(whole, parts=known) if len(known) == len(parts) else None


def _sequence(record: Record, node: cst.MatchList | cst.MatchTuple) -> Pattern | None:
    rest: str | None = None
    star = 0
    plain: list[cst.MatchPattern] = []
    for number, one in enumerate(node.patterns):
        if isinstance(one, cst.MatchStar):
            rest, star = "" if one.name is None else one.name.value, number
        else:
            plain.append(one.value)
    return _with_parts(Pattern("sequence", rest=rest, star=star), record, plain)
