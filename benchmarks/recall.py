"""How many faults of the cases are found at their line, and how many clean models are called faulty:
``python -m benchmarks.recall --write docs/recall.md``.

The cases are those of ``tests/cases``: files with the idioms of real projects, each fault marked where it should be
found. Some were written, and run once, before anything was mended for them; those are counted apart.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from initlint.diagnostics import Severity
from initlint.engine import check_files
from initlint.selection import selected_codes

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
# Written and set aside before the rules, or before any change that they led to.
UNSEEN = frozenset({"unseen", "coverage_unseen", "models", "models_second"})
_EXPECT = re.compile(r"# expect: ([a-z0-9-]+)")
_SELECT = re.compile(r"# select: (\S+)\n")
_TABLE = "<!-- made by python -m benchmarks.recall -->\n"


@dataclass(frozen=True, slots=True)
class Case:
    """What came of one file or package: marked faults by rule, those found at their line, and findings beside them."""

    suite: str
    expected: Counter[str]
    hits: Counter[str]
    beside: int


def judge(path: Path) -> Case:
    """One case, linted in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / path.name
        if path.is_dir():
            shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__"))
            files = sorted(target.rglob("*.py"))
        else:
            shutil.copy(path, target)
            files = [target]
        marks = {
            (each.name, number, name)
            for each in files
            for number, line in enumerate(each.read_text(encoding="utf-8").splitlines(), 1)
            for name in _EXPECT.findall(line)
        }
        asked = _SELECT.match(files[0].read_text(encoding="utf-8"))
        selected = selected_codes(asked[1].split(",") if asked else (), ())
        report = check_files([each.as_posix() for each in files], selected)
    found = {
        (Path(each.span.path).name, each.span.line, each.name)
        for each in report.diagnostics
        if each.severity is not Severity.INFO
    }
    names = Counter(name for _, _, name in marks)
    hits = Counter(name for _, _, name in marks & found)
    return Case(path.relative_to(CASES).parts[0], names, hits, len(found - marks))


def cases() -> list[Path]:
    """Packages, and the files that stand alone."""
    found: set[Path] = set()
    for path in CASES.rglob("*.py"):
        if path.parent != CASES and "__pycache__" not in path.parts:
            around = [each for each in path.parents if CASES in each.parents and (each / "__init__.py").is_file()]
            found.add(around[-1] if around else path)
    return sorted(found)


def page(judged: list[Case]) -> str:
    """The tables: by how the cases came about, then by rule."""
    lines = [
        "| cases | faults | found at their line | beside them | clean files | called faulty |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    groups = [("written beside the rules", False), ("unseen when they were written", True)]
    for title, unseen in groups:
        own = [case for case in judged if (case.suite in UNSEEN) is unseen]
        faulty, clean = [case for case in own if case.expected], [case for case in own if not case.expected]
        total, hits = (sum(sum(getattr(case, name).values()) for case in faulty) for name in ("expected", "hits"))
        lines.append(
            f"| {title} | {total} | {hits} ({100 * hits / max(total, 1):.1f} %) | "
            f"{sum(case.beside for case in faulty)} | {len(clean)} | {sum(case.beside > 0 for case in clean)} |"
        )
    expected: Counter[str] = sum((case.expected for case in judged), Counter())
    hits_by: Counter[str] = sum((case.hits for case in judged), Counter())
    lines += ["", "| rule | faults | found at their line |", "| --- | --- | --- |"]
    lines += [f"| {name} | {expected[name]} | {hits_by[name]} |" for name in sorted(expected)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Judge the cases and print the tables, or write them into a page behind its own text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    options = parser.parse_args()
    text = page([judge(path) for path in cases()])
    if options.write is None:
        print(text)
        return
    head, mark, _ = options.write.read_text(encoding="utf-8").partition(_TABLE)
    options.write.write_text(f"{head}{mark or _TABLE}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
