"""The top-level statements of text whose syntax is newer than the running Python, split with libcst."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from initlint.ir import code
from initlint.syntax.calls import walk
from initlint.syntax.newer.positions import ranges_of
from initlint.syntax.newer.record import Record
from initlint.syntax.newer.statements import statements
from initlint.syntax.toplevel import ClassHead, Statement


def newer_statements(text: str) -> list[Statement] | None:
    """The statements as :func:`initlint.syntax.toplevel.describe` gives them; None where libcst cannot parse either.
    The text must not nest too deeply (:func:`initlint.syntax.depth.might_be_deep`)."""
    try:
        module = cst.parse_module(text)
        ranges = ranges_of(module)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
        return None
    found: list[Statement] = []
    for node in module.body:
        first = min([ranges[one].start.line for one in (node, *getattr(node, "decorators", ()))])
        found.append(_describe(statements(Record(), [node]), first, ranges[node].end.line))
    return found


def _describe(lowered: tuple[code.Stmt, ...], first: int, last: int) -> Statement:
    kinds: dict[str, None] = {}
    names: dict[str, None] = {}
    classes: list[ClassHead] = []
    star = False
    for node in _at_module_level(lowered):
        match node:
            case code.Class(name=name, bases=bases):
                kinds["class"] = names[name] = None
                dotted = (_dotted(base.value) for base in bases if base.name is None)
                classes.append(ClassHead(name, tuple(one for one in dotted if one)))
            case code.Function(name=name):
                kinds["function"] = names[name] = None
            case code.Import(names=aliases):
                kinds["import"] = None
                names.update((alias or name.partition(".")[0], None) for name, alias in aliases)
            case code.ImportFrom(names=aliases):
                kinds["import"] = None
                star = star or aliases == (("*", None),)
                names.update((alias or name, None) for name, alias in aliases if name != "*")
            case code.Assign(targets=targets):
                kinds["assign"] = None
                for target in targets:
                    names.update(_bound(target))
            case code.Augment(target=target):
                kinds["assign"] = None
                names.update(_bound(target))
            case code.Declare(name=name):
                kinds["assign"] = names[name] = None
            case _:
                kinds["other"] = None
                _bind_others(node, names)
    return Statement(first, last, tuple(kinds) or ("other",), tuple(names), tuple(classes), star, False)


def _at_module_level(body: Iterable[code.Stmt]) -> Iterable[code.Stmt]:
    for node in body:
        yield node
        match node:
            case code.If() | code.For() | code.While():
                yield from _at_module_level((*node.body, *node.otherwise))
            case code.With(body=inner):
                yield from _at_module_level(inner)
            case code.Match(cases=cases):
                for case in cases:
                    yield from _at_module_level(case.body)
            case code.Try(body=inner, handlers=handlers, otherwise=otherwise, final=final):
                handled = (one for handler in handlers for one in handler.body)
                yield from _at_module_level((*inner, *handled, *otherwise, *final))


def _bind_others(node: code.Stmt, names: dict[str, None]) -> None:
    match node:
        case code.For(target=target):
            names.update(_bound(target))
        case code.With(items=items):
            for _, bound in items:
                if bound is not None:
                    names.update(_bound(bound))
        case code.Match(cases=cases):
            names.update((case.capture, None) for case in cases if case.capture is not None)
        case code.Evaluate(value=value):
            names.update((one.name, None) for one in walk(value) if isinstance(one, code.Walrus))


def _bound(target: code.Expr) -> dict[str, None]:
    # A subscript or attribute binds nothing, whatever names it holds.
    match target:
        case code.Name(id=name):
            return {name: None}
        case code.Sequence(items=items):
            return {name: None for item in items for name in _bound(item)}
        case code.Starred(value=value):
            return _bound(value)
    return {}


def _dotted(node: code.Expr) -> str:
    match node:
        case code.Name(id=name):
            return name
        case code.Attribute(value=value, name=name):
            inner = _dotted(value)
            return f"{inner}.{name}" if inner else ""
        case code.Subscript(value=value):
            return _dotted(value)
    return ""
