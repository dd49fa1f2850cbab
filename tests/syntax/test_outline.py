"""The top level of modules, nasty ones included."""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import threading
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initlint.syntax.locate import locate
from initlint.syntax.lower import LoweringError, lower
from initlint.syntax.outline import Outline, Segment, SyntaxIssue, outline
from initlint.syntax.source import Source


def split(text: str) -> tuple[Segment, ...]:
    found = outline(Source("a.py", text))
    assert isinstance(found, Outline), found
    return found.segments


def issue(text: str) -> SyntaxIssue:
    found = outline(Source("a.py", text))
    assert isinstance(found, SyntaxIssue)
    return found


def test_segments_are_whole_lines_with_their_decorators() -> None:
    text = "'''doc'''\nimport a; x = 1\n\n# note\n@d(\n  1)\n@e\nclass C(\n  B):\n    y = 2\n\ny = '''\n'''; z = 3\n"
    found = split(text)
    assert [(one.number, one.first, one.last) for one in found] == [(0, 1, 1), (1, 2, 2), (2, 5, 10), (3, 12, 13)]
    assert found[1].text == "import a; x = 1\n"
    assert found[1].kinds == ("import", "assign")
    assert found[2].text.startswith("@d(") and found[2].text.endswith("y = 2\n")
    assert found[3].names == ("y", "z")


@pytest.mark.parametrize(
    ("text", "kinds", "names"),
    [
        ("import a.b", ("import",), ("a",)),
        ("import a.b as c, d", ("import",), ("c", "d")),
        ("from . import a as b, c", ("import",), ("b", "c")),
        ("x = y[0] = (a, *b), [c.d] = z", ("assign",), ("x", "a", "b")),
        ("x += 1", ("assign",), ("x",)),
        ("x: int", ("assign",), ("x",)),
        ("f(x := 1, lambda: (y := 2))", ("other",), ("x",)),
        ("if a:\n  x = 1\nelif b:\n  def f(): z = 1\nelse:\n  class C: w = 1", ("other", "assign", "function", "class"),
         ("x", "f", "C")),
        ("try:\n  import a\nexcept E as e:\n  a = None\nelse:\n  b = 1\nfinally:\n  c = 1",
         ("other", "import", "assign"),
         ("a", "b", "c")),
        ("for i, j in x:\n  y = i\nelse:\n  z = 1", ("other", "assign"), ("i", "j", "y", "z")),
        ("with a as b, c as (d, e):\n  x = 1", ("other", "assign"), ("b", "d", "e", "x")),
        ("while (n := f()):\n  pass", ("other",), ("n",)),
        ("match x:\n  case [a, *b] | {**b}:\n    c = 1", ("other", "assign"), ("a", "b", "c")),
        ("def f(): x = 1", ("function",), ("f",)),
        ("async def f(): x = 1", ("function",), ("f",)),
    ],
)  # fmt: skip
def test_what_a_segment_binds(text: str, kinds: tuple[str, ...], names: tuple[str, ...]) -> None:
    (segment,) = split(text)
    assert segment.kinds == kinds
    assert sorted(segment.names) == sorted(names)
    assert pickle.loads(pickle.dumps(segment)) == segment


def test_bases_are_dotted_names() -> None:
    (segment,) = split("class A(nn.Module, Generic[T], f(x), B, metaclass=M): pass")
    assert [tuple(head) for head in segment.classes] == [("A", ("nn.Module", "Generic", "B"))]


def test_a_star_import_is_marked() -> None:
    (segment,) = split("from a import *")
    assert segment.star and segment.names == ()


def test_no_warnings_reach_the_user_and_settings_come_back() -> None:
    limit, collecting = sys.getrecursionlimit(), gc.isenabled()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (segment,) = split("x = '\\d' is 1\n")
        lower(segment)
    assert (sys.getrecursionlimit(), gc.isenabled()) == (limit, collecting)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "\x0c\n", "   \n\t\n", "'''doc'''"])
def test_next_to_nothing(text: str) -> None:
    for segment in split(text):
        assert lower(segment) == ()


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x = 1\nprint 'hello'\n", 2, 1),
        ("x = (1\n", 1, 5),
        ("class A:\n    def f(self):\n  x\n", 3, 4),
        ("é = '", 1, 5),
        ("x = $\n", 1, 5),
    ],
)
def test_what_is_not_python_gives_one_line_and_a_place(text: str, line: int, column: int) -> None:
    found = issue(text)
    assert "\n" not in found.message and found.message[0] == found.message[0].lower()
    assert found.line == line
    assert abs(found.column - column) <= 2  # it differs a little between Python versions


