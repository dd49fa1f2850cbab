"""Expressions of ``ast`` as ``code``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from initlint.ir import code
from initlint.syntax.record import Record

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in", ast.And: "and", ast.Or: "or",
    ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~",
}  # fmt: skip
_CONVERSIONS = {ord("r"): "__repr__", ord("s"): "__str__"}

Lowering = Callable[[Record, Any], code.Expr]


def expression(record: Record, node: ast.AST) -> code.Expr:
    """Lower any expression; one that is not understood becomes Opaque."""
    lowering = _EXPRESSIONS.get(type(node))
    if lowering is None:
        return code.Opaque(f"a {type(node).__name__}", record.number(node))
    return lowering(record, node)


def arguments(
    record: Record, positional: Sequence[ast.expr], keywords: Sequence[ast.keyword]
) -> tuple[code.Argument, ...]:
    """The arguments of a call or the bases of a class."""
    found: list[code.Argument] = []
    for one in positional:
        if type(one) is ast.Starred:
            found.append(code.Argument(expression(record, one.value), None, "*"))
        else:
            found.append(code.Argument(expression(record, one)))
    for keyword in keywords:
        star = "" if keyword.arg is not None else "**"
        found.append(code.Argument(expression(record, keyword.value), keyword.arg, star))
    return tuple(found)


def parameters(record: Record, node: ast.arguments) -> tuple[code.Parameter, ...]:
    """The parameters of a function or lambda, in order."""
    plain = [*node.posonlyargs, *node.args]
    defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
    found = [_parameter(record, one, default, "positional") for one, default in zip(plain, defaults)]
    if node.vararg is not None:
        found.append(_parameter(record, node.vararg, None, "*"))
    for one, default in zip(node.kwonlyargs, node.kw_defaults):
        found.append(_parameter(record, one, default, "keyword"))
    if node.kwarg is not None:
        found.append(_parameter(record, node.kwarg, None, "**"))
    return tuple(found)


def _parameter(record: Record, node: ast.arg, default: ast.expr | None, kind: str) -> code.Parameter:
    value = None if default is None else expression(record, default)
    return code.Parameter(node.arg, value, kind, annotation(record, node.annotation))


def annotation(record: Record, node: ast.expr | None) -> str:
    """The text of an annotation, without the quotes where it is a string; empty without one."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return _plain(node) or record.source(node)


