"""``python -m tests.fuzz [FOLDER]…``: mutate the files of the folders (the test cases, if none is given) and lint them.

Exits with 1 if anything crashed, hung or broke an invariant. ``--only N`` prints the text of one case.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fuzz.harness import Outcome, cases, fuzz, sources

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=1_000, help="mutated files to lint")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=int, default=0, help="the number of the first case")
    parser.add_argument("--only", type=int, help="print the text of this case, and lint nothing")
    parser.add_argument("--lines", type=int, nargs=2, default=(1, 10_000), help="least and most lines of a file")
    parser.add_argument("--limit", type=float, default=5.0, help="processor seconds that a file may take")
    parser.add_argument("--patience", type=float, default=20.0, help="processor seconds after which it is stopped")
    parser.add_argument("--save", type=Path, help="a folder for the texts in trouble")
    options = parser.parse_args()
    files = sources(options.folders or [ROOT / "cases", ROOT / "models"], *options.lines)
    if not files:
        parser.error("no files to mutate")
    if options.only is not None:
        sys.stdout.write(next(cases(files, options.seed, options.only, 1)).text)
        return 0
    begin, shown, outcome = time.monotonic(), 0, Outcome()
    given = cases(files, options.seed, options.start, options.count)
    for outcome in fuzz(given, options.limit, options.patience):
        for case, trouble in outcome.troubles[shown:]:
            print(f"{case.number} {case.path.name} {'+'.join(case.names)}: {trouble}", flush=True)
            if options.save is not None:
                options.save.mkdir(parents=True, exist_ok=True)
                (options.save / f"{options.seed}-{case.number}.py").write_bytes(
                    case.text.encode("utf-8", "surrogatepass")
                )
        shown = len(outcome.troubles)
        if outcome.cases % 1_000 == 0:
            print(_line(outcome, time.monotonic() - begin), flush=True)
    print(f"{len(files)} files; {_line(outcome, time.monotonic() - begin)}")
    print("mutations: " + ", ".join(f"{name} {count}" for name, count in outcome.by_mutation.most_common()))
    print(
        "slowest: " + ", ".join(f"{seconds:.2f} s (case {n})" for seconds, n in sorted(outcome.slowest, reverse=True))
    )
    return 1 if outcome.troubles else 0


def _line(outcome: Outcome, seconds: float) -> str:
    return (
        f"{outcome.cases} cases in {seconds:.0f} s ({outcome.python} are Python, {outcome.models} models), "
        f"{len(outcome.troubles)} in trouble"
    )


if __name__ == "__main__":
    sys.exit(main())
