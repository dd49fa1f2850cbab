"""Signatures of foreign callables, written as Python writes them, and the binding of a call's arguments to them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from functools import cache

from initlint.ir.data import dataclass

_FROM = re.compile(r"\bfrom\b")


class Required:
    """The default of a parameter that has none."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED = Required()


@dataclass(frozen=True, slots=True)
class SignatureParameter:
    """One parameter; ``default`` is a Python literal or REQUIRED; ``star`` is ``*``, ``**`` or empty."""

    name: str
    default: object = REQUIRED
    keyword_only: bool = False
    star: str = ""


Signature = tuple[SignatureParameter, ...]


@cache
def parse_signature(text: str) -> Signature:
    """The signature written ``a, b=1, *, c=None``; ValueError or SyntaxError unless it is one with literal defaults."""
    # ``from`` is a keyword of Python, yet the name of an argument of Tensor.random_(from, to).
    function = ast.parse(f"def f({_FROM.sub('from_', text)}): ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    missing: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    found = [_parameter(a, d, False) for a, d in zip(positional, missing + list(arguments.defaults), strict=True)]
    if arguments.vararg is not None:
        found.append(SignatureParameter(arguments.vararg.arg, star="*"))
    found += [_parameter(a, d, True) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    if arguments.kwarg is not None:
        found.append(SignatureParameter(arguments.kwarg.arg, star="**"))
    return tuple(found)


def _parameter(argument: ast.arg, default: ast.expr | None, keyword_only: bool) -> SignatureParameter:
    value = REQUIRED if default is None else ast.literal_eval(default)
    return SignatureParameter("from" if argument.arg == "from_" else argument.arg, value, keyword_only)


def bind(signature: Signature, positional: Sequence[object], keywords: Mapping[str, object]) -> dict[str, object] | str:
    """The arguments by parameter name with defaults filled in, or why the call fails, in words. A ``*`` parameter binds
    a tuple, a ``**`` parameter a dict."""
    bound: dict[str, object] = {}
    left = list(positional)
    extra = dict(keywords)
    for parameter in signature:
        if parameter.star == "*":
            bound[parameter.name] = tuple(left)
            left = []
        elif parameter.star == "**":
            bound[parameter.name] = extra
            extra = {}
        elif left and not parameter.keyword_only:
            bound[parameter.name] = left.pop(0)
            if parameter.name in extra:
                return f"got multiple values for argument '{parameter.name}'"
        elif parameter.name in extra:
            bound[parameter.name] = extra.pop(parameter.name)
        elif isinstance(parameter.default, Required):
            return f"missing required argument '{parameter.name}'"
        else:
            bound[parameter.name] = parameter.default
    if left:
        return f"takes {len(positional) - len(left)} positional arguments, got {len(positional)}"
    if extra:
        return f"got an unexpected keyword argument '{next(iter(extra))}'"
    return bound