def _plain(node: ast.expr) -> str:
    """The text of the usual annotations in one spelling; empty for the rest."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        value = _plain(node.value)
        return f"{value}.{node.attr}" if value else ""
    if isinstance(node, ast.Subscript):
        value = _plain(node.value)
        parts = [_plain(one) for one in (node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice])]
        return f"{value}[{', '.join(parts)}]" if value and all(parts) else ""
    return ""


def _name(record: Record, node: ast.Name) -> code.Expr:
    at = len(record)
    record.append(node)
    return code.Name(node.id, at)


def _attribute(record: Record, node: ast.Attribute) -> code.Expr:
    at = len(record)
    record.append(node)
    return code.Attribute(expression(record, node.value), node.attr, at)


def _constant(record: Record, node: ast.Constant) -> code.Expr:
    at = len(record)
    record.append(node)
    return code.Const(node.value, at)


def _call(record: Record, node: ast.Call) -> code.Expr:
    at = len(record)
    record.append(node)
    return code.Call(expression(record, node.func), arguments(record, node.args, node.keywords), at)


def _subscript(record: Record, node: ast.Subscript) -> code.Expr:
    at = record.number(node)
    value = expression(record, node.value)
    return code.Subscript(value, expression(record, node.slice), at)


def _slice(record: Record, node: ast.Slice) -> code.Expr:
    at = record.number(node)
    lower, upper, step = (
        None if part is None else expression(record, part) for part in (node.lower, node.upper, node.step)
    )
    return code.Slice(lower, upper, step, at)


def _binary(record: Record, node: ast.BinOp) -> code.Expr:
    at = record.number(node)
    left = expression(record, node.left)
    return code.Binary(OPERATORS[type(node.op)], left, expression(record, node.right), at)


def _compare(record: Record, node: ast.Compare) -> code.Expr:
    at = record.number(node)
    left = expression(record, node.left)
    operators = tuple([OPERATORS[type(one)] for one in node.ops])
    return code.Compare(left, operators, tuple([expression(record, one) for one in node.comparators]), at)


def _logic(record: Record, node: ast.BoolOp) -> code.Expr:
    """``a or b or c`` is ``(a or b) or c``."""
    ats = [record.number(node) for _ in node.values[1:]]
    found = expression(record, node.values[0])
    for at, value in zip(reversed(ats), node.values[1:]):
        found = code.Logic(OPERATORS[type(node.op)], found, expression(record, value), at)
    return found


def _unary(record: Record, node: ast.UnaryOp) -> code.Expr:
    at = record.number(node)
    return code.Unary(OPERATORS[type(node.op)], expression(record, node.operand), at)


def _conditional(record: Record, node: ast.IfExp) -> code.Expr:
    at = record.number(node)
    test = expression(record, node.test)
    body = expression(record, node.body)
    return code.Conditional(test, body, expression(record, node.orelse), at)


def _lambda(record: Record, node: ast.Lambda) -> code.Expr:
    at = record.number(node)
    generator = record.generator
    found = parameters(record, node.args)
    body = expression(record, node.body)
    record.generator = generator
    return code.Lambda(found, body, at)


def _sequence(kind: str) -> Lowering:
    def lower(record: Record, node: ast.Tuple | ast.List | ast.Set) -> code.Expr:
        at = record.number(node)
        return code.Sequence(kind, tuple([expression(record, one) for one in node.elts]), at)

    return lower


def _starred(record: Record, node: ast.Starred) -> code.Expr:
    at = record.number(node)
    return code.Starred(expression(record, node.value), at)


def _mapping(record: Record, node: ast.Dict) -> code.Expr:
    at = record.number(node)
    items: list[tuple[code.Expr | None, code.Expr]] = []
    for key, value in zip(node.keys, node.values):
        items.append((None if key is None else expression(record, key), expression(record, value)))
    return code.Mapping(tuple(items), at)


def _comprehension(kind: str) -> Lowering:
    def lower(record: Record, node: ast.GeneratorExp | ast.ListComp | ast.SetComp) -> code.Expr:
        at = record.number(node)
        element = expression(record, node.elt)
        return code.Comprehension(kind, element, None, _clauses(record, node.generators), at)

    return lower


def _dict_comprehension(record: Record, node: ast.DictComp) -> code.Expr:
    at = record.number(node)
    key = expression(record, node.key)
    value = expression(record, node.value)
    return code.Comprehension("dict", value, key, _clauses(record, node.generators), at)


def _clauses(record: Record, nodes: Sequence[ast.comprehension]) -> tuple[code.Clause, ...]:
    found: list[code.Clause] = []
    for node in nodes:
        target = expression(record, node.target)
        iterable = expression(record, node.iter)
        found.append(code.Clause(target, iterable, tuple([expression(record, one) for one in node.ifs])))
    return tuple(found)


def _walrus(record: Record, node: ast.NamedExpr) -> code.Expr:
    at = record.number(node)
    return code.Walrus(node.target.id, expression(record, node.value), at)


def _await(record: Record, node: ast.Await) -> code.Expr:
    return expression(record, node.value)


def _yield(record: Record, node: ast.Yield) -> code.Expr:
    at = record.number(node)
    record.generator = True
    return code.Yield(None if node.value is None else expression(record, node.value), False, at)


def _yield_from(record: Record, node: ast.YieldFrom) -> code.Expr:
    at = record.number(node)
    record.generator = True
    return code.Yield(expression(record, node.value), True, at)


def _formatted(record: Record, node: ast.JoinedStr) -> code.Expr:
    """An f-string. ``{x!r}`` is lowered to ``x.__repr__()`` and ``{x:>4}`` to ``x.__format__(">4")``, which is what
    Python calls; such calls have the replacement field as their place."""
    at = record.number(node)
    return code.Text(tuple([expression(record, one) for one in node.values]), at)


def _field(record: Record, node: ast.FormattedValue) -> code.Expr:
    if node.format_spec is None:
        return _converted(record, node)
    at, function_at = record.number(node), record.number(node)
    value = _converted(record, node)
    spec = expression(record, node.format_spec)
    if isinstance(spec, code.Text) and len(spec.parts) == 1 and isinstance(spec.parts[0], code.Const):
        spec = spec.parts[0]
    return code.Call(code.Attribute(value, "__format__", function_at), (code.Argument(spec),), at)


def _converted(record: Record, node: ast.FormattedValue) -> code.Expr:
    if node.conversion == -1:
        return expression(record, node.value)
    at, function_at = record.number(node), record.number(node)
    value = expression(record, node.value)
    if node.conversion == ord("a"):
        return code.Call(code.Name("ascii", function_at), (code.Argument(value),), at)
    return code.Call(code.Attribute(value, _CONVERSIONS[node.conversion], function_at), (), at)


def _template(record: Record, node: ast.AST) -> code.Expr:
    return code.Opaque("a template string", record.number(node))


_EXPRESSIONS: dict[type[ast.AST], Lowering] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.BoolOp: _logic,
    ast.UnaryOp: _unary,
    ast.IfExp: _conditional,
    ast.Lambda: _lambda,
    ast.Tuple: _sequence("tuple"),
    ast.List: _sequence("list"),
    ast.Set: _sequence("set"),
    ast.Starred: _starred,
    ast.Dict: _mapping,
    ast.GeneratorExp: _comprehension("generator"),
    ast.ListComp: _comprehension("list"),
    ast.SetComp: _comprehension("set"),
    ast.DictComp: _dict_comprehension,
    ast.NamedExpr: _walrus,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.JoinedStr: _formatted,
    ast.FormattedValue: _field,
}
if hasattr(ast, "TemplateStr"):  # Python 3.14
    _EXPRESSIONS[ast.TemplateStr] = _template
