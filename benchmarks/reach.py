"""How many module classes of libraries the probe measures without a word from the user.

``python -m benchmarks.reach vit_pytorch timm.models --every 10 --seconds 60``: every tenth module of the packages, all
module classes that each defines. Prints a line for each class, and a table. A class that can't be constructed by any of
the probe's ways is counted apart: «constructed here» is what the share is of.
"""

from __future__ import annotations

import argparse
import importlib
import math
import pkgutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from initlint.ir.measured import Measurement, Skip
from initlint.probe.launch import Job, run
from initlint.probe.predict import predicted
from initlint.report.measured import agreement

_NEAR = math.log10(1.25)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--minutes", type=float, default=0.0, help="start no module after so long")
    parser.add_argument("--match", default="")
    parser.add_argument("--worst", type=int, default=0, help="so many layers whose prediction is farthest off")
    given = parser.parse_args(arguments)
    start = time.monotonic()
    apart: list[tuple[float, str]] = []
    known = near = 0
    for package in given.packages:
        counts: Counter[str] = Counter()
        for name in list(modules(package, given.match))[given.start :: given.every]:
            if given.minutes and time.monotonic() - start > 60 * given.minutes:
                break
            for each in run(Job(name, seeds=1, timeout=given.seconds, threads=1)):
                kind = outcome(each)
                counts[kind] += 1
                if isinstance(each, Measurement) and given.worst:
                    found = agreement(predicted(each))
                    known, near = known + len(found), near + sum(decades <= _NEAR for decades, _ in found)
                    apart += [(decades, f"{each.target} `{layer.name or layer.weight}`") for decades, layer in found]
                print(f"{kind:<12} {each.target}  {_why(each)}", flush=True)
        print(f"{package}: {table(counts)}", flush=True)
    if given.worst:
        print(f"predicted within 25 % at {near} of {known} layers; the worst, in decades:")
        for decades, where in sorted(apart, reverse=True)[: given.worst]:
            print(f"{decades:6.2f}  {where}")
    return 0


def modules(package: str, match: str = "") -> Iterator[str]:
    """A package and all modules in it, by name."""
    found = importlib.import_module(package)
    if not hasattr(found, "__path__"):
        yield package
        return
    for info in pkgutil.walk_packages(found.__path__, f"{package}.", onerror=lambda _: None):
        if not info.ispkg and match in info.name:
            yield info.name


def outcome(result: Measurement | Skip) -> str:
    """``measured``, ``no batch``, ``not built``, ``failed``, or ``empty`` for a module without classes."""
    if isinstance(result, Measurement):
        return "measured"
    if "no module class" in result.why:
        return "empty"
    if "could not be built" in result.why or "importing" in result.why:
        return "not built"
    return "no batch" if "no batch" in result.why else "failed"


def _why(result: Measurement | Skip) -> str:
    if isinstance(result, Measurement):
        return f"{result.way} ({result.seconds:.1f} s)"
    return f"{result.why}; {result.tried[-1] if result.tried else ''}"[:300]


def table(counts: Counter[str]) -> str:
    """The share of those that can be constructed."""
    built = counts["measured"] + counts["no batch"] + counts["failed"]
    share = f"{counts['measured'] / built:.1%}" if built else "nothing"
    return f"{share} of {built} constructed ({dict(counts)})"


if __name__ == "__main__":
    sys.exit(main())
