"""The expressions in which catalogue tables write shapes, conditions and default initialisers.

A small part of Python's expression syntax on numbers, symbols, strings, None, tuples and Unknown. Python's own parser
reads it; nothing is executed. An Unknown operand gives an Unknown result, save where the rest decides
(``False and x``, ``a if x else a``).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from initlint.catalog import arithmetic
from initlint.catalog.arithmetic import Number
from initlint.catalog.distributions import DEFAULT_CALL, constant, fans, normal, symmetric_uniform
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown


class ExpressionError(ValueError):
    """An expression that the catalogue's language does not have."""


def evaluate(text: str, names: Mapping[str, object]) -> object:
    """The value of an expression: a Scalar, bool, str, None, tuple, Initializer or Unknown. ExpressionError where it
    is malformed or uses a name that neither ``names`` nor the language has."""
    return _evaluate(_parse(text), names)


@cache
def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(f"not an expression: {text!r}") from error


def plain(value: object) -> object:
    """``value`` as expressions see it: lists as tuples, and what is no plain value as Unknown."""
    match value:
        case bool() | int() | float() | str() | None | Dim() | Unknown() | Initializer():
            return value
        case tuple() | list():
            return tuple(plain(item) for item in value)
        case _:
            return Unknown("not a plain value")


def _number(value: object) -> Number:
    match value:
        case int() | float() | Dim() | Unknown():
            return value
        case _:
            return Unknown("not a number")


def truth(value: object) -> bool | Unknown:
    """Whether a condition holds. A bare symbol does not say: it may stand for a flag."""
    match value:
        case Unknown():
            return value
        case Dim():
            return Unknown("a condition on an argument of unknown value")
        case _:
            return bool(value)


_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: arithmetic.add,
    ast.Sub: arithmetic.subtract,
    ast.Mult: arithmetic.multiply,
    ast.Div: arithmetic.divide,
    ast.FloorDiv: arithmetic.floor_divide,
    ast.Pow: arithmetic.power,
}


def _evaluate(node: ast.expr, names: Mapping[str, object]) -> object:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            if name == "unknown":
                return Unknown("set when the layer first runs")
            if name not in names:
                raise ExpressionError(f"unknown name {name!r}")
            return plain(names[name])
        case ast.BinOp(left=left, op=operator, right=right):
            return _binary(operator, _evaluate(left, names), _evaluate(right, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return arithmetic.negative(_number(_evaluate(operand, names)))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            held = truth(_evaluate(operand, names))
            return held if isinstance(held, Unknown) else not held
        case ast.BoolOp(op=operator, values=values):
            return _logic(isinstance(operator, ast.And), [_evaluate(value, names) for value in values])
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return _compare(operator, _evaluate(left, names), _evaluate(right, names))
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            return _conditional(truth(_evaluate(test, names)), body, otherwise, names)
        case ast.Tuple(elts=items):
            return _tuple(items, names)
        case ast.Subscript(value=value, slice=index):
            return _subscript(_evaluate(value, names), _evaluate(index, names))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_evaluate(argument, names) for argument in arguments))
        case _:
            raise ExpressionError(f"the catalogue's expressions have no {ast.unparse(node)!r}")


def _binary(operator: ast.operator, left: object, right: object) -> object:
    if isinstance(operator, ast.Add) and isinstance(left, tuple) and isinstance(right, tuple):
        return left + right
    function = _OPERATORS.get(type(operator))
    if function is None:
        raise ExpressionError(f"the catalogue's expressions have no operator {type(operator).__name__}")
    return function(_number(left), _number(right))


def _logic(conjunction: bool, values: Sequence[object]) -> object:
    held = [truth(value) for value in values]
    if any(value is (not conjunction) for value in held):
        return not conjunction
    return next((value for value in held if isinstance(value, Unknown)), conjunction)


def _compare(operator: ast.cmpop, left: object, right: object) -> object:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return left if isinstance(left, Unknown) else right
    match operator:
        case ast.Is() | ast.Eq():
            return _equal(left, right)
        case ast.IsNot() | ast.NotEq():
            equal = _equal(left, right)
            return equal if isinstance(equal, Unknown) else not equal
        case ast.Lt():
            return arithmetic.less(_number(left), _number(right))
        case ast.Gt():
            return arithmetic.less(_number(right), _number(left))
        case _:
            raise ExpressionError(f"the catalogue's expressions have no comparison {type(operator).__name__}")


