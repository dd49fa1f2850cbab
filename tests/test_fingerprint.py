"""Fingerprints stay when lines move, and tell findings apart."""

from __future__ import annotations

from dataclasses import replace

from initlint.diagnostics import Diagnostic, Severity
from initlint.fingerprint import fingerprints
from initlint.ir.place import Span
from tests.cli.conftest import finding

TEXT = ["a = zeros(w)", "b = zeros(w)", "zeros( w )  # once more", ""]


def names(*found: Diagnostic, text: list[str] = TEXT, root: str = ".") -> list[str]:
    return fingerprints(found, lambda span: text[span.line - 1] if span.line <= len(text) else None, root)


def at(line: int, column: int, end: int, **changes: object) -> Diagnostic:
    return finding(span=Span("net.py", line, column, line, end), **changes)


def test_they_stay_when_lines_move_and_words_change() -> None:
    [name] = names(at(1, 5, 13))
    assert len(name) == 32
    assert int(name, 16)
    moved = ["# one", "# more", "    a = zeros(w)  # why"]
    assert names(at(3, 9, 17, message="other", severity=Severity.INFO), text=moved) == [name]
    assert names(at(1, 5, 14), text=["a = zeros( w)"]) != [name]
    assert names(at(1, 5, 14), text=["a = zeros(  w)"]) == names(at(1, 5, 14), text=["a = zeros( \tw)"])


def test_they_tell_findings_apart() -> None:
    first = at(1, 5, 13)
    others = [replace(first, code="IL101"), replace(first, class_name="Net"), replace(first, layer="fc1")]
    others.append(replace(first, span=Span("other.py", 1, 5, 1, 13)))
    assert len({*names(first), *(name for other in others for name in names(other))}) == 5


def test_equal_ones_are_counted_from_the_top_in_any_order() -> None:
    first, second = at(1, 5, 13), at(2, 5, 13)
    one, two = names(first, second)
    assert one != two
    assert names(second, first) == [two, one]
    assert names(first) == [one]


def test_paths_are_relative_to_the_root() -> None:
    import os

    here = at(1, 5, 13)
    there = replace(here, span=replace(here.span, path=os.path.abspath("net.py")))
    assert names(here) == names(there)
    assert names(here, root="..") != names(here)


def test_a_line_that_is_not_there() -> None:
    assert len(names(at(99, 1, 1))) == 1
