"""No input breaks it: a clear diagnostic for the file at most, never a traceback, a hang, or a lost finding."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from initlint.cli import app
from initlint.diagnostics import Diagnostic
from initlint.engine import Report, check_files
from initlint.selection import selected_codes
from tests.cli.conftest import FAULTY

NET = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
{body}

    def forward(self, x):
        return x
"""


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Lints files of those bytes beside a faulty one, whose finding must always be there."""
    monkeypatch.chdir(tmp_path)

    def run(*contents: bytes | str) -> Report:
        names = []
        for number, content in enumerate(contents):
            data = content.encode("utf-8") if isinstance(content, str) else content
            (tmp_path / f"bad{number}.py").write_bytes(data)
            names.append(f"bad{number}.py")
        (tmp_path / "other.py").write_text(FAULTY)
        return check_files([*names, "other.py"], selected_codes((), ()))

    return run


def others(report: Report) -> list[Diagnostic]:
    """The findings outside of the faulty file, after making sure that its own is there and nothing failed."""
    assert report.failures == ()
    assert [each.code for each in report.diagnostics if each.span.path == "other.py"] == ["IL601"]
    return [each for each in report.diagnostics if each.span.path != "other.py"]


def codes(report: Report) -> list[str]:
    return [each.code for each in others(report)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xef\xbb\xbf",
        b"   \t\n\f\n",
        b"# only a comment",
        "import torch.nn as nn\nx = '\u2028\u2029\x0c'\n".encode(),
        b"# -*- coding: latin-1 -*-\nimport torch\nx = '\xe9'\n",
    ],
)
def test_odd_but_right(check: Callable[..., Report], data: bytes) -> None:
    assert codes(check(data)) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"import torch\nx = '\xe9'\n", "IL004"),
        (b"\xff\xfei\x00m\x00", "IL004"),
        (b"import torch\n\x00\n", "IL004"),
        (b"\x00", "IL004"),
        (b"# coding: nonsense\nimport torch\n", "IL004"),
        (b"# coding: rot13\nimport torch\n", "IL004"),
        (b"\xef\xbb\xbf# coding: latin-1\nimport torch\n", "IL004"),
        (b"import torch\nx = = 1\n", "IL001"),
        (b"import torch\nif x:\n\ty = 1\n        z = 2\n", "IL001"),
        (b"import torch\nprint 'python 2'\n", "IL001"),
        (b"import torch\nraise ValueError, 'python 2'\n", "IL001"),
        (b"import torch\nexec 'python 2' in x\n", "IL001"),
        (b"import torch\nx = 0777\n", "IL001"),
        (b"import torch\nx = '''", "IL001"),
        (b"import torch\nx = (", "IL001"),
        (b"import torch\n<<<<<<< HEAD\n", "IL001"),
        (b"import torch\nx = 1\\", "IL001"),
        (b"x = = 1\n", "IL001"),
    ],
)
def test_one_clear_finding(check: Callable[..., Report], data: bytes, code: str) -> None:
    assert codes(check(data)) == [code]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_move_nothing(check: Callable[..., Report], newline: str, bom: bytes) -> None:
    (found,) = others(check(bom + FAULTY.replace("\n", newline).encode()))
    assert (found.code, found.span.line, found.span.column, found.span.end_column) == ("IL601", 5, 5, 37)


def test_columns_count_characters(check: Callable[..., Report]) -> None:
    text = "from torch import nn\nif 1:\n\tx = '層é😀'; nn.init.xavier_uniform(w)\n"
    (found,) = others(check(text))
    assert found.span.column == text.splitlines()[2].index("nn.init") + 1


def test_long_generated_files(check: Callable[..., Report]) -> None:
    lines = "".join(f"value_{number} = {number}\n" for number in range(50_000))
    assert codes(check(lines + FAULTY)) == ["IL601"]
    body = "".join(f"        self.fc{number} = nn.Linear(8, 8)\n" for number in range(5_000))
    assert codes(check(NET.format(body=body))) == []


def test_what_only_the_compiler_refuses(check: Callable[..., Report]) -> None:
    text = "from torch import nn\ntry:\n    x = nn.ReLU()\nexcept:\n    pass\nexcept ValueError:\n    pass\n"
    assert codes(check(text, NET.format(body="        try: pass\n        except: pass\n        except E: pass"))) == []


def test_long_lines(check: Callable[..., Report]) -> None:
    text = "from torch import nn\nx = [" + "1, " * 100_000 + "]; nn.init.xavier_uniform(w)\n"
    (found,) = others(check(text))
    assert found.span.column == text.splitlines()[1].index("nn.init") + 1


DEEP = 2_000


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 150 + "1" + ")" * 150,
        "(" * DEEP + "1" + ")" * DEEP,
        "[" * DEEP + "]" * DEEP,
        "f(" * DEEP + ")" * DEEP,
        "-" * DEEP + "1",
        "not " * DEEP + "1",
        " + ".join(["1"] * DEEP),
        "x" + ".y" * DEEP,
        "x" + "[0]" * DEEP,
        "x" + "()" * DEEP,
        "lambda: " * DEEP + "1",
        "1 if 1 else " * DEEP + "1",
        "f'{" * 100 + "1" + "}'" * 100,
        "nn.Sequential(" * DEEP + "nn.ReLU()" + ")" * DEEP,
    ],
    ids=lambda text: text[:12],
)
def test_deep_nesting(check: Callable[..., Report], expression: str) -> None:
    report = check(f"from torch import nn\nx = {expression}\n", NET.format(body=f"        self.x = {expression}"))
    # Python itself refuses some of these, each in its own version.
    assert set(codes(report)) <= {"IL001", "IL004"}


def test_deep_blocks(check: Callable[..., Report]) -> None:
    for depth in (50, 99, 150, DEEP):
        block = "".join(" " * number + "if x:\n" for number in range(depth)) + " " * depth + "y = 1\n"
        assert set(codes(check("from torch import nn\n" + block))) <= {"IL001", "IL004"}
    chain = "if x:\n  y = 1\n" + "elif x:\n  y = 1\n" * DEEP
    assert set(codes(check("from torch import nn\n" + chain))) <= {"IL001", "IL004"}


@pytest.mark.parametrize(
    "body",
    [
        "        self.inner = Net()",
        "        self.inner = type(self)()",
        "        self.inner = self",
        "        self.inner = Other()",
        "        self.build()\n\n    def build(self):\n        self.build()",
        "        self.one()\n\n    def one(self):\n        self.two()\n\n    def two(self):\n        self.one()",
        "        while True:\n            self.x = nn.Linear(2, 2)",
        "        while True:\n            pass",
        "        for _ in iter(int, 1):\n            self.x = nn.Linear(2, 2)",
        "        layers = [nn.Linear(2, 2)]\n        for layer in layers:\n            layers.append(layer)",
        "        n = 1\n        while n:\n            n += 1",
        "        self.x = nn.ModuleList([nn.Linear(2, 2) for _ in range(10**9)])",
        "        self.x = [nn.Linear(2, 2)] * 10**12",
        "        self.x = 'a' * 10**12",
        "        self.x = nn.Linear(10**10**10, 9**9**9**9)",
        "        self.x = 2 << 10**12",
        "        self.x = nn.Linear(-1, 0)\n        self.y = nn.Conv2d(0, 0, 0, 0, 0, 0)",
        "        self.x = list(range(10**12))",
        "        import torch\n        self.x = torch.arange(1e400), torch.arange(10**400), torch.arange(0, 1, 1e-400)",
        "        x = []\n        x.append(x)\n        self.x = x\n        self.y = nn.ModuleList(x)",
        "        f = lambda f: f(f)\n        f(f)",
        "        self.x = (lambda n: [n] * n)(10**9)",
        "        self.apply(self.apply)",
        "        for m in self.modules():\n            self.add_module('x' + str(m), nn.Linear(2, 2))",
        "        self.x = nn.Linear(1e400, float('nan'))\n        nn.init.normal_(self.x.weight, std=1 / 0)",
        "        raise ValueError",
        "        del self.x\n        self.x.y.z = 3",
        "        self.__dict__.update(locals())\n        exec('x = 1')\n        globals()['Net'] = None",
    ],
)
def test_endless_and_enormous_constructors(check: Callable[..., Report], body: str) -> None:
    other = "\n\nclass Other(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.x = Net()\n"
    assert set(codes(check(NET.format(body=body) + other))) <= {"IL101", "IL401", "IL402"}


@pytest.mark.parametrize(
    "text",
    [
        "class A(A): pass",
        "class A(B): pass\nclass B(A): pass",
        "class A(nn.Module, A.B): pass",
        "class A(*bases, **kw): pass",
        "class A(A(A)): pass",
        "from bad0 import *\nfrom bad0 import A\nimport bad0\n\nclass C(bad0.C): pass",
        "def f(): return f()\n\nclass A(f()): pass\n\nx = f()",
        "def f(x=f): return x\n\nf = f(f)",
        "nn = nn\nnn.Module = nn\n\nclass A(nn.Module): pass",
        "x = nn.Sequential()\nx.append(x)\n\nclass A(nn.Module):\n    def __init__(self):\n        self.x = x",
        "@property\n@staticmethod\nclass A(nn.Module):\n    __init__ = 3\n    forward = None",
        "class A(nn.Module):\n    def __init__(): pass\n    def forward(): pass",
        "class A(nn.Module):\n    def __init__(self, *, a, b=1, **c): self.x = nn.Linear(a, b, **c)",
        "class A(nn.Module):\n    def __init__(self): self.x = nn.Linear(2, 2)\n    def forward(self, x):\n"
        "        return x + nn.functional.linear(gone, self.x.weight, bias=self.x.bias)",
    ],
)
def test_circular_and_twisted_definitions(check: Callable[..., Report], text: str) -> None:
    assert codes(check("from torch import nn\n" + text + "\n")) == []


def test_endless_forwards(check: Callable[..., Report]) -> None:
    text = NET.format(body="        self.fc = nn.Linear(2, 2)").replace("return x", "return self.forward(self.fc(x))")
    assert codes(check(text)) == []
    text = NET.format(body="        self.fc = nn.Linear(2, 2)").replace(
        "return x", "while x.sum() > 0:\n            x = self.fc(x)\n        return x"
    )
    assert codes(check(text)) == []


def test_files_that_go_away(check: Callable[..., Report], tmp_path: Path) -> None:
    check()
    (tmp_path / "broken.py").symlink_to("nowhere.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "folder.py").mkdir()
    names = ["gone.py", "broken.py", "loop.py", "folder.py", "other.py"]
    report = check_files(names, selected_codes((), ()))
    assert [(each.span.path, each.code) for each in others(report)] == [
        (name, "IL004") for name in ("broken.py", "folder.py", "gone.py", "loop.py")
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user that may not read everything")
def test_files_without_permission(check: Callable[..., Report], tmp_path: Path) -> None:
    check()
    (tmp_path / "secret.py").touch(mode=0)
    report = check_files(["secret.py", "other.py"], selected_codes((), ()))
    assert codes(report) == ["IL004"]


def test_a_file_without_permission_as_any_user(
    check: Callable[..., Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check()
    real = open

    def refuse(path: object, *rest: object, **named: object) -> object:
        if str(path).endswith("secret.py"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    (tmp_path / "secret.py").touch()
    report = check_files(["secret.py", "other.py"], selected_codes((), ()))
    (found,) = others(report)
    assert found.code == "IL004"
    assert "permission denied" in found.message


def test_pipes_beside_a_file(check: Callable[..., Report], tmp_path: Path) -> None:
    """The neighbours of a file that defines an init are read for what calls it; a pipe would never end."""
    os.mkfifo(tmp_path / "pipe.py")
    report = check("from torch import nn\n\ndef init_weights(m):\n    nn.init.zeros_(m.bias)\n")
    assert [each.code for each in report.diagnostics if each.span.path != FAULTY and each.code == "IL402"] == ["IL402"]


def test_everything_at_once_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_bytes(b"\xff")
    (tmp_path / "b.py").write_text("x = = 1\n")
    (tmp_path / "c.py").mkdir()
    (tmp_path / "c.py/d.py").write_text(FAULTY)
    (tmp_path / "e.py").symlink_to("nowhere.py")
    (tmp_path / "f.py").write_text("")
    result = CliRunner().invoke(app, ["--format", "concise", ".", "e.py", "gone.py"])
    assert result.exit_code == 2
    assert [line.split(" ")[1] for line in result.stdout.splitlines()[:-1]] == ["IL004", "IL001", "IL601", "IL004"]
    assert "gone.py" in result.stderr