def _equal(left: object, right: object) -> bool | Unknown:
    if isinstance(left, (int, float, Dim)) and isinstance(right, (int, float, Dim)):
        return arithmetic.equal(left, right)
    return left == right


def _conditional(held: bool | Unknown, body: ast.expr, otherwise: ast.expr, names: Mapping[str, object]) -> object:
    if isinstance(held, Unknown):
        first, second = _evaluate(body, names), _evaluate(otherwise, names)
        return first if first == second else held
    return _evaluate(body if held else otherwise, names)


def _tuple(items: Sequence[ast.expr], names: Mapping[str, object]) -> object:
    values: list[object] = []
    for item in items:
        if isinstance(item, ast.Starred):
            spread = _evaluate(item.value, names)
            if not isinstance(spread, tuple):
                return spread if isinstance(spread, Unknown) else Unknown("not a sequence")
            values.extend(spread)
        else:
            values.append(_evaluate(item, names))
    return tuple(values)


def _subscript(value: object, index: object) -> object:
    if isinstance(value, tuple) and isinstance(index, int) and -len(value) <= index < len(value):
        return value[index]
    return value if isinstance(value, Unknown) else Unknown("an index out of reach")


def _ntuple(value: object, count: object) -> object:
    """A number repeated, as torch.nn.modules.utils._ntuple does; sequences stay. Of an Unknown, that many Unknowns."""
    assert isinstance(count, int)
    return value if isinstance(value, tuple) else (value,) * count


def _sizes(value: object) -> object:
    """A number as a tuple of one (LayerNorm's normalized_shape)."""
    return value if isinstance(value, (tuple, Unknown)) else (value,)


def _product(value: object) -> object:
    return arithmetic.product(_number(item) for item in value) if isinstance(value, tuple) else _number(value)


def _length(value: object) -> object:
    return len(value) if isinstance(value, tuple) else Unknown("the length of a sequence")


def _all_but_one(value: object) -> object:
    """The share of so many rows without one of them; a symbol stands for many rows."""
    return (value - 1) / value if isinstance(value, int) and value > 1 else 1


def _integer(value: object) -> object:
    return int(value) if isinstance(value, (int, float)) else value


def _fan_in(shape: object) -> object:
    if isinstance(shape, tuple) and len(shape) >= 2:
        return fans(tuple(_number(size) for size in shape))[0]
    return Unknown("the fan of a weight of unknown shape")


def _uniform_fan(fan: object) -> Initializer:
    """U(−1/√fan, 1/√fan), which is kaiming_uniform_ with a=√5; zero for a fan of zero."""
    size = _number(fan)
    return symmetric_uniform(
        DEFAULT_CALL, 0 if size == 0 else arithmetic.power(arithmetic.multiply(3, size), -0.5), "default"
    )


def _xavier(shape: object) -> Number:
    if not isinstance(shape, tuple) or len(shape) < 2:
        return Unknown("the fans of a weight of unknown shape")
    fan_in, fan_out = fans(tuple(_number(size) for size in shape))
    return arithmetic.sqrt(arithmetic.divide(2, arithmetic.add(fan_in, fan_out)))


FUNCTIONS: dict[str, Callable[..., object]] = {
    "sqrt": lambda value: arithmetic.sqrt(_number(value)),
    "ntuple": _ntuple,
    "sizes": _sizes,
    "product": _product,
    "len": _length,
    "int": _integer,
    "all_but_one": _all_but_one,
    "fan_in": _fan_in,
    # Initialisers: what a layer's own reset_parameters does.
    "default": _uniform_fan,
    "zeros": lambda: constant(DEFAULT_CALL, 0, "default"),
    "ones": lambda: constant(DEFAULT_CALL, 1, "default"),
    "constant": lambda value: constant(DEFAULT_CALL, _number(value), "default"),
    "normal": lambda mean, std: normal(DEFAULT_CALL, _number(mean), _number(std), "default"),
    "xavier_uniform": lambda shape: symmetric_uniform(DEFAULT_CALL, _xavier(shape), "default"),
    "xavier_normal": lambda shape: normal(DEFAULT_CALL, 0, _xavier(shape), "default"),
    "loaded": lambda: Initializer("a given tensor", "loaded"),
}
