"""initlint beside TorchFix, Fixit and ruff on the same files, in alternation: a Markdown table."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.install import ROOT, Corpus, copy_corpus, install_peers, install_timm
from benchmarks.measure import Usage, measure

BASE = "initlint --jobs 2"
HEADER = """\
| linter | wall, s | × | processor, s | × | memory, MB | × | it says |
|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Tool:
    """A linter: the command, without the folder, and the pattern of the words in which it sums up its work."""

    name: str
    command: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a tool: what it cost, and the line in which it sums up."""

    usage: Usage
    said: str


def tools(peers: Path) -> list[Tool]:
    """The linters in the order of their runs. All may use two processes, but for the first."""
    own = (sys.executable, "-m", "initlint", "check", "--isolated", "--no-cache", "--jobs")
    summary = r"Found .* files?\b|All checks passed.*|Nothing found in .*"
    return [
        Tool("initlint --jobs 1", (*own, "1"), summary),
        Tool(BASE, (*own, "2"), summary),
        Tool("TorchFix", (str(peers / "torchfix"), "--select=ALL", "--jobs=2"), r"Finished checking \d+ files"),
        Tool("Fixit", (str(peers / "fixit"), "lint"), r"\d+ files? (?:checked|clean)[\w ,-]*"),
        Tool(
            "ruff", (str(peers / "ruff"), "check", "--no-cache", "--isolated"), r"Found \d+ errors?|All checks passed"
        ),
    ]


def run(tool: Tool, corpus: Corpus, output: Path) -> Run:
    """Run a tool once; SystemExit with the end of its output where it didn't lint."""
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONPATH", None)
    if tool.command[0] == sys.executable:
        environment["PYTHONPATH"] = str(ROOT)  # this checkout, whatever is installed
    usage = measure([*tool.command, str(corpus.folder)], output, environment)
    text = output.read_text(encoding="utf-8", errors="replace")
    said = re.findall(tool.says, text)
    if usage.status not in (0, 1) or not said or "No Python files" in text:
        raise SystemExit(f"{tool.name} failed with status {usage.status}:\n{text[-2000:]}")
    return Run(usage, f"{said[-1].strip()} (exit {usage.status})")


def table(runs: dict[str, list[Run]]) -> str:
    """Minimum, median and maximum of each measure, and the median of its ratios to initlint in the same round."""
    base = runs[BASE]
    rows = []
    for name, own in runs.items():
        cells = [name]
        measures: tuple[tuple[Callable[[Usage], float], str], ...] = (
            (lambda usage: usage.wall, ".2f"),
            (lambda usage: usage.cpu, ".2f"),
            (lambda usage: usage.memory / 1e6, ".0f"),
        )
        for value, form in measures:
            values = [value(each.usage) for each in own]
            ratios = [mine / value(theirs.usage) for mine, theirs in zip(values, base)]
            cells += [spread(values, form), f"{median(ratios):.3g}"]
        cells.append("; ".join(sorted({each.said for each in own})))
        rows.append(f"| {' | '.join(cells)} |\n")
    return HEADER + "".join(rows)


def spread(values: Sequence[float], form: str) -> str:
    """Minimum, median and maximum."""
    return " / ".join(format(value, form) for value in (min(values), median(values), max(values)))


def conditions(corpus: Corpus, runs: int) -> str:
    """What the figures hold for: the files, the machine, the interpreter."""
    return (
        f"{corpus.folder.name}: {corpus.files} files, {corpus.size / 1e6:.2f} MB, {corpus.lines} lines; {runs} runs; "
        f"{os.cpu_count()} cores, two of them used ({platform.machine()}), Python {platform.python_version()}; "
        f"load before {os.getloadavg()[0]:.1f}\n"
    )


def main() -> None:
    """Install what is missing, measure, and print the table; progress goes to stderr."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="lint this folder in place of timm")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each linter (3)")
    parser.add_argument("--without", action="append", default=[], metavar="LINTER", help="leave out TorchFix, say")
    options = parser.parse_args()
    source = options.corpus or install_timm()
    if not source.is_dir() or options.runs < 1:
        parser.error(f"{source} is no folder" if options.runs > 0 else "--runs must be at least 1")
    chosen = [tool for tool in tools(install_peers()) if tool.name not in options.without or tool.name == BASE]
    if hasattr(os, "sched_setaffinity"):
        # What is started here inherits it, so that the figures of a larger machine mean the same.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    compileall.compile_dir(ROOT / "initlint", quiet=2)
    with tempfile.TemporaryDirectory(prefix="corpus-") as scratch:
        corpus = copy_corpus(source, Path(scratch))
        if not corpus.files:
            parser.error(f"{source} holds no Python files")
        where = conditions(corpus, options.runs)
        measured: dict[str, list[Run]] = {tool.name: [] for tool in chosen}
        for number in range(options.runs):
            for tool in chosen:
                done = run(tool, corpus, Path(scratch, "output"))
                measured[tool.name].append(done)
                print(f"{number + 1}: {tool.name}: {done.usage.wall:.2f} s, {done.said}", file=sys.stderr)
    print(f"{where}\n{table(measured)}", end="")


if __name__ == "__main__":
    main()
