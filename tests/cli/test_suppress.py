"""Suppression comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.diagnostics import Applicability, Diagnostic
from initlint.engine import check_files
from initlint.ir.place import Span
from initlint.selection import selected_codes
from initlint.suppress import apply, parse
from initlint.syntax.comments import comments
from initlint.syntax.edit import apply_edits
from initlint.syntax.source import Source, read_source
from tests.cli.conftest import Run, finding

ALL = frozenset({"IL101", "IL201", "IL301", "IL601"})


def outcome(text: str, *found: Diagnostic, judged: frozenset[str] = ALL, complete: bool = True) -> tuple[list, tuple]:
    parsed = parse("net.py", comments(Source("net.py", text)))
    applied = apply("net.py", found, parsed, judged, complete)
    return [diagnostic.code for diagnostic in applied.kept], applied.facts.comments


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
        "# initlint: skip_file  generated",
        "# initlint: ignore-file",
        "# initlint: ignore-file[IL2]",
        "# initlint: disable[IL201]",
        "# initlint: disable",
        "# noqa: IL201",
        "# noqa:E501,IL201 since the norm comes later",
        "# NoQA: il201",
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
        "x = 1  # initlint: ignore-next",
        "x = 1  # initlint: disable=IL201",
        "x = 1  # initlint: disable[IL101]",
        "x = 1  # initlint: enable",
        "x = '# initlint: ignore'",
        "x = 1\n# initlint: ignore",
        "x = '''\n# initlint: skip-file\n'''",
        "x = 1  # noqa",
        "x = 1  # noqa: E501",
        "x = 1  # noqa: IL2010",
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
    assert found("--select", "IL0", "--ignore", "IL006") == ["8 IL003"]
    assert found("--ignore", "IL0") == ["2 IL601"]


def test_skip_file_hides_even_a_syntax_error(work: Path, run: Run) -> None:
    (work / "net.py").write_text("x = = 1\n# initlint: skip-file\ny = 2  # initlint: ignore\n")
    assert run("net.py").exit_code == 0


def test_comments_of_a_file_that_cannot_be_judged_are_not_called_unused(work: Path, run: Run) -> None:
    (work / "net.py").write_text("x = = 1\ny = 2  # initlint: ignore[IL201]\nz = 2  # initlint: ignore\n")
    output = run("--format", "concise", "net.py").stdout
    assert "IL001" in output
    assert "IL002" not in output


def test_the_next_line() -> None:
    text = "# initlint: ignore-next-line[IL201] normalised behind it\nx = 1\nx = 2\n"
    assert outcome(text, *(finding(line=line) for line in (1, 2, 3)))[0] == ["IL201", "IL201"]
    spread = finding(span=Span("net.py", 2, 1, 4, 2))
    assert outcome(text, spread)[0] == []
    assert outcome("x = [\n# initlint: ignore-next-line\n]\n", finding(span=Span("net.py", 1, 1, 3, 2)))[0] == ["IL201"]


def test_blocks() -> None:
    text = (
        "1\n# initlint: disable[IL201, IL101] a zoo of faults\n3\n# initlint: enable[IL201]\n5\n"
        "# initlint: disable\n7\n# initlint: enable\n9\n"
    )
    found = [finding(line=line, code=code) for line in range(1, 10, 2) for code in ("IL101", "IL201")]
    parsed = parse("net.py", comments(Source("net.py", text)))
    applied = apply("net.py", found, parsed, ALL, True)
    kept = [(each.span.line, each.code) for each in applied.kept]
    assert kept == [(1, "IL101"), (1, "IL201"), (5, "IL201"), (9, "IL101"), (9, "IL201")]
    assert {reason for each, reason in applied.hidden if each.span.line == 3} == {"a zoo of faults"}
    assert all(each.used and not each.unused_names for each in applied.facts.comments)


def test_blocks_without_effect() -> None:
    text = "# initlint: enable[IL201]\n# initlint: disable[IL201]\nx = 1\n# initlint: enable\n# initlint: enable\n"
    assert [each.used for each in outcome(text)[1]] == [False] * 4
    hides = outcome(text, finding(line=3))[1]
    assert [each.used for each in hides] == [False, True, True, False]
    assert [each.used for each in outcome(text, judged=frozenset({"IL101"}))[1][1:3]] == [False, True]


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# initlint: ignore[IL201] since the norm comes later", "since the norm comes later"),
        ("# initlint: ignore[IL201]: it is scaled  # noqa", "it is scaled"),
        ("# initlint: ignore -- DeepNorm", "DeepNorm"),
        ("# initlint: skip-file – generated", "generated"),
        ("# initlint: ignore[IL201]", ""),
    ],
)
def test_reasons(comment: str, reason: str) -> None:
    parsed = parse("net.py", comments(Source("net.py", f"x = 1  {comment}\n")))
    ((_, given),) = apply("net.py", [finding()], parsed, ALL, True).hidden
    assert given == reason


def cleared(text: str) -> str:
    """The text with the fixes of what is wrong with its comments, which must be all of it."""
    data = text.encode()
    codes = selected_codes((), ())

    def found(data: bytes) -> list[Diagnostic]:
        return [each for each in check_files(["net.py"], codes, overlay={"net.py": data}).diagnostics if each.fix]

    edits = [edit for each in found(data) for edit in each.fix.edits if each.code != "IL601"]  # type: ignore[union-attr]
    assert {each.fix.applicability for each in found(data) if each.fix} <= {Applicability.SAFE}
    source = read_source("net.py", data)
    assert isinstance(source, Source)
    fixed = apply_edits(source, edits)
    assert [each for each in found(fixed) if each.code != "IL601"] == []
    return fixed.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # initlint: ignore\n", "x = 1\n"),
        ("x = 1  # initlint: ignore[IL101, zero-init] as it is", "x = 1"),
        ("x = 1\t# type: ignore  # initlint: ignore[IL101] why  # noqa\n", "x = 1\t# type: ignore  # noqa\n"),
        ("x = 1  # initlint: ignore[IL101] why  # noqa\n", "x = 1  # noqa\n"),
        ("x = 1  # the layer # initlint: ignore[IL999] why\n", "x = 1  # the layer\n"),
        ("y = 1\n    # initlint: ignore-next-line[IL101]\nx = 1\n", "y = 1\nx = 1\n"),
        ("y = 1\r\n# initlint: disable\r\nx = 1\r\n# initlint: enable\r\n", "y = 1\r\nx = 1\r\n"),
        ("y = 1\n  # initlint: ignore-file[IL101]", "y = 1\n"),
        ("nn.init.normal(w)  # initlint: ignore[IL1, IL6] a\n", "nn.init.normal(w)  # initlint: ignore[IL6] a\n"),
        ("w = nn.init.normal(w)  # noqa: IL101, E501,IL601\n", "w = nn.init.normal(w)  # noqa: E501, IL601\n"),
        ("x = 1  # noqa: IL101, E501 why\n", "x = 1  # noqa: E501 why\n"),
        ("x = 1  # noqa: IL101\n", "x = 1\n"),
    ],
)  # fmt: skip
def test_what_does_nothing_is_taken_out(before: str, after: str) -> None:
    head = "from torch import nn\n"
    assert cleared(head + before) == head + after


def test_hidden_findings_are_kept_for_those_who_ask() -> None:
    text = b"from torch import nn\nw = nn.init.normal(w)  # initlint: ignore[IL601] torch 0.3\n"
    report = check_files(["net.py"], selected_codes((), ()), overlay={"net.py": text})
    assert report.diagnostics == ()
    ((diagnostic, kind, reason),) = [(each.diagnostic, each.kind, each.reason) for each in report.suppressed]
    assert (diagnostic.code, kind, reason) == ("IL601", "inSource", "torch 0.3")
