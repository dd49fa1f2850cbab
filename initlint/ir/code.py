"""``code``: the part of a Python program that the interpreter runs, small and picklable.

The reader lowers a parser's tree to these nodes; nothing behind the reader sees that tree. ``at`` is the node's
number in its top-level segment, from which a position is found when one is needed (:class:`initlint.ir.place.Place`).
"""

from __future__ import annotations

from typing import Union

from initlint.ir.data import dataclass
from initlint.ir.pattern import Case as Case


@dataclass(frozen=True, slots=True)
class Name:
    id: str
    at: int


@dataclass(frozen=True, slots=True)
class Attribute:
    value: Expr
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Const:
    """A literal: a number, a string, bytes, True, False, None or Ellipsis."""

    value: object
    at: int


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call: ``value``, ``name=value``, ``*value`` (star ``*``) or ``**value`` (star ``**``)."""

    value: Expr
    name: str | None = None
    star: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    function: Expr
    arguments: tuple[Argument, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Subscript:
    """``value[index]``; an index of several elements is a tuple Sequence."""

    value: Expr
    index: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Slice:
    lower: Expr | None
    upper: Expr | None
    step: Expr | None
    at: int


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right`` with the operator as spelt: ``+ - * / // % ** @ & | ^ << >>``."""

    operator: str
    left: Expr
    right: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right op right …`` with operators ``== != < <= > >= is, is not, in, not in``."""

    left: Expr
    operators: tuple[str, ...]
    rights: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Logic:
    """``left and right`` or ``left or right``."""

    operator: str
    left: Expr
    right: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Unary:
    """``not x``, ``-x``, ``+x``, ``~x``."""

    operator: str
    operand: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Conditional:
    """``body if test else otherwise``."""

    test: Expr
    body: Expr
    otherwise: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function; ``kind`` is ``positional``, ``keyword``, ``*`` or ``**``."""

    name: str
    default: Expr | None
    kind: str
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Lambda:
    parameters: tuple[Parameter, ...]
    body: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A display; ``kind`` is ``list``, ``tuple`` or ``set``. Items may be :class:`Starred`."""

    kind: str
    items: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Starred:
    value: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict display; a key of None is ``**value``."""

    items: tuple[tuple[Expr | None, Expr], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Clause:
    """``for target in iterable if test if test``."""

    target: Expr
    iterable: Expr
    tests: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """``kind`` is ``list``, ``set``, ``generator`` or ``dict`` (then ``key`` is given)."""

    kind: str
    element: Expr
    key: Expr | None
    clauses: tuple[Clause, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """An f-string: literal parts as Const, the rest expressions."""

    parts: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Walrus:
    name: str
    value: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Yield:
    value: Expr | None
    source: bool
    at: int


@dataclass(frozen=True, slots=True)
class Opaque:
    """An expression that the interpreter does not read; ``why`` says what it is."""

    why: str
    at: int


Expr = Union[
    Name, Attribute, Const, Call, Subscript, Slice, Binary, Compare, Logic, Unary, Conditional, Lambda, Sequence,
    Starred, Mapping, Comprehension, Text, Walrus, Yield, Opaque,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assign:
    """``target = target = value``; an annotated assignment with a value has one target."""

    targets: tuple[Expr, ...]
    value: Expr
    at: int
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Declare:
    """``name: annotation`` without a value (a dataclass field without a default)."""

    name: str
    annotation: str
    at: int


@dataclass(frozen=True, slots=True)
class Augment:
    """``target operator= value``, the operator without ``=``."""

    target: Expr
    operator: str
    value: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Evaluate:
    """An expression statement."""

    value: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Return:
    value: Expr | None
    at: int


@dataclass(frozen=True, slots=True)
class If:
    test: Expr
    body: tuple[Stmt, ...]
    otherwise: tuple[Stmt, ...]
    at: int


@dataclass(frozen=True, slots=True)
class For:
    target: Expr
    iterable: Expr
    body: tuple[Stmt, ...]
    otherwise: tuple[Stmt, ...]
    at: int


@dataclass(frozen=True, slots=True)
class While:
    test: Expr
    body: tuple[Stmt, ...]
    otherwise: tuple[Stmt, ...]
    at: int


@dataclass(frozen=True, slots=True)
class With:
    """``with context as target, …``; targets may be None."""

    items: tuple[tuple[Expr, Expr | None], ...]
    body: tuple[Stmt, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    generator: bool
    at: int


@dataclass(frozen=True, slots=True)
class Class:
    name: str
    bases: tuple[Argument, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Handler:
    """``except kind as name``; ``kind`` is None for a bare except."""

    kind: Expr | None
    name: str | None
    body: tuple[Stmt, ...]


@dataclass(frozen=True, slots=True)
class Try:
    body: tuple[Stmt, ...]
    handlers: tuple[Handler, ...]
    otherwise: tuple[Stmt, ...]
    final: tuple[Stmt, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Raise:
    value: Expr | None
    at: int


@dataclass(frozen=True, slots=True)
class Assert:
    test: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Import:
    """``import a.b as c``: pairs of dotted name and alias (None without ``as``)."""

    names: tuple[tuple[str, str | None], ...]
    at: int


@dataclass(frozen=True, slots=True)
class ImportFrom:
    """``from ..module import name as alias``; ``level`` counts the dots; a star is the name ``*``."""

    module: str
    level: int
    names: tuple[tuple[str, str | None], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Delete:
    targets: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Scope:
    """``global`` or ``nonlocal``."""

    kind: str
    names: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Jump:
    """``break``, ``continue`` or ``pass``."""

    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class Match:
    subject: Expr
    cases: tuple[Case, ...]
    at: int


Stmt = Union[
    Assign, Declare, Augment, Evaluate, Return, If, For, While, With, Function, Class, Try, Raise, Assert, Import,
    ImportFrom, Delete, Scope, Jump, Match,
]  # fmt: skip
