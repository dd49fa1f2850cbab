"""``match`` statements of libcst as ``code``."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from initlint.ir import code
from initlint.syntax.lower_expressions import expression
from initlint.syntax.record import Record

Suite = Callable[[Record, cst.BaseSuite], tuple[code.Stmt, ...]]


def match(record: Record, node: cst.Match, suite: Suite) -> code.Stmt:
    """Lower a ``match`` statement; ``suite`` lowers the body of a case."""
    at = record.number(node)
    subject = expression(record, node.subject)
    cases: list[code.Case] = []
    for one in node.cases:
        patterns, capture, known = _pattern(record, one.pattern)
        guard = None if one.guard is None else expression(record, one.guard)
        cases.append(code.Case(patterns, capture, known, guard, suite(record, one.body)))
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
