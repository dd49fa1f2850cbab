"""Source to code, node by node."""

from __future__ import annotations

import pickle
import re
from typing import get_args

import pytest

from initlint.ir import code
from initlint.syntax.calls import calls, walk
from initlint.syntax.lower import LoweringError, lower
from initlint.syntax.outline import Outline, Segment, outline
from initlint.syntax.source import Source


def segment_of(text: str) -> Segment:
    found = outline(Source("a.py", text))
    assert isinstance(found, Outline), found
    (segment,) = found.segments
    return segment


def statement(text: str) -> code.Stmt:
    (found,) = lower(segment_of(text))
    return found


def expression(text: str) -> code.Expr:
    found = statement(f"x = {text}")
    assert isinstance(found, code.Assign)
    return found.value


def shape(node: object) -> str:
    """The node without numbers, names of fields and modules."""
    text = re.sub(r",? ?at=\d+", "", repr(node))
    return re.sub(r"(?<=[( ])\w+=", "", text).replace("()", "∅")


X, Y, Z, F = "Name('x')", "Name('y')", "Name('z')", "Name('f')"

SIGNS = ("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>")

EXPRESSIONS = {
    "y": Y,
    "y.z": f"Attribute({Y}, 'z')",
    "1_000": "Const(1000)",
    "0xFF": "Const(255)",
    "0b11": "Const(3)",
    "0o17": "Const(15)",
    "00": "Const(0)",
    "1_0.5e-1": "Const(1.05)",
    ".5": "Const(0.5)",
    "2J": "Const(2j)",
    "True": "Const(True)",
    "None": "Const(None)",
    "...": "Const(Ellipsis)",
    "'a\\n'": "Const('a\\n')",
    "r'a\\n'": "Const('a\\\\n')",
    "'''a'b'''": 'Const("a\'b")',
    "''": "Const('')",
    "''''''": "Const('')",
    "b'a'": "Const(b'a')",
    "'a' \"b\" r'\\d'": "Const('ab\\\\d')",
    "b'a' b'b'": "Const(b'ab')",
    "f'a{y}b'": f"Text((Const('a'), {Y}, Const('b')))",
    "'a' f'{y}' 'b'": f"Text((Const('a'), {Y}, Const('b')))",
    "f'{{\\n\"'": "Text((Const('{\\n\"'),))",
    "f'{y:02d}'": f"Text((Call(Attribute({Y}, '__format__'), (Argument(Const('02d'), None, ''),)),))",
    "f'{y!r}'": f"Text((Call(Attribute({Y}, '__repr__'), ∅),))",
    "f'{y!a}'": f"Text((Call(Name('ascii'), (Argument({Y}, None, ''),)),))",
    "f'{y=}'": f"Text((Const('y='), Call(Attribute({Y}, '__repr__'), ∅)))",
    "f'{y:{z}}'": f"Text((Call(Attribute({Y}, '__format__'), (Argument(Text(({Z},)), None, ''),)),))",
    "f()": f"Call({F}, ∅)",
    "f(y, *y, z=y, **z)": f"Call({F}, (Argument({Y}, None, ''), Argument({Y}, None, '*'), "
    f"Argument({Y}, 'z', ''), Argument({Z}, None, '**')))",
    "y[z]": f"Subscript({Y}, {Z})",
    "y[z,]": f"Subscript({Y}, Sequence('tuple', ({Z},)))",
    "y[z:, ::1]": f"Subscript({Y}, Sequence('tuple', (Slice({Z}, None, None), Slice(None, None, Const(1)))))",
    "y[:1]": f"Subscript({Y}, Slice(None, Const(1), None))",
    "-y": f"Unary('-', {Y})",
    "not y": f"Unary('not', {Y})",
    "~+y": f"Unary('~', Unary('+', {Y}))",
    "y < z <= 1": f"Compare({Y}, ('<', '<='), ({Z}, Const(1)))",
    "y is not z": f"Compare({Y}, ('is not',), ({Z},))",
    "y not in z": f"Compare({Y}, ('not in',), ({Z},))",
    "y and z or y": f"Logic('or', Logic('and', {Y}, {Z}), {Y})",
    "y if z else 1": f"Conditional({Z}, {Y}, Const(1))",
    "lambda: 1": "Lambda(∅, Const(1))",
    "lambda y, /, z=1, *a, b=2, **c: y": "Lambda((Parameter('y', None, 'positional', ''), "
    "Parameter('z', Const(1), 'positional', ''), Parameter('a', None, '*', ''), "
    f"Parameter('b', Const(2), 'keyword', ''), Parameter('c', None, '**', '')), {Y})",
    "lambda *, y: 1": "Lambda((Parameter('y', None, 'keyword', ''),), Const(1))",
    "()": "Sequence('tuple', ∅)",
    "y, *z": f"Sequence('tuple', ({Y}, Starred({Z})))",
    "[y]": f"Sequence('list', ({Y},))",
    "{y}": f"Sequence('set', ({Y},))",
    "{y: z, **f}": f"Mapping((({Y}, {Z}), (None, {F})))",
    "[y for y in z if y if f]": f"Comprehension('list', {Y}, None, (Clause({Y}, {Z}, ({Y}, {F})),))",
    "{y for y in z}": f"Comprehension('set', {Y}, None, (Clause({Y}, {Z}, ∅),))",
    "(y for z in f for y in z)": f"Comprehension('generator', {Y}, None, (Clause({Z}, {F}, ∅), Clause({Y}, {Z}, ∅)))",
    "{y: z for y, z in f}": f"Comprehension('dict', {Z}, {Y}, (Clause(Sequence('tuple', ({Y}, {Z})), {F}, ∅),))",
    "(y := z)": f"Walrus('y', {Z})",
    "await y": Y,
    "(yield)": "Yield(None, False)",
    "(yield y)": f"Yield({Y}, False)",
    "(yield from y)": f"Yield({Y}, True)",
    "9" * 5000: "Opaque('a number that Python does not read')",
    **{f"y {sign} z": f"Binary('{sign}', {Y}, {Z})" for sign in SIGNS},
}
pytestmark = pytest.mark.usefixtures("parser")


