"""Laws of the whole analysis: unknown values only take findings away, and any number of processes finds the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from initlint.analysis import analyse
from initlint.engine import check_files
from initlint.selection import selected_codes

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "rules").glob("*/bad.py")) + sorted((ROOT / "tests" / "models").glob("*.py"))
# Their text is no Python on purpose, or is not about models.
_SKIPPED = {"syntax-error", "unreadable-file", "unknown-rule", "unused-suppression"}
SOURCES = [path for path in SOURCES if path.parent.name not in _SKIPPED and path.name != "__init__.py"]
# What was not read grows with what is unknown, of course.
CODES = selected_codes(("ALL",), ("IL005",))
# The rules about what a file says, not about values in it.
Found = dict[tuple[str, int], int]


def numbers(tree: ast.Module) -> Iterator[ast.Constant]:
    """The numeric literals in the classes and functions."""
    for top in tree.body:
        if isinstance(top, (ast.ClassDef, ast.FunctionDef)):
            for node in ast.walk(top):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                    yield node


def with_unknown(text: str, places: list[ast.Constant]) -> str:
    """The source with a call that nothing defines in place of the literals."""
    lines = [line.encode() for line in text.split("\n")]
    for node in sorted(places, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        line = lines[node.lineno - 1]
        assert node.end_col_offset is not None
        lines[node.lineno - 1] = line[: node.col_offset] + b"unknown()" + line[node.end_col_offset :]
    return b"\n".join(lines).decode()


def findings(path: Path, text: str) -> Found:
    """Severity by code and line."""
    name = path.as_posix()
    report = check_files([name], CODES, overlay={name: text.encode()})
    assert report.failures == ()
    return {(each.code, each.span.line): each.severity.rank for each in reversed(report.diagnostics)}


@pytest.mark.parametrize("path", SOURCES, ids=[f"{path.parent.name}-{path.stem}" for path in SOURCES])
def test_unknown_values_only_take_findings_away(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = findings(path, text)
    literals = list(numbers(ast.parse(text)))
    choices = [[literal] for literal in literals[:12]] + [literals[0::2], literals[1::2], literals]
    for chosen in choices:
        where = [(node.lineno, node.col_offset, node.value) for node in chosen]
        found = findings(path, with_unknown(text, chosen))
        assert found.keys() <= known.keys(), where
        # A smaller rank is a worse severity.
        assert all(rank >= known[key] for key, rank in found.items()), where


def test_any_number_of_processes_gives_the_same() -> None:
    files = [path.as_posix() for path in sorted((ROOT / "rules").glob("*/*.py")) + SOURCES]
    alone = analyse(files, jobs=1)
    assert analyse(files, jobs=2) == alone
    assert [result.path for result in alone] == files
    assert check_files(files, CODES, jobs=2) == check_files(files, CODES, jobs=1)


def test_the_order_of_files_does_not_matter() -> None:
    files = [path.as_posix() for path in SOURCES]
    forward, backward = check_files(files, CODES), check_files(files[::-1], CODES)
    assert forward.diagnostics == backward.diagnostics
