"""Two commits on the same files, in alternation: ``python -m benchmarks.compare OLD [NEW] --corpus DIR``.

NEW is the working tree where it is left out. Says what both cost, cold and in one process, and whether they find the
same. ``--instructions`` counts those that the processor runs, with callgrind, fifty times as slow and free of noise:
for a file or two.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.install import ROOT, install_timm
from benchmarks.measure import measure
from benchmarks.peers import spread

_CHECK = ("-m", "initlint", "check", "--isolated", "--no-cache", "--jobs", "1", "--select", "ALL", "--format", "json")
_COUNT = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
_PLACES = re.compile(r'"url": .*')


def checkout(commit: str, folder: Path) -> Path:
    """The package as it is at a commit."""
    archive = subprocess.run(["git", "archive", commit, "initlint", "rules"], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data") if hasattr(tarfile, "data_filter") else tar.extractall(folder)
    return folder


def environment(source: Path) -> dict[str, str]:
    """That of a run of the package in that folder; always the same seed, so that the same work is done."""
    return {**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "0", "NO_COLOR": "1"}


def instructions(source: Path, corpus: Path) -> int:
    """How many instructions one run takes."""
    command = [*_COUNT, sys.executable, *_CHECK, str(corpus)]
    run = subprocess.run(command, env=environment(source), capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if found is None:
        raise SystemExit(run.stderr[-2000:])
    return int(found.group(1))


def findings(output: Path, source: Path) -> str:
    """What a run printed, without what names the package's own folder."""
    return _PLACES.sub("", output.read_text(encoding="utf-8")).replace(str(source), "")


def main() -> None:
    """Print one row of Markdown for each measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new", nargs="?")
    parser.add_argument("--corpus", type=Path, metavar="PATH", help="lint this file or folder in place of timm")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--instructions", action="store_true")
    options = parser.parse_args()
    corpus = options.corpus or install_timm()
    with tempfile.TemporaryDirectory(prefix="commits-") as scratch:
        old = checkout(options.old, Path(scratch, "old"))
        new = checkout(options.new, Path(scratch, "new")) if options.new else ROOT
        print("| | old | new | new / old |\n|---|---|---|---|")
        if options.instructions:
            counts = [instructions(source, corpus) / 1e9 for source in (old, new)]
            print(f"| instructions, 10⁹ | {counts[0]:.3f} | {counts[1]:.3f} | {counts[1] / counts[0]:.3f} |")
            return
        usages = []
        texts = []
        for _ in range(options.runs):
            outputs = [(source, Path(scratch, f"output{number}")) for number, source in enumerate((old, new))]
            command = [sys.executable, *_CHECK, str(corpus)]
            usages.append([measure(command, output, environment(source)) for source, output in outputs])
            texts.append([findings(output, source) for source, output in outputs])
        for name, form in (("cpu", ".2f"), ("wall", ".2f"), ("memory", ".3g")):
            pairs = [[getattr(usage, name) for usage in pair] for pair in usages]
            ratio = median(pair[1] / pair[0] for pair in pairs)
            sides = " | ".join(spread([pair[number] for pair in pairs], form) for number in (0, 1))
            print(f"| {name} | {sides} | {ratio:.3f} |")
        same = all(pair[0] == pair[1] for pair in texts)
        print(f"\nThey find {'the same' if same else 'DIFFERENT things'}.")


if __name__ == "__main__":
    main()