@pytest.mark.parametrize("text", EXPRESSIONS, ids=lambda text: text[:40])
def test_expressions(text: str) -> None:
    if text.startswith("9999") and not hasattr(__import__("sys"), "get_int_max_str_digits"):
        pytest.skip("this Python reads numbers of any length")
    assert shape(expression(text)) == EXPRESSIONS[text]


PASS = "(Jump('pass'),)"

STATEMENTS = {
    "x = y = 1": f"Assign(({X}, {Y}), Const(1), '')",
    "x, y.z = 1": f"Assign((Sequence('tuple', ({X}, Attribute({Y}, 'z'))),), Const(1), '')",
    "x: int = 1": f"Assign(({X},), Const(1), 'int')",
    "x: Dict[str, 'nn.Module']": "Declare('x', \"Dict[str, 'nn.Module']\")",
    "x: 'Optional[int]'": "Declare('x', 'Optional[int]')",
    "x: A['é' |\n  int] = 1": f"Assign(({X},), Const(1), \"A['é' |\\n  int]\")",
    "x **= 2": f"Augment({X}, '**', Const(2))",
    "f()": f"Evaluate(Call({F}, ∅))",
    "if x: pass\nelif y: pass\nelse: pass": f"If({X}, {PASS}, (If({Y}, {PASS}, {PASS}),))",
    "for x in y:\n  break\nelse:\n  continue": f"For({X}, {Y}, (Jump('break'),), (Jump('continue'),))",
    "async for x in y: pass": f"For({X}, {Y}, {PASS}, ∅)",
    "while x: pass\nelse: pass": f"While({X}, {PASS}, {PASS})",
    "with x, y as z: pass": f"With((({X}, None), ({Y}, {Z})), {PASS})",
    "with (x as (y, z)): pass": f"With((({X}, Sequence('tuple', ({Y}, {Z}))),), {PASS})",
    "try: pass\nexcept x as e: pass\nexcept: pass\nelse: pass\nfinally: pass": f"Try({PASS}, "
    f"(Handler({X}, 'e', {PASS}), Handler(None, None, {PASS})), {PASS}, {PASS})",
    "try: pass\nexcept* x: pass": f"Try({PASS}, (Handler({X}, None, {PASS}),), ∅, ∅)",
    "raise x from y": f"Raise({X})",
    "raise": "Raise(None)",
    "assert x, y": f"Assert({X})",
    "import a.b as c, d.e": "Import((('a.b', 'c'), ('d.e', None)))",
    "from a.b import (c as d, e)": "ImportFrom('a.b', 0, (('c', 'd'), ('e', None)))",
    "from .. import *": "ImportFrom('', 2, (('*', None),))",
    "from ...a import b": "ImportFrom('a', 3, (('b', None),))",
    "del x, y[0]": f"Delete(({X}, Subscript({Y}, Const(0))))",
    "del x": f"Delete(({X},))",
    "global x, y": "Scope('global', ('x', 'y'))",
    "type X = int": "Assign((Name('X'),), Opaque('a type alias'), '')",
    "@x\nclass C(y, metaclass=z):\n  'doc'\n  pass": f"Class('C', (Argument({Y}, None, ''), "
    f"Argument({Z}, 'metaclass', '')), {PASS}, ({X},))",
    "@x\n@y.z\nasync def f(self, a: int = 1) -> int: return a": "Function('f', "
    "(Parameter('self', None, 'positional', ''), Parameter('a', Const(1), 'positional', 'int')), "
    f"(Return(Name('a')),), ({X}, Attribute({Y}, 'z')), False)",
    "def f(a: int | None, *b: 'C', c: X[1]): return": "Function('f', (Parameter('a', None, 'positional', 'int | None'), "  # noqa: E501
    "Parameter('b', None, '*', 'C'), Parameter('c', None, 'keyword', 'X[1]')), (Return(None),), ∅, False)",
    "def f():\n  '''doc'''\n  def g(): yield 1\n  h = lambda: (yield)\n  nonlocal_ = 1": None,
    "match x:\n  case 1 | -2 | None if y: pass\n  case y.z as a: pass\n  case b: pass\n  case _: pass\n"
    "  case [1, c]: pass\n  case D(e=1): pass\n  case {'k': 1, **r}: pass": f"Match({X}, (Case((Const(1), "
    f"Unary('-', Const(2)), Const(None)), None, True, {Y}, {PASS}, None), Case((Attribute({Y}, 'z'),), 'a', "
    f"True, None, {PASS}, None), Case(∅, 'b', True, None, {PASS}, None), Case(∅, None, True, None, {PASS}, None), "
    f"Case(∅, None, False, None, {PASS}, Pattern('sequence', None, (Pattern('value', Const(1), ∅, ∅, ∅, None, None, "
    f"0), Pattern('any', None, ∅, ∅, ∅, 'c', None, 0)), ∅, ∅, None, None, 0)), Case(∅, None, False, None, {PASS}, "
    f"Pattern('class', Name('D'), (Pattern('value', Const(1), ∅, ∅, ∅, None, None, 0),), ∅, ('e',), None, None, 0)), "
    f"Case(∅, None, False, None, {PASS}, Pattern('mapping', None, (Pattern('value', Const(1), ∅, ∅, ∅, None, None, "
    "0),), (Const('k'),), ∅, None, 'r', 0))))",
}


