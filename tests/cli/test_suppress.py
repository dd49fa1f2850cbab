"""Suppression comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.diagnostics import Diagnostic
from initlint.ir.place import Span
from initlint.suppress import apply, parse
from initlint.syntax.comments import comments
from initlint.syntax.source import Source
from tests.cli.conftest import Run, finding

ALL = frozenset({"IL101", "IL201", "IL301", "IL601"})


def outcome(text: str, *found: Diagnostic, judged: frozenset[str] = ALL, complete: bool = True) -> tuple[list, tuple]:
    parsed = parse("net.py", comments(Source("net.py", text)))
    kept, facts = apply("net.py", found, parsed, judged, complete)
    return [diagnostic.code for diagnostic in kept], facts.comments


@pytest.mark.parametrize(
    "comment",
    [
        "# initlint: ignore",
        "# initlint: ignore[IL201]",
        "# initlint: ignore[il201]",
        "# initlint: ignore[xavier-before-relu]",
        "# initlint: ignore[IL2]",
        "# initlint: ignore[IL101, IL201]",
        "# initlint: ignore[ IL101 IL201 , ]",
        "# initlint:ignore[IL201]",
        "#initlint: ignore [IL201]",
        "# INITLINT: IGNORE[IL201]",
        "# type: ignore  # initlint: ignore[IL201]  # noqa",
        "# type: ignore  # initlint: ignore",
        "# initlint: ignore[IL201] since the norm comes later",
        "# initlint: ignore, since the norm comes later",
        "# initlint: skip-file",
    ],
)
def test_what_suppresses(comment: str) -> None:
    assert outcome(f"x = 1  {comment}\n", finding())[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # initlint: ignore[IL101]",
        "x = 1  # initlint: ignore[nonsense]",
        "x = 1  # initlint: ignore[IL201",
        "x = 1  # initlint: ignore(IL201)",
        "x = 1  # initlint: ignore[]",
        "x = 1  # initlint: ignored",
        "x = 1  # initlint: ignore-next-line",
        "x = 1  # initlint: disable=IL201",
        "x = '# initlint: ignore'",
        "x = 1\n# initlint: ignore",
        "x = '''\n# initlint: skip-file\n'''",
        "x = 1  # noqa: IL201",
    ],
)
def test_what_does_not(text: str) -> None:
    assert outcome(text, finding())[0] == ["IL201"]


@pytest.mark.parametrize("text", ["ignore[IL201", "ignore(IL201)", "ignore[]", "disable=IL201", "noqa", "ignore-next"])
def test_attempts_are_reported(text: str) -> None:
    (comment,) = outcome(f"x = 1  # initlint: {text}\n")[1]
    assert comment.unknown_names == comment.names
    assert comment.span.column == 8


def test_the_last_line_of_an_expression_counts_and_those_between_do_not() -> None:
    spread = finding(span=Span("net.py", 1, 1, 4, 2))
    assert outcome("f(\n    a,\n    b,\n)  # initlint: ignore\n", spread)[0] == []
    assert outcome("f(\n    a,  # initlint: ignore\n    b,\n)\n", spread)[0] == ["IL201"]


def test_what_the_comments_did() -> None:
    text = "x = 1  # initlint: ignore[IL201, IL101, IL999]\ny = 2  # initlint: ignore\n"
    first, second = outcome(text, finding())[1]
    assert (first.used, first.unused_names, first.unknown_names) == (True, ("IL101",), ("IL999",))
    assert first.span == Span("net.py", 1, 8, 1, 47)
    assert not second.used


def test_nothing_is_called_unused_for_a_rule_that_did_not_run() -> None:
    text = "x = 1  # initlint: ignore[IL101]\ny = 2  # initlint: ignore\n"
    named, bare = outcome(text, judged=frozenset({"IL201"}), complete=False)[1]
    assert (named.unused_names, bare.used) == ((), True)


def test_in_a_run(work: Path, run: Run) -> None:
    line = "nn.init.xavier_uniform(w)"
    (work / "net.py").write_text(
        f"from torch import nn\n{line}\n{line}  # initlint: ignore\n{line}  # initlint: ignore[deprecated-init]\n"
        "x = 1  # initlint: ignore[IL601]\nx = 1  # initlint: ignore\nx = 1  # initlint: ignore[IL601,IL002]\n"
        "x = 1  # initlint: ignore[IL999]\n"
    )

    def found(*arguments: str) -> list[str]:
        lines = run("--format", "concise", "--quiet", *arguments, "net.py").stdout.splitlines()
        return [f"{line.split(':')[1]} {line.split()[1]}" for line in lines]

    assert found() == ["2 IL601", "5 IL002", "6 IL002", "8 IL003"]
    assert found("--select", "IL6") == ["2 IL601"]
    assert found("--select", "IL0") == ["8 IL003"]
    assert found("--ignore", "IL0") == ["2 IL601"]


def test_skip_file_hides_even_a_syntax_error(work: Path, run: Run) -> None:
    (work / "net.py").write_text("x = = 1\n# initlint: skip-file\ny = 2  # initlint: ignore\n")
    assert run("net.py").exit_code == 0


def test_comments_of_a_file_that_cannot_be_judged_are_not_called_unused(work: Path, run: Run) -> None:
    (work / "net.py").write_text("x = = 1\ny = 2  # initlint: ignore[IL201]\nz = 2  # initlint: ignore\n")
    output = run("--format", "concise", "net.py").stdout
    assert "IL001" in output
    assert "IL002" not in output
