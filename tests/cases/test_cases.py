"""Whole files as projects hold them: each finding stands on a line that says `# expect: rule-name`, and nowhere else.

A case is a file, or a folder of files that are linted together. It is copied to a folder of its own first, since what
other files mention counts. Advice is compared only in files with `# expect-info:` marks. A first line `# select: ALL`
selects rules that are not default ones. The cases of `known_gaps.txt` fail today, each for the reason given there.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from initlint.diagnostics import Diagnostic, Severity
from initlint.engine import Report, check_files
from initlint.fixer import fix
from initlint.selection import selected_codes

ROOT = Path(__file__).resolve().parent
EXPECT = re.compile(r"# expect: ([a-z0-9-]+)")
SELECT = re.compile(r"# select: (\S+)\n")
EXPECT_INFO = re.compile(r"# expect-info: ([a-z0-9-]+)")
Marks = set[tuple[str, int, str]]


def case_paths() -> list[Path]:
    """Folders of Python files, and the files that stand alone."""
    found: set[Path] = set()
    for path in ROOT.rglob("*.py"):
        if path.parent == ROOT or "__pycache__" in path.parts:
            continue
        packages = [parent for parent in path.parents if ROOT in parent.parents and (parent / "__init__.py").is_file()]
        found.add(packages[-1] if packages else path)
    return sorted(found)


def known_gaps() -> dict[str, str]:
    """The reason of each case that fails today."""
    lines = (ROOT / "known_gaps.txt").read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        path, _, reason = line.partition(" ")
        if path and not line.startswith("#"):
            found[path] = reason.strip()
    return found


def expected(files: list[Path], pattern: re.Pattern[str]) -> Marks:
    return {
        (path.name, number, name)
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for name in pattern.findall(line)
    }


def marks(found: list[Diagnostic], info: bool) -> Marks:
    return {
        (Path(each.span.path).name, each.span.line, each.name)
        for each in found
        if (each.severity is Severity.INFO) == info
    }


def parameters() -> list[object]:
    gaps = known_gaps()
    found = []
    for path in case_paths():
        name = path.relative_to(ROOT).as_posix()
        why = gaps.get(name)
        found.append(pytest.param(path, id=name, marks=[pytest.mark.xfail(reason=why)] if why else []))
    return found


@pytest.mark.parametrize("case", parameters())
def test_findings_stand_where_they_are_marked(case: Path, tmp_path: Path) -> None:
    target = tmp_path / case.name
    if case.is_dir():
        shutil.copytree(case, target, ignore=shutil.ignore_patterns("__pycache__"))
        files = sorted(target.rglob("*.py"))
    else:
        shutil.copy(case, target)
        files = [target]
    asked = SELECT.match(files[0].read_text(encoding="utf-8"))
    selected = selected_codes(asked[1].split(",") if asked else (), ())
    report = check_files([path.as_posix() for path in files], selected)
    assert report.failures == ()
    found = list(report.diagnostics)
    assert marks(found, info=False) == expected(files, EXPECT)
    advice = expected(files, EXPECT_INFO)
    if advice:
        assert marks(found, info=True) == advice
    if any(each.fix is not None for each in found):
        fixes_hold({path.as_posix(): path.read_bytes() for path in files}, found, selected)


def fixes_hold(texts: dict[str, bytes], found: list[Diagnostic], selected: frozenset[str]) -> None:
    """The fixes parse, remove their findings and bring none, and there is nothing more to fix behind them."""

    def check(given: dict[str, bytes]) -> Report:
        return check_files(list(given), selected, overlay=given)

    outcome = fix(check, texts, unsafe=True)
    assert outcome.refused == ()
    assert len(found) - len(outcome.report.diagnostics) >= len(outcome.fixed) > 0
    assert not any(each.fix for each in outcome.report.diagnostics)
    for path, data in outcome.after.items():
        compile(data, path, "exec")


def test_every_known_gap_is_a_case() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in case_paths()}
    assert set(known_gaps()) <= names
