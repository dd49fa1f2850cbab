"""Positions of lowered nodes, against those that the standard library's ast gives."""

from __future__ import annotations

import ast
import json
import json.decoder
import json.encoder
from collections import Counter
from pathlib import Path

import pytest

from initlint.ir import code
from initlint.ir.place import Span
from initlint.syntax.calls import calls, walk
from initlint.syntax.locate import locate, source_text
from initlint.syntax.lower import lower
from initlint.syntax.outline import Outline, outline
from initlint.syntax.source import Source, read_source

MODEL = '''\
# comment
import torch.nn as nn; import math

class Block(nn.Module):
\t"""A block: 😀 nn.Linear(1, 2)."""

\tdef __init__(self, width=int("64"), *, act=nn.ReLU):
\t\tsuper().__init__()
\t\tself.é = nn.Linear(width, width); self.layers = nn.ModuleList([
\t\t\tnn.Linear(width,
\t\t\t\twidth) for _ in range(3)])
\t\tself.apply(lambda m: nn.init.normal_(m.weight, std=(1 / math.sqrt(width)))) ; (self.act) = (act)()
\t\t(nn.init
\t\t\t.zeros_)(self.é.bias)

\t@torch.jit.script(f"a{g(1)}")
\tdef forward(self, x): return \\
\t\tself.é(x).relu()\f

@wrap(1)
def net(): return nn.Sequential(*(Block(i) for i in range(2)), dict((("a", f()), ("b", f(*g())))))[h(0):-h(1)]
if net():
    x = "é" "b", net(); y = [net ( ) ]
'''


def spans_of_calls(source: Source) -> Counter[tuple[int, int, int, int]]:
    found = outline(source)
    assert isinstance(found, Outline)
    spans: Counter[tuple[int, int, int, int]] = Counter()
    for segment in found.segments:
        numbers = [call.at for call in calls(lower(segment))]
        located = locate(segment, numbers, source.path)
        assert sorted(located) == sorted(numbers)
        for span in located.values():
            text = source_text(source, span)
            found_there = None if text.startswith("{") else ast.parse(f"({text})", mode="eval").body
            if found_there is None or isinstance(found_there, ast.JoinedStr):
                continue  # the call of __format__ that a replacement field makes
            assert isinstance(found_there, ast.Call)
            spans[span.line, span.column, span.end_line, span.end_column] += 1
    return spans


def spans_by_ast(source: Source) -> Counter[tuple[int, int, int, int]]:
    lines = source.lines
    found: Counter[tuple[int, int, int, int]] = Counter()
    tree = ast.parse(source.text)
    for node in ast.walk(tree):
        # What code leaves out: annotations, causes and messages.
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                node.returns = None
            case ast.arg():
                node.annotation = None
            case ast.AnnAssign():
                node.annotation = ast.Constant(0)
            case ast.Raise():
                node.cause = None
            case ast.Assert():
                node.msg = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert node.end_lineno is not None and node.end_col_offset is not None
            column = len(lines[node.lineno - 1].encode()[: node.col_offset].decode()) + 1
            end = len(lines[node.end_lineno - 1].encode()[: node.end_col_offset].decode()) + 1
            found[node.lineno, column, node.end_lineno, end] += 1
    return found


FILES = [json.__file__, json.decoder.__file__, json.encoder.__file__, ast.__file__]
pytestmark = pytest.mark.usefixtures("parser")


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).name)
def test_calls_of_the_standard_library_are_located_as_by_ast(path: str) -> None:
    source = read_source(path, Path(path).read_bytes())
    assert isinstance(source, Source)
    assert spans_of_calls(source) == spans_by_ast(source)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_calls_of_a_model_are_located_as_by_ast(newline: str) -> None:
    source = read_source("a.py", MODEL.replace("\n", newline).encode())
    assert isinstance(source, Source)
    found = spans_of_calls(source)
    assert found == spans_by_ast(source)
    assert sum(found.values()) == 29


def text_at(text: str, kind: type[object]) -> list[str]:
    source = Source("a.py", text)
    found = outline(source)
    assert isinstance(found, Outline)
    texts: list[str] = []
    for segment in found.segments:
        numbers = [node.at for node in walk(lower(segment)) if isinstance(node, kind) and hasattr(node, "at")]
        texts += [source_text(source, span) for span in locate(segment, numbers, "a.py").values()]
    return texts


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("x = 1\n@d\nclass Net(A):\n  @e(1)\n  async def forward(self): pass", code.Function, ["forward"]),
        ("x = 1\n@d\nclass Net(A):\n  def f(self): pass", code.Class, ["Net"]),
        ("if a:\n  if b :  # why\n    pass\n  elif c:\n    pass", code.If, ["if a:", "if b :  # why", "elif c:"]),
        ("for x in y:\n  pass", code.For, ["for x in y:"]),
        ("x = ( 1, 2 )\ny = 1, 2", code.Sequence, ["( 1, 2 )", "1, 2"]),
        ("x = (a for a in b)", code.Comprehension, ["(a for a in b)"]),
        ("x = ((a.b))", code.Attribute, ["a.b"]),
        ("x = a[1:2, ...]", code.Slice, ["1:2"]),
        ("\n\nx = 'a' \\\n  'b'", code.Const, ["'a' \\\n  'b'"]),
        ("x = f'{a:>{b}}{c}'", code.Name, ["x", "a", "b", "c"]),
        ("def f(a, b=-1): return a; x", code.Return, ["return a"]),
    ],
)
def test_what_a_span_covers(text: str, kind: type[object], expected: list[str]) -> None:
    assert text_at(text, kind) == expected


def test_numbers_that_do_not_exist_are_left_out() -> None:
    found = outline(Source("a.py", "x = f(1)"))
    assert isinstance(found, Outline)
    assert locate(found.segments[0], [-1, 99], "a.py") == {}
    assert locate(found.segments[0], [], "a.py") == {}
    assert locate(found.segments[0], [2], "b.py") == {2: Span("b.py", 1, 5, 1, 9)}
    assert source_text(Source("a.py", "x"), Span("a.py", 5, 1, 5, 2)) == ""
