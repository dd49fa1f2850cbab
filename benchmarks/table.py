"""What initlint costs in daily use, beside what it is measured by: ``python -m benchmarks.table`` (``make table``).

All of it on copies of one project (timm), in turns with its like, bound to two cores. Comparisons of a whole cold run
with other linters are those of ``benchmarks.peers``.
"""

from __future__ import annotations

import argparse
import compileall
import math
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.install import ROOT, Corpus, copy_corpus, install_peers, install_timm
from benchmarks.measure import Usage, measure
from benchmarks.peers import conditions, spread

_PYTHON = (sys.executable,)
_OWN = (*_PYTHON, "-m", "initlint")
_CHECK = (*_OWN, "check", "--isolated", "--quiet", "--format", "concise")
_COLD = (*_CHECK, "--no-cache")
HEADER = """\
| work | wall, s | processor, s | memory, MB | beside | ratio of wall | of processor |
|---|---|---|---|---|---|---|
"""
# Loops and calls that never end by themselves.
_HOSTILE = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for a in range(100):
            for b in range(100):
                for c in range(100):
                    setattr(self, f"l{a}_{b}_{c}", nn.Linear(a + 1, b + 1))
        self.n = self.turn(self.turn, 40)

    def turn(self, f, n):
        return [f(f, n - 1) for _ in range(100)]

    def forward(self, x):
        return self.l0_0_0(x)
"""


class Bench:
    """Runs commands in one folder, with this checkout's initlint."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}

    def run(self, command: Sequence[str]) -> Usage:
        """Run a command to its end; SystemExit with its output where it failed."""
        output = self.folder / "output"
        used = measure(command, output, self.environment)
        if used.status not in (0, 1):
            raise SystemExit(f"{' '.join(command)} failed:\n{output.read_text(errors='replace')[-2000:]}")
        return used

    def row(
        self, name: str, own: Sequence[str], beside: str, other: Sequence[str], before: Callable[[int], object] = str
    ) -> str:
        """One row: a command in turns with another; ``before`` is called with the number of each round."""
        pairs: list[tuple[Usage, Usage]] = []
        for number in range(self.runs):
            before(number)
            pairs.append((self.run(own), self.run(other)))
            print(f"{name}: {pairs[-1][0].wall:.2f} s, {beside}: {pairs[-1][1].wall:.2f} s", file=sys.stderr)
        cells = [
            name,
            spread([used.wall for used, _ in pairs], ".2f"),
            spread([used.cpu for used, _ in pairs], ".2f"),
            spread([used.memory / 1e6 for used, _ in pairs], ".0f"),
            beside,
            f"{median(used.wall / peer.wall for used, peer in pairs):.2f}",
            f"{median(used.cpu / max(peer.cpu, 1e-3) for used, peer in pairs):.2f}",
        ]
        return f"| {' | '.join(cells)} |\n"


def rows(bench: Bench, corpus: Corpus, peers: Path) -> str:
    """The table."""
    tree, cache = str(corpus.folder), str(bench.folder / "cache")
    warm = (*_CHECK, "--cache-dir", cache, tree)
    ruff = (str(peers / "ruff"), "check", "--no-cache", "--isolated", "--quiet", tree)
    nothing = (*_PYTHON, "-c", "pass")
    files = sorted(corpus.folder.rglob("*.py"), key=lambda path: path.stat().st_size)
    changed = files[len(files) // 2]

    def change(number: int) -> None:
        changed.write_bytes(changed.read_bytes() + f"# {number}\n".encode())

    bench.run(warm)
    table = HEADER
    table += bench.row("all, nothing changed", warm, "ruff, cold", ruff)
    one = (*_CHECK, "--cache-dir", cache, str(changed))
    table += bench.row(
        f"one changed file of {len(files)}", one, "`import libcst`", (*_PYTHON, "-c", "import libcst"), change
    )
    table += bench.row("the same file again", one, "`python -c pass`", nothing)
    table += bench.row("`initlint --version`", (*_OWN, "--version"), "`python -c pass`", nothing)
    table += bench.row("`initlint --help`", (*_OWN, "--help"), "`python -c pass`", nothing)
    hostile = bench.folder / "hostile.py"
    hostile.write_text(_HOSTILE, encoding="utf-8")
    table += bench.row("a file without end", (*_COLD, str(hostile)), "`python -c pass`", nothing)
    two = (*_COLD, "--jobs", "2", tree)
    return table + bench.row("all, cold, one process", (*_COLD, "--jobs", "1", tree), "two processes", two)


def growth(bench: Bench, corpus: Corpus, most: int) -> str:
    """Processor time of 1/8, 1/4 … and of several copies of the corpus, and the exponent that fits it best."""
    files = sorted(corpus.folder.rglob("*.py"))
    points: list[tuple[int, float]] = []
    sizes: list[float] = [1 / 8, 1 / 4, 1 / 2]
    while 2 ** (len(sizes) - 3) <= most:
        sizes.append(2 ** (len(sizes) - 3))
    text = "| lines | processor, s | µs a line |\n|---|---|---|\n"
    for size in sizes:
        lines = 0
        folder = bench.folder / f"grown-{size}"
        for copy in range(math.ceil(size)):
            for path in files[:: round(1 / size)] if size < 1 else files:
                target = folder / f"copy{copy}" / path.relative_to(corpus.folder.parent)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data := path.read_bytes())
                lines += data.count(b"\n")
        used = bench.run((*_COLD, "--jobs", "2", str(folder)))
        points.append((lines, used.cpu))
        text += f"| {lines} | {used.cpu:.2f} | {used.cpu / lines * 1e6:.0f} |\n"
        print(f"{lines} lines: {used.cpu:.2f} s", file=sys.stderr)
    return f"{text}\nprocessor time ~ lines^{exponent(points):.2f}\n"


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of the least-squares line through the logarithms."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def main() -> None:
    """Install what is missing, measure, and print; progress goes to stderr."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table", description=__doc__)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="a project in place of timm")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--growth", type=int, default=0, metavar="N", help="show how time grows, up to N copies")
    options = parser.parse_args()
    source, peers = options.corpus or install_timm(), install_peers()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    compileall.compile_dir(ROOT / "initlint", quiet=2)
    with tempfile.TemporaryDirectory(prefix="corpus-") as scratch:
        corpus = copy_corpus(source, Path(scratch))
        bench = Bench(Path(scratch), options.runs)
        where = conditions(corpus, options.runs)
        print(f"{where}\n{rows(bench, corpus, peers)}", flush=True)
        if options.growth:
            print(growth(bench, corpus, options.growth), end="")


if __name__ == "__main__":
    main()
