"""Statements added to a file, or put under a condition, with the indentation of those around them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from initlint.diagnostics import Edit
from initlint.ir.place import Span
from initlint.syntax.source import Source
from initlint.syntax.spelling import parsed, span_of, spell

_QUALIFIED = re.compile(r"\{((?:[A-Za-z_]\w*\.)+\w+)\}")
_STEP = "    "


def new_lines(source: Source, span: Span, text: str, where: str) -> list[Edit] | None:
    """The work of :class:`initlint.diagnostics.NewLines`; None where a statement shares its line, or has no such place
    or target."""
    spelt = spelt_out(source, text, span.line)
    if spelt is None:
        return None
    text, found = spelt
    tree = parsed(source.text)
    path = list(_holding(tree, span)) if tree is not None else []
    if not path:
        return None
    body, statement = path[-1]
    if "{target}" in text:
        target = _target(source, statement, span)
        if target is None:
            return None
        text = text.replace("{target}", target)
    if where == "end":
        functions = [node for _, node in path if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        if not functions or functions[-1].name != "__init__":
            return None
        body = functions[-1].body
        statement = body[-1]
        where = "before" if isinstance(statement, (ast.Return, ast.Raise)) else "after"
    if not _alone(source, body, statement):
        return None
    head = source.lines[statement.lineno - 1]
    indent = head[: len(head) - len(head.lstrip())]
    step = "\t" if "\t" in indent else _STEP
    lines = "".join(f"{indent}{line.replace(_STEP, step)}\n" for line in text.split("\n"))
    number = statement.lineno if where == "before" else (statement.end_lineno or statement.lineno) + 1
    if number > len(source.lines):
        end = len(source.lines[-1]) + 1
        return [*found, Edit(Span(source.path, number - 1, end, number - 1, end), "\n" + lines[:-1])]
    return [*found, Edit(Span(source.path, number, 1, number, 1), lines)]


def _holding(tree: ast.Module, span: Span) -> Iterator[tuple[list[ast.stmt], ast.stmt]]:
    """The statements that hold the span, outermost first, each with the body it is in."""
    bodies: list[list[ast.stmt]] = [tree.body]
    while bodies:
        hit = next(
            (
                (body, node)
                for body in bodies
                for node in body
                if node.lineno <= span.line and span.end_line <= (node.end_lineno or node.lineno)
            ),
            None,
        )
        if hit is None:
            return
        yield hit
        bodies = [
            value
            for part in (hit[1], *getattr(hit[1], "handlers", ()), *getattr(hit[1], "cases", ()))
            for name in ("body", "orelse", "finalbody")
            if isinstance(value := getattr(part, name, None), list)
        ]


def _alone(source: Source, body: list[ast.stmt], statement: ast.stmt) -> bool:
    """Whether no other statement shares the lines of this one, nor the header of its block."""
    at = body.index(statement)
    before, after = body[at - 1] if at else None, body[at + 1] if at + 1 < len(body) else None
    if before is not None and (before.end_lineno or before.lineno) >= statement.lineno:
        return False
    if after is not None and after.lineno <= (statement.end_lineno or statement.lineno):
        return False
    head = source.lines[statement.lineno - 1].encode("utf-8", "surrogatepass")
    return not head[: statement.col_offset].strip()


def guarded(source: Source, span: Span, header: str) -> list[Edit] | None:
    """The work of :class:`initlint.diagnostics.Guard`; None where the statement shares its lines, holds a string over
    several, is a compound one, or binds a name that an ``if`` might leave unbound."""
    spelt = spelt_out(source, header, span.line)
    tree = parsed(source.text)
    path = list(_holding(tree, span)) if tree is not None else []
    if not path or spelt is None:
        return None
    header, found = spelt
    body, statement = path[-1]
    if not isinstance(statement, (ast.Expr, ast.Assign, ast.AugAssign)) or not _alone(source, body, statement):
        return None
    if header.startswith("if ") and not isinstance(statement, ast.Expr):
        return None
    if any(isinstance(node, (ast.Constant, ast.JoinedStr)) and _multiline(node) for node in ast.walk(statement)):
        return None
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    head = source.lines[first - 1]
    indent = head[: len(head) - len(head.lstrip())]
    step = "\t" if "\t" in indent else _STEP
    edits = [Edit(Span(span.path, number, 1, number, 1), step) for number in range(first + 1, last + 1)]
    start = Span(span.path, first, 1, first, 1)
    return [*found, Edit(start, f"{indent}{header}:\n{step}"), *edits]


def moved_to_end(source: Source, span: Span) -> list[Edit] | None:
    """The work of :class:`initlint.diagnostics.ToEnd`; None where the call is no statement of a constructor's own body,
    or shares its lines."""
    tree = parsed(source.text)
    path = list(_holding(tree, span)) if tree is not None else []
    if len(path) < 2 or not isinstance(path[-1][1], ast.Expr) or span_of(source, path[-1][1].value) != span:
        return None
    (_, function), (body, statement) = path[-2:]
    last = body[-1]
    called = ast.unparse(path[-1][1].value)
    if "__init__" in called or called.startswith("super("):
        return None  # all else rests on it
    if not isinstance(function, ast.FunctionDef) or function.name != "__init__" or last is statement:
        return None
    if (
        isinstance(last, (ast.Return, ast.Raise))
        or not _alone(source, body, statement)
        or not _alone(source, body, last)
    ):
        return None
    first, end = statement.lineno, (statement.end_lineno or statement.lineno) + 1
    text = "\n".join(source.lines[first - 1 : end - 1]) + "\n"
    number = (last.end_lineno or last.lineno) + 1
    if number > len(source.lines):
        return None
    return [Edit(Span(span.path, first, 1, end, 1), ""), Edit(Span(span.path, number, 1, number, 1), text)]


def assigned(source: Source, span: Span) -> Span | None:
    """The expression at ``span``, or where that is the target of an assignment or all of it, the value assigned."""
    tree = parsed(source.text)
    path = list(_holding(tree, span)) if tree is not None else []
    statement = path[-1][1] if path else None
    if isinstance(statement, ast.Assign):
        places: list[ast.expr | ast.stmt] = [statement, *statement.targets]
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        places = [statement, statement.target]
    else:
        return None
    assert statement.value is not None
    value = span_of(source, statement.value)
    if value == span or any(span_of(source, each) == span for each in places):
        return None if isinstance(statement.value, (ast.Tuple, ast.GeneratorExp)) else value
    return None


def spelt_out(source: Source, text: str, line: int) -> tuple[str, list[Edit]] | None:
    """The text with its qualified names as the file spells them, and the imports that they take."""
    found: list[Edit] = []
    for qualified in dict.fromkeys(_QUALIFIED.findall(text)):
        spelt = spell(source, qualified, line)
        if spelt is None:
            return None
        text = text.replace(f"{{{qualified}}}", spelt.text)
        found += [spelt.imports] if spelt.imports is not None else []
    return text, found


def _multiline(node: ast.expr) -> bool:
    return (node.end_lineno or node.lineno) > node.lineno


def _target(source: Source, statement: ast.stmt, span: Span) -> str | None:
    """What the statement binds the call at ``span`` to: the call itself, or a parameter made of it."""
    match statement:
        case ast.Assign(targets=[ast.Name() | ast.Attribute() as target], value=value):
            pass
        case ast.AnnAssign(target=ast.Name() | ast.Attribute() as target, value=ast.expr() as value):
            pass
        case _:
            return None
    made = isinstance(value, ast.Call) and bool(value.args) and span_of(source, value.args[0]) == span
    return ast.unparse(target) if made or span_of(source, value) == span else None
