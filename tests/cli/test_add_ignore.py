"""``--add-ignore``: afterwards nothing is found, and the code is what it was."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEAD = "from torch import nn\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("nn.init.normal(w)\n", "nn.init.normal(w)  # initlint: ignore[IL601] why\n"),
        ("nn.init.normal(w)   ", "nn.init.normal(w)  # initlint: ignore[IL601] why"),
        ("nn.init.normal(w)  # noqa\r\n", "nn.init.normal(w)  # noqa  # initlint: ignore[IL601] why\r\n"),
        (
            "nn.init.normal(w)  # initlint: ignore[IL101] gate\n",
            "nn.init.normal(w)  # initlint: ignore[IL101, IL601] gate\n",
        ),
        ("nn.init.normal(\n    w\n)\n", "nn.init.normal(\n    w\n)  # initlint: ignore[IL601] why\n"),
        (
            "if 1:\n    x = nn.init.normal(w) + \\\n        1\n",
            "if 1:\n    # initlint: ignore-next-line[IL601] why\n    x = nn.init.normal(w) + \\\n        1\n",
        ),
        (
            'x = nn.init.normal(w), """\n"""; nn.init.normal(w)\n',
            "# initlint: ignore-next-line[IL601] why\n"
            'x = nn.init.normal(w), """\n"""; nn.init.normal(w)  # initlint: ignore[IL601] why\n',
        ),
        ("nn.init.normal(w); f(1)\n", "nn.init.normal(w); f(1)  # initlint: ignore[IL601] why\n"),
    ],
)  # fmt: skip
def test_where_comments_go(work: Path, run: Run, before: str, after: str) -> None:
    path = work / "net.py"
    path.write_bytes((HEAD + before).encode())
    result = run("--add-ignore=why", "--ignore", "IL002", ".")
    assert path.read_bytes().decode() == HEAD + after
    assert result.exit_code == 0 and result.stderr.endswith(" in 1 file\n")
    assert ast.dump(ast.parse(path.read_bytes())) == ast.dump(ast.parse(HEAD + before))
    assert run("--ignore", "IL002", ".").exit_code == 0


def test_what_has_no_place_stays_reported(work: Path, run: Run) -> None:
    text = HEAD + "x = \\\n    nn.init.normal(w) + \\\n    1\ny = 1  # initlint: ignore\nnn.init.normal(w)\n"
    (work / "net.py").write_text(text)
    (work / "broken.py").write_text("x = = 1\n")
    result = run("--add-ignore", "--format", "concise", ".")
    assert [line.split(" ")[1] for line in result.stdout.splitlines()[:-1]] == ["IL001", "IL601", "IL002"]
    assert result.exit_code == 1 and "Suppressed 1 finding in 1 file\n" in result.stderr
    assert (work / "net.py").read_text() == text.replace("normal(w)\n", "normal(w)  # initlint: ignore[IL601]\n")


def test_the_option_takes_no_path_for_a_reason(work: Path, run: Run) -> None:
    (work / "a.py").write_text(HEAD + "nn.init.normal(w)\n")
    assert run("--add-ignore", "a.py", "-q").exit_code == 0
    assert (work / "a.py").read_text().endswith("# initlint: ignore[IL601]\n")


@pytest.mark.parametrize("arguments", [["--add-ignore=a # b", "."], ["--add-ignore=a\nb", "."], ["--add-ignore", "-"]])
def test_usage(work: Path, run: Run, arguments: list[str]) -> None:
    result = run(*arguments, input="")
    assert result.exit_code == 2 and "--add-ignore" in result.stderr


def test_a_file_that_cannot_be_written(work: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (work / "a.py").write_text(HEAD + "nn.init.normal(w)\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run("--add-ignore", ".")
    assert (result.exit_code, result.stderr) == (2, "Error: a.py: no space left on device\n")
