"""Numbers, strings and f-strings of libcst as ``code``."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

import libcst as cst

from initlint.ir import code
from initlint.syntax.newer.record import Lowering, Record

Inner = Callable[[Record, cst.BaseExpression], code.Expr]

_CONVERSIONS = {"r": "__repr__", "s": "__str__"}
_TRIPLE = ('"""', "'''")
_UNQUOTED = re.compile(r"\\[\s\S]|\"|\n")


def integer(record: Record, node: cst.Integer) -> code.Expr:
    """``1_000``, ``0xff``, ``0b1``, ``0o7``."""
    at = record.number(node)
    try:
        return code.Const(int(node.value, 0), at)
    except ValueError:
        return code.Opaque("a number that Python does not read", at)


def real(record: Record, node: cst.Float) -> code.Expr:
    """``1.5e-3``."""
    return code.Const(float(node.value), record.number(node))


def imaginary(record: Record, node: cst.Imaginary) -> code.Expr:
    """``2j``."""
    return code.Const(complex(node.value), record.number(node))


def ellipsis(record: Record, node: cst.Ellipsis) -> code.Expr:
    """``...``."""
    return code.Const(..., record.number(node))


def string(record: Record, node: cst.SimpleString) -> code.Expr:
    """``"a"``, ``b"a"``, in any quotes and with any prefix."""
    at = record.number(node)
    value = string_value(node)
    return code.Opaque("a string that Python does not read", at) if value is None else code.Const(value, at)


def string_value(node: cst.SimpleString) -> str | bytes | None:
    """The value of a string literal; None where it has a wrong escape."""
    text = node.value
    if text[0] in "'\"" and "\\" not in text:
        return text[3:-3] if text[:3] in _TRIPLE and len(text) >= 6 else text[1:-1]
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError, MemoryError):
        return None
    return value if isinstance(value, (str, bytes)) else None


def pieces(node: cst.ConcatenatedString) -> list[cst.BaseExpression]:
    """The literals of an implicit concatenation, which libcst nests to the right."""
    found: list[cst.BaseExpression] = []
    rest: cst.BaseExpression = node
    while isinstance(rest, cst.ConcatenatedString):
        found.append(rest.left)
        rest = rest.right
    found.append(rest)
    return found


def concatenated(inner: Inner) -> Lowering:
    """``"a" "b" f"{c}"``: one Const where all of it is constant, else a Text."""

    def lower(record: Record, node: cst.ConcatenatedString) -> code.Expr:
        at = record.number(node)
        literals = pieces(node)
        if all(isinstance(one, cst.SimpleString) for one in literals):
            values = [string_value(one) for one in literals if isinstance(one, cst.SimpleString)]
            strings = [value for value in values if isinstance(value, str)]
            if len(strings) == len(values):
                return code.Const("".join(strings), at)
            raw = [value for value in values if isinstance(value, bytes)]
            if len(raw) == len(values):
                return code.Const(b"".join(raw), at)
            return code.Opaque("a string that Python does not read", at)
        parts: list[code.Expr] = []
        for one in literals:
            part = inner(record, one)
            parts.extend(part.parts if isinstance(part, code.Text) else (part,))
        return code.Text(tuple(parts), at)

    return lower


def formatted(inner: Inner) -> Lowering:
    """An f-string. ``{x!r}`` is lowered to ``x.__repr__()`` and ``{x:>4}`` to ``x.__format__(">4")``, which is what
    Python calls; such calls have the replacement field as their place."""

    def content(record: Record, parts: Sequence[cst.BaseFormattedStringContent], raw: bool) -> list[code.Expr]:
        found: list[code.Expr] = []
        for part in parts:
            if isinstance(part, cst.FormattedStringText):
                found.append(code.Const(_unescaped(part.value, raw), record.number(part)))
            elif isinstance(part, cst.FormattedStringExpression):
                if part.equal is not None:
                    text = cst.Module([]).code_for_node(part.expression)
                    found.append(code.Const(f"{text}=", record.number(part)))
                found.append(field(record, part, raw))
        return found

    def field(record: Record, part: cst.FormattedStringExpression, raw: bool) -> code.Expr:
        conversion = part.conversion or ""
        if part.format_spec is None:
            return converted(record, part, "r" if part.equal is not None and not conversion else conversion)
        at, function_at = record.number(part), record.number(part)
        value = converted(record, part, conversion)
        spec_at = record.number(part)
        spec = content(record, part.format_spec, raw)
        plain = len(spec) == 1 and isinstance(spec[0], code.Const)
        argument = code.Argument(spec[0] if plain else code.Text(tuple(spec), spec_at))
        return code.Call(code.Attribute(value, "__format__", function_at), (argument,), at)

    def converted(record: Record, part: cst.FormattedStringExpression, conversion: str) -> code.Expr:
        if not conversion:
            return inner(record, part.expression)
        at, function_at = record.number(part), record.number(part)
        value = inner(record, part.expression)
        if conversion == "a":
            return code.Call(code.Name("ascii", function_at), (code.Argument(value),), at)
        return code.Call(code.Attribute(value, _CONVERSIONS[conversion], function_at), (), at)

    def lower(record: Record, node: cst.FormattedString) -> code.Expr:
        at = record.number(node)
        return code.Text(tuple(content(record, node.parts, "r" in node.prefix)), at)

    return lower


def _unescaped(text: str, raw: bool) -> str:
    text = text.replace("{{", "{").replace("}}", "}")
    if raw or "\\" not in text:
        return text
    try:
        value = ast.literal_eval('"' + _UNQUOTED.sub(_escape, text) + '"')
    except (SyntaxError, ValueError, MemoryError):
        return text
    return value if isinstance(value, str) else text


def _escape(match: re.Match[str]) -> str:
    found = match.group()
    return {'"': '\\"', "\n": "\\n"}.get(found, found)
