"""How far the module classes of folders are read, and what stands in the way: ``python -m benchmarks.reasons DIR…``.

Every class is read by itself with its defaults. A class counts as read by ``initlint.ir.gaps``; a reason counts once
for each class; ``--merged`` takes reasons that differ in a name in backquotes for one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from initlint.analysis import Worker
from initlint.interpret.link import Namespace
from initlint.interpret.roots import NotRead, class_names, read_class
from initlint.ir.gaps import Reading, not_read, reading

_QUOTED = re.compile(r"`[^`]*`")
STATES = ("fully", "partly", "not")
_worker: Worker | None = None


@dataclass(slots=True)
class Figures:
    """The counts of one folder."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    parameters: int = 0
    unknown_parameters: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, found: Reading, merged: bool) -> None:
        """Count one class."""
        self.states[found.state] += 1
        self.parameters += found.parameters
        self.unknown_parameters += found.unknown_parameters
        texts = (reason.why for reason in found.reasons)
        self.reasons.update({_QUOTED.sub("`…`", text) if merged else text for text in texts})

    @property
    def classes(self) -> int:
        """All module classes."""
        return sum(self.states.values())


def readings(path: str) -> tuple[list[Reading], str | None]:
    """How far each module class of one file was read, and the failure of the analysis, if it failed."""
    global _worker
    _worker = _worker or Worker()
    try:
        namespace = _worker.project.namespace(path)
        return list(_of_classes(_worker, namespace)) if namespace is not None else [], None
    except Exception as error:
        return [], f"{path}: {type(error).__name__}: {error}"


def _of_classes(worker: Worker, namespace: Namespace) -> Iterator[Reading]:
    for name in class_names(namespace):
        found = read_class(worker.project, namespace, name)
        if isinstance(found, NotRead):
            yield not_read(found.name, found.place, found.why)
        elif found is not None:
            yield reading(found)


def measure(folder: Path, jobs: int, merged: bool = False, every: int = 1) -> Figures:
    """The figures of all Python files under a folder, or of each ``every``-th."""
    files = [path.as_posix() for path in sorted(folder.rglob("*.py"))] if folder.is_dir() else [folder.as_posix()]
    files = files[::every]
    figures = Figures()
    with ProcessPoolExecutor(jobs) as pool:
        for found, failure in pool.map(readings, files, chunksize=4):
            for each in found:
                figures.add(each, merged)
            if failure is not None:
                figures.failures.append(failure)
    return figures


def table(rows: Sequence[tuple[str, Figures]]) -> str:
    """One row of Markdown for each folder."""
    lines = [
        "| folder | classes | fully | partly | not | read fully | parameters known |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, figures in rows:
        counts = " | ".join(f"{figures.states[state]}" for state in STATES)
        share = 100 * figures.states["fully"] / max(figures.classes, 1)
        known = 100 * (1 - figures.unknown_parameters / max(figures.parameters, 1))
        lines.append(f"| {name} | {figures.classes} | {counts} | {share:.1f} % | {known:.1f} % |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where the analysis of a file failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reasons", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--top", type=int, default=10, help="how many reasons to print")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only each n-th file")
    parser.add_argument("--merged", action="store_true", help="count reasons together that differ in a name")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    rows = [(folder.name, measure(folder, options.jobs, options.merged, options.every)) for folder in options.folders]
    total: Counter[str] = Counter()
    for _, figures in rows:
        total.update(figures.reasons)
    if options.json:
        found = {name: {**figures.states, "reasons": dict(figures.reasons)} for name, figures in rows}
        print(json.dumps(found, indent=2, sort_keys=True))
    else:
        print(table(rows))
        print("\nclasses  reason")
        for why, count in sorted(total.items(), key=lambda item: (-item[1], item[0]))[: options.top]:
            print(f"{count:>7}  {why}")
    for _, figures in rows:
        for failure in figures.failures:
            print(failure, file=sys.stderr)
    return 1 if any(figures.failures for _, figures in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