@pytest.mark.parametrize("text", [text for text, expected in STATEMENTS.items() if expected is not None])
def test_statements(text: str) -> None:
    assert shape(statement(text)) == STATEMENTS[text]


@pytest.mark.parametrize(
    ("text", "generator"),
    [
        ("def f(): yield 1", True),
        ("def f():\n  if x:\n    y = yield from z", True),
        ("def f():\n  def g(): yield 1", False),
        ("def f(): return lambda: (yield)", False),
        ("def f():\n  def g(): pass\n  yield\n  def h(): pass", True),
        ("async def f(): await x", False),
    ],
)
def test_generators(text: str, generator: bool) -> None:
    found = statement(text)
    assert isinstance(found, code.Function) and found.generator is generator


def test_strings_that_stand_alone_are_skipped() -> None:
    found = statement("def f():\n  'doc' 'more'\n  x = 1\n  '''comment'''\n  f'{x}'")
    assert isinstance(found, code.Function)
    assert [type(one) for one in found.body] == [code.Assign, code.Evaluate]


def test_a_declaration_of_an_attribute_does_nothing() -> None:
    assert lower(segment_of("x.y: int")) == ()


def test_statements_of_one_line() -> None:
    assert [type(one) for one in lower(segment_of("x = 1; f(); import a"))] == [code.Assign, code.Evaluate, code.Import]


EVERYTHING = "if 1:\n" + "".join(
    f"  {line}\n"
    for text in [*(f"x = {one}" for one in EXPRESSIONS if len(one) < 100), *STATEMENTS, "async def f(): return await y"]
    if not text.startswith(("type", "x = await", "x = (yield", "async for", "from .. import *", "try: pass\nexcept*"))
    for line in text.split("\n")
)


def test_numbers_are_unique_stable_and_rise_from_a_node_to_its_parts() -> None:
    segment = segment_of(EVERYTHING)
    found = lower(segment)
    numbers = [node.at for node in walk(found) if hasattr(node, "at")]
    assert len(set(numbers)) == len(numbers)
    assert lower(segment) == found == pickle.loads(pickle.dumps(found))
    for node in walk(found):
        below = [one.at for one in walk(node) if hasattr(one, "at")]
        if hasattr(node, "at"):
            assert min(below) == node.at


def test_the_cases_hold_every_kind_of_node() -> None:
    kinds = {type(node) for text in STATEMENTS for node in walk(lower(segment_of(text)))}
    kinds |= {type(node) for text in EXPRESSIONS for node in walk(expression(text))}
    assert kinds >= {*get_args(code.Expr), *get_args(code.Stmt), code.Case, code.Clause, code.Handler, code.Parameter}


def test_calls_are_found_everywhere() -> None:
    text = (
        "@c1()\nclass C(c2(), k=c3()):\n  @c4()\n  def f(self, x=c5()):\n    with c6() as h[c7()]:\n"
        "      return [c8() for k in c9() if c10()]\n    try: c11(c12(), *c13(), **c14())\n"
        "    except c15(): f'{c16()}{c17():{c18()}}'\n    match c19():\n      case _ if c20(): c21()\n"
        "    return {c22(): c23(), **c24()}, y[c25():c26()], lambda x=c27(): c28(), (x := c29())\n"
    )
    names = {call.function.id for call in calls(lower(segment_of(text))) if isinstance(call.function, code.Name)}
    assert names == {f"c{number}" for number in range(1, 30)}


def test_what_libcst_cannot_parse_is_one_error() -> None:
    with pytest.raises(LoweringError, match="cannot be parsed"):
        lower(Segment(0, 1, 1, "x = (\n"))


def test_what_is_too_deep_is_one_error() -> None:
    segment = segment_of("x = " + "-" * 1500 + "1")
    assert segment.deep
    with pytest.raises(LoweringError, match="nested too deeply"):
        lower(segment)
