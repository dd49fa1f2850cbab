"""What the default rules find in whole projects, and whether it is true: ``python -m benchmarks.ecosystem DIR…``.

Each finding is looked up among the verdicts of people who read the code (``docs/ecosystem.toml``); those that nobody
has judged are listed apart, so that a new false alarm can't hide.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

VERDICTS = Path(__file__).parent.parent / "docs" / "ecosystem.toml"
KINDS = ("true", "debatable", "false")
# Each project of at least this many lines is listed by itself.
_SMALL = 40_000

Key = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a project; ``path`` is relative to the project's folder."""

    project: str
    path: str
    line: int
    code: str
    severity: str
    message: str

    @property
    def key(self) -> Key:
        """What a verdict names."""
        return self.project, self.path, self.line, self.code


@dataclass(frozen=True, slots=True)
class Project:
    """What a run on one folder gave; ``failures`` are the lines of its error output that speak of errors."""

    name: str
    version: str
    lines: int
    findings: tuple[Found, ...]
    failures: tuple[str, ...]


def verdicts(path: Path = VERDICTS) -> dict[Key, tuple[str, str]]:
    """The verdict on each finding, and a line of reason.

    :raises ValueError: a verdict is none of :data:`KINDS`.
    """
    found: dict[Key, tuple[str, str]] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["finding"]:
        if entry["verdict"] not in KINDS:
            raise ValueError(f"{entry['verdict']!r} is no verdict: {', '.join(KINDS)}")
        key = (entry["project"], entry["path"], entry["line"], entry["code"])
        found[key] = (entry["verdict"], entry["reason"])
    return found


def lint(folder: Path) -> Project:
    """Run the linter as a user would, without any configuration."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place, "findings.json")
        command = [sys.executable, "-m", "initlint", "check", "--isolated", "--quiet", "--format", "json"]
        run = subprocess.run(
            [*command, "--output-file", str(output), str(folder)], capture_output=True, text=True, check=False
        )
        listed = json.loads(output.read_text(encoding="utf-8")) if output.exists() else []
    findings = tuple(
        Found(folder.name, Path(one["path"]).resolve().relative_to(folder.resolve()).as_posix(), one["line"],
              one["code"], one["severity"], one["message"])
        for one in listed
    )  # fmt: skip
    failures = tuple(line for line in run.stderr.splitlines() if line.startswith("Error"))
    return Project(folder.name, _version(folder), _lines(folder), findings, failures)


def _version(folder: Path) -> str:
    """The version of an installed package, by the metadata beside it."""
    beside = sorted(folder.parent.glob(f"{folder.name}-*.dist-info"))
    return beside[-1].name.removesuffix(".dist-info").rpartition("-")[2] if beside else ""


def _lines(folder: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py") if path.is_file())


def report(projects: Sequence[Project], judged: Mapping[Key, tuple[str, str]]) -> str:
    """Tables in Markdown: each project, each rule, each finding with its verdict."""
    findings = [found for project in projects for found in project.findings]
    large = [project for project in projects if project.lines >= _SMALL]
    small = [project for project in projects if project.lines < _SMALL]
    rows = [_row(_title(project), [project], judged) for project in large]
    if small:
        rows.append(_row(f"{len(small)} smaller ones", small, judged))
    rows.append(_row("all", projects, judged))
    by_rule = [_counts(code, _of_rule(findings, code), judged) for code in sorted({found.code for found in findings})]
    by_severity = [
        _counts(severity, [found for found in findings if found.severity == severity], judged)
        for severity in ("error", "warning", "info")
    ]
    failures = [f"- {project.name}: {failure}" for project in projects for failure in project.failures]
    heads = ("findings", *KINDS, "not judged")
    parts = [
        _table(("project", "lines", "per 10,000 lines", *heads), rows),
        _table(("rule", *heads), by_rule),
        _table(("severity", *heads), by_severity),
        "Smaller ones: " + ", ".join(sorted(_title(project) for project in small)) + "." if small else "",
        "\n".join(["Errors:", "", *failures]) if failures else "No file failed.",
        "## Each finding",
        _table(("project", "place", "rule", "verdict", "why"), [_line(found, judged) for found in findings]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _of_rule(findings: Iterable[Found], code: str) -> list[Found]:
    return [found for found in findings if found.code == code]


def _title(project: Project) -> str:
    return f"{project.name.replace('+', '/')} {project.version}".strip()


def _row(name: str, projects: Sequence[Project], judged: Mapping[Key, tuple[str, str]]) -> tuple[str, ...]:
    lines = sum(project.lines for project in projects)
    findings = [found for project in projects for found in project.findings]
    _, *counts = _counts(name, findings, judged)
    return name, f"{lines:,}", f"{len(findings) / max(lines, 1) * 10_000:.2f}", *counts


def _counts(name: str, findings: Sequence[Found], judged: Mapping[Key, tuple[str, str]]) -> tuple[str, ...]:
    counted = Counter(judged[found.key][0] if found.key in judged else "" for found in findings)
    return name, str(len(findings)), *(str(counted[kind]) for kind in (*KINDS, ""))


def _line(found: Found, judged: Mapping[Key, tuple[str, str]]) -> tuple[str, ...]:
    verdict, why = judged.get(found.key, ("not judged", found.message))
    return found.project.replace("+", "/"), f"{found.path}:{found.line}", found.code, verdict, why.replace("|", "\\|")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Lint folders, print or write the tables; 1 where a file failed or a verdict's finding is gone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ecosystem", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="the folder of one project")
    parser.add_argument("--write", type=Path, metavar="FILE", help="replace what stands below the file's first ---")
    options = parser.parse_args(arguments)
    judged = verdicts()
    projects = [lint(folder) for folder in options.folders]
    text = report(projects, judged)
    if options.write is None:
        print(text, end="")
    else:
        intro, _, _ = options.write.read_text(encoding="utf-8").partition("\n---\n")
        options.write.write_text(f"{intro}\n---\n\n{text}", encoding="utf-8")
    names = {project.name for project in projects}
    present = {found.key for project in projects for found in project.findings}
    gone = sorted(key for key in judged if key[0] in names and key not in present)
    for project, path, line, code in gone:
        print(f"no longer found: {project} {path}:{line} {code}", file=sys.stderr)
    return 1 if gone or any(project.failures for project in projects) else 0


if __name__ == "__main__":
    sys.exit(main())
