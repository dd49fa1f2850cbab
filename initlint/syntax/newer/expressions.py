"""Expressions of libcst as ``code``."""

from __future__ import annotations

from typing import cast

import libcst as cst

from initlint.ir import code
from initlint.syntax.newer import literals
from initlint.syntax.newer.record import Lowering, Record

_CONSTANTS: dict[str, object] = {"None": None, "True": True, "False": False}

_BINARY: dict[type[cst.CSTNode], str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
}
_COMPARE: dict[type[cst.CSTNode], str] = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.Is: "is",
    cst.IsNot: "is not",
    cst.In: "in",
    cst.NotIn: "not in",
}
_UNARY: dict[type[cst.CSTNode], str] = {cst.Not: "not", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~"}


def expression(record: Record, node: cst.CSTNode) -> code.Expr:
    """Lower any expression; one that is not understood becomes Opaque."""
    lowering = _EXPRESSIONS.get(type(node))
    if lowering is None:
        return code.Opaque(f"a {type(node).__name__}", record.number(node))
    return lowering(record, node)


def arguments(record: Record, args: tuple[cst.Arg, ...]) -> tuple[code.Argument, ...]:
    """The arguments of a call or the bases of a class."""
    return tuple(
        [
            code.Argument(
                expression(record, arg.value), arg.keyword.value if arg.keyword is not None else None, arg.star
            )
            for arg in args
        ]
    )


def parameters(record: Record, node: cst.Parameters) -> tuple[code.Parameter, ...]:
    """The parameters of a function or lambda, in order."""
    found = [_parameter(record, one, "positional") for one in (*node.posonly_params, *node.params)]
    if isinstance(node.star_arg, cst.Param):
        found.append(_parameter(record, node.star_arg, "*"))
    found.extend(_parameter(record, one, "keyword") for one in node.kwonly_params)
    if node.star_kwarg is not None:
        found.append(_parameter(record, node.star_kwarg, "**"))
    return tuple(found)


def _parameter(record: Record, node: cst.Param, kind: str) -> code.Parameter:
    default = None if node.default is None else expression(record, node.default)
    return code.Parameter(node.name.value, default, kind, annotation(node.annotation))


def annotation(node: cst.Annotation | None) -> str:
    """The text of an annotation, without the quotes where it is a string; empty without one."""
    if node is None:
        return ""
    inner = node.annotation
    if isinstance(inner, cst.SimpleString):
        value = literals.string_value(inner)
        return value if isinstance(value, str) else inner.value
    return _plain(inner) or cst.Module([]).code_for_node(inner)


def _plain(node: cst.CSTNode) -> str:
    """The text of the usual annotations; empty for the rest, since libcst's own printer is slow."""
    if isinstance(node, cst.Name):
        return "" if node.lpar else node.value
    if isinstance(node, cst.Attribute) and not node.lpar:
        value = _plain(node.value)
        return f"{value}.{node.attr.value}" if value else ""
    if isinstance(node, cst.Subscript) and not node.lpar:
        value = _plain(node.value)
        parts = [_plain(one.slice.value) if isinstance(one.slice, cst.Index) else "" for one in node.slice]
        return f"{value}[{', '.join(parts)}]" if value and all(parts) else ""
    return ""


def dotted(node: cst.CSTNode | None) -> str:
    """``a.b.c`` of an import."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return ".".join(reversed(parts))


def _name(record: Record, node: cst.Name) -> code.Expr:
    at = len(record)
    record.append(node)
    text = node.value
    return code.Const(_CONSTANTS[text], at) if text in _CONSTANTS else code.Name(text, at)


def _attribute(record: Record, node: cst.Attribute) -> code.Expr:
    at = len(record)
    record.append(node)
    return code.Attribute(expression(record, node.value), node.attr.value, at)


def _call(record: Record, node: cst.Call) -> code.Expr:
    at = len(record)
    record.append(node)
    return code.Call(expression(record, node.func), arguments(record, cast("tuple[cst.Arg, ...]", node.args)), at)


def _subscript(record: Record, node: cst.Subscript) -> code.Expr:
    at = record.number(node)
    value = expression(record, node.value)
    elements = node.slice
    if len(elements) == 1 and not isinstance(elements[0].comma, cst.Comma) and not _is_starred(elements[0]):
        return code.Subscript(value, _element(record, elements[0]), at)
    index_at = record.number(elements[0])
    items = tuple([_element(record, one) for one in elements])
    return code.Subscript(value, code.Sequence("tuple", items, index_at), at)


def _is_starred(element: cst.SubscriptElement) -> bool:
    return isinstance(element.slice, cst.Index) and bool(element.slice.star)


def _element(record: Record, element: cst.SubscriptElement) -> code.Expr:
    index = element.slice
    if isinstance(index, cst.Slice):
        at = record.number(index)
        lower, upper, step = (
            None if part is None else expression(record, part) for part in (index.lower, index.upper, index.step)
        )
        return code.Slice(lower, upper, step, at)
    assert isinstance(index, cst.Index)
    if index.star:
        at = record.number(index)
        return code.Starred(expression(record, index.value), at)
    return expression(record, index.value)


def _binary(record: Record, node: cst.BinaryOperation) -> code.Expr:
    at = record.number(node)
    left = expression(record, node.left)
    return code.Binary(_BINARY[type(node.operator)], left, expression(record, node.right), at)


def _compare(record: Record, node: cst.Comparison) -> code.Expr:
    at = record.number(node)
    left = expression(record, node.left)
    operators = tuple([_COMPARE[type(one.operator)] for one in node.comparisons])
    return code.Compare(left, operators, tuple([expression(record, one.comparator) for one in node.comparisons]), at)


def _logic(record: Record, node: cst.BooleanOperation) -> code.Expr:
    at = record.number(node)
    left = expression(record, node.left)
    operator = "and" if isinstance(node.operator, cst.And) else "or"
    return code.Logic(operator, left, expression(record, node.right), at)


def _unary(record: Record, node: cst.UnaryOperation) -> code.Expr:
    at = record.number(node)
    return code.Unary(_UNARY[type(node.operator)], expression(record, node.expression), at)


def _conditional(record: Record, node: cst.IfExp) -> code.Expr:
    at = record.number(node)
    test = expression(record, node.test)
    body = expression(record, node.body)
    return code.Conditional(test, body, expression(record, node.orelse), at)


def _lambda(record: Record, node: cst.Lambda) -> code.Expr:
    at = record.number(node)
    generator = record.generator
    found = parameters(record, node.params)
    body = expression(record, node.body)
    record.generator = generator
    return code.Lambda(found, body, at)


def _sequence(kind: str) -> Lowering:
    def lower(record: Record, node: cst.Tuple | cst.List | cst.Set) -> code.Expr:
        at = record.number(node)
        # A starred element is an expression of its own; any other is a wrapper.
        items = [
            expression(record, one.value if isinstance(one, cst.Element) else one) for one in node.elements
        ]  # fmt: skip
        return code.Sequence(kind, tuple(items), at)

    return lower


def _starred(record: Record, node: cst.StarredElement) -> code.Expr:
    at = record.number(node)
    return code.Starred(expression(record, node.value), at)


def _mapping(record: Record, node: cst.Dict) -> code.Expr:
    at = record.number(node)
    items: list[tuple[code.Expr | None, code.Expr]] = []
    for one in node.elements:
        key = expression(record, one.key) if isinstance(one, cst.DictElement) else None
        items.append((key, expression(record, one.value)))
    return code.Mapping(tuple(items), at)


def _comprehension(kind: str) -> Lowering:
    def lower(record: Record, node: cst.GeneratorExp | cst.ListComp | cst.SetComp) -> code.Expr:
        at = record.number(node)
        element = expression(record, node.elt)
        return code.Comprehension(kind, element, None, _clauses(record, node.for_in), at)

    return lower


def _dict_comprehension(record: Record, node: cst.DictComp) -> code.Expr:
    at = record.number(node)
    key = expression(record, node.key)
    value = expression(record, node.value)
    return code.Comprehension("dict", value, key, _clauses(record, node.for_in), at)


def _clauses(record: Record, node: cst.CompFor | None) -> tuple[code.Clause, ...]:
    found: list[code.Clause] = []
    while node is not None:
        target = expression(record, node.target)
        iterable = expression(record, node.iter)
        found.append(code.Clause(target, iterable, tuple([expression(record, one.test) for one in node.ifs])))
        node = node.inner_for_in
    return tuple(found)


def _walrus(record: Record, node: cst.NamedExpr) -> code.Expr:
    at = record.number(node)
    name = node.target.value if isinstance(node.target, cst.Name) else ""
    return code.Walrus(name, expression(record, node.value), at)


def _await(record: Record, node: cst.Await) -> code.Expr:
    return expression(record, node.expression)


def _yield(record: Record, node: cst.Yield) -> code.Expr:
    at = record.number(node)
    record.generator = True
    value = node.value
    if value is None:
        return code.Yield(None, False, at)
    if isinstance(value, cst.From):
        return code.Yield(expression(record, value.item), True, at)
    return code.Yield(expression(record, value), False, at)


def _template(record: Record, node: cst.CSTNode) -> code.Expr:
    return code.Opaque("a template string", record.number(node))


_EXPRESSIONS: dict[type[cst.CSTNode], Lowering] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Integer: literals.integer,
    cst.Float: literals.real,
    cst.Imaginary: literals.imaginary,
    cst.Ellipsis: literals.ellipsis,
    cst.SimpleString: literals.string,
    cst.ConcatenatedString: literals.concatenated(expression),
    cst.FormattedString: literals.formatted(expression),
    cst.Subscript: _subscript,
    cst.BinaryOperation: _binary,
    cst.Comparison: _compare,
    cst.BooleanOperation: _logic,
    cst.UnaryOperation: _unary,
    cst.IfExp: _conditional,
    cst.Lambda: _lambda,
    cst.Tuple: _sequence("tuple"),
    cst.List: _sequence("list"),
    cst.Set: _sequence("set"),
    cst.StarredElement: _starred,
    cst.Dict: _mapping,
    cst.GeneratorExp: _comprehension("generator"),
    cst.ListComp: _comprehension("list"),
    cst.SetComp: _comprehension("set"),
    cst.DictComp: _dict_comprehension,
    cst.NamedExpr: _walrus,
    cst.Await: _await,
    cst.Yield: _yield,
}
# Absent from older releases of libcst.
for _kind in ("TemplatedString",):
    if hasattr(cst, _kind):
        _EXPRESSIONS[getattr(cst, _kind)] = _template