NEWER = """
import a.b
type X[T] = list[T]
@d
class C[T: int](nn.Module):
    def f[*A](self): return f"{a["b"]}"
if a:
    def g[T](x): pass
    y, z = 1, 2
for i in x: pass
"""


def test_syntax_newer_than_the_running_python_is_read() -> None:
    found = split(NEWER)
    assert [(one.first, one.last) for one in found] == [(2, 2), (3, 3), (4, 6), (7, 9), (10, 10)]
    assert [one.names for one in found] == [("a",), ("X",), ("C",), ("g", "y", "z"), ("i",)]
    assert found[2].kinds == ("class",) and found[2].classes == (("C", ("nn.Module",)),)
    for segment in found:
        assert lower(segment)


DEEP = {
    "brackets": lambda n: "x = " + "(" * n + "1" + ")" * n,
    "lists": lambda n: "x = " + "[" * n + "]" * n,
    "calls": lambda n: "f(" * n + "1" + ")" * n,
    "minus": lambda n: "-" * n + "1",
    "attributes": lambda n: "a" + ".b" * n,
    "sums": lambda n: "1" + "+1" * n,
    "and": lambda n: "x" + " and x" * n,
    "strings": lambda n: "x = (" + "'a'\n" * n + ")",
    "elif": lambda n: "if x:\n pass\n" + "elif x:\n pass\n" * n,
    "lambda": lambda n: "lambda: " * n + "1",
    "comprehension": lambda n: "[x " + "for x in y " * n + "]",
    "import": lambda n: "import a" + ".b" * n,
    "decorator": lambda n: "@a" + ".b" * n + "\ndef f(): pass",
    "blocks": lambda n: "".join(" " * i + "if x:\n" for i in range(min(n, 2000))) + " " * min(n, 2000) + "pass",
    "newer": lambda n: "type X = int\nx = " + "-" * n + "1",
    "open": lambda n: "(" * n,
}


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("depth", [90, 550, 2000, 20000])
@pytest.mark.parametrize("small_stack", [False, True])
def test_depth_never_crashes(name: str, depth: int, small_stack: bool) -> None:
    messages: list[str] = []

    def read() -> None:
        found = outline(Source("a.py", DEEP[name](depth)))
        if isinstance(found, SyntaxIssue):
            messages.append(found.message)
            return
        for segment in found.segments:
            try:
                lower(segment)
                locate(segment, [0], "a.py")
            except LoweringError as error:
                messages.append(str(error))

    if small_stack:
        former = threading.stack_size(256 << 10)
        thread = threading.Thread(target=read)
        thread.start()
        threading.stack_size(former)
        thread.join()
    else:
        read()
    if depth == 90:
        assert not messages or name == "open"
    elif depth >= 2000:
        assert messages and (messages == ["nested too deeply to be read"] or name == "newer")


def test_very_deep_text_does_not_crash_the_process() -> None:
    program = (
        "from initlint.syntax.outline import outline; from initlint.syntax.source import Source\n"
        "for text in ('(' * 100000 + ')' * 100000, '-' * 100000 + '1', 'a' + '.b' * 100000, 'f(' * 100000):\n"
        "    print(outline(Source('a.py', text)).message)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["nested too deeply to be read"] * 4


def test_reading_an_outline_does_not_import_libcst() -> None:
    program = (
        "import sys\nimport initlint.syntax.lower, initlint.syntax.locate\n"
        "import initlint.syntax.edit, initlint.syntax.calls\n"
        "from initlint.syntax.outline import outline; from initlint.syntax.source import Source\n"
        "outline(Source('a.py', 'x = 1'))\nassert 'libcst' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@given(st.text(alphabet="xf =()[]{}:,.+-*'\"#\n\t \\@;1lambda if", max_size=60))
def test_any_text_gives_an_outline_or_an_issue(text: str) -> None:
    found = outline(Source("a.py", text))
    if isinstance(found, SyntaxIssue):
        assert found.line >= 1 and found.column >= 1
        return
    lines = text.split("\n")
    for segment in found.segments:
        assert segment.text.rstrip("\n") == "\n".join(lines[segment.first - 1 : segment.last]).rstrip("\n")
        try:
            lower(segment)
        except LoweringError as error:
            assert "\n" not in str(error)
