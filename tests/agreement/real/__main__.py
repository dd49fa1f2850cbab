"""``make agreement``: compares the models that can be built here, and writes the page; many minutes.

With names, only those models. Each result is a line of the file ``--results``; models that it holds are not compared
again, so that a run that was stopped can be gone on with, and a page can be written of what there is with ``--report``.
The models come in an order in which each beginning is a fair sample of libraries and families.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.agreement.real.examine import SECONDS, Examination
from tests.agreement.real.kept import Results, circumstances
from tests.agreement.real.libraries import LIBRARIES, candidates
from tests.agreement.real.order import spread
from tests.agreement.real.report import page, summed
from tests.agreement.real.workers import Limits, examined


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison; 0 unless nothing could be compared."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--library", action="append", choices=LIBRARIES)
    parser.add_argument("-n", "--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--share", type=float, default=1.0, help="of all models, between 0 and 1 (1)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"of the processor for one model ({SECONDS})")
    parser.add_argument("--memory", type=float, default=7, help="GiB in one process (7)")
    parser.add_argument("--stop-after", type=float, default=float("inf"), help="begin no model after these seconds")
    parser.add_argument("--results", type=Path, help="file of JSON lines; models in it are not compared again")
    parser.add_argument("--report", action="store_true", help="compare nothing: only report what --results holds")
    parser.add_argument("--write", type=Path, help="where to write the page")
    parser.add_argument("--state", default="", help="what the page says of the state of initlint that was run")
    given = parser.parse_args(arguments)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # no weights from anywhere
    with tempfile.TemporaryDirectory() as folder:
        results = Results(given.results or Path(folder) / "results.jsonl")
        if not given.report:
            _run(given, results)
    results.examinations.sort(key=lambda each: (each.library, each.name))
    if not results.examinations or results.circumstances is None:
        print("nothing was compared", file=sys.stderr)
        return 1
    text = page(results.examinations, results.circumstances, given.state)
    print(text)
    print(summed(results.examinations))
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    return 0


def _run(given: argparse.Namespace, results: Results) -> None:
    every = candidates(tuple(given.library or LIBRARIES))
    results.begin(circumstances([each.library for each in every]))
    done = {(each.library, each.name) for each in results.examinations}
    chosen = spread([each for each in every if not given.names or each.name in given.names])
    chosen = [each for each in chosen[: round(given.share * len(chosen))] if (each.library, each.name) not in done]
    limits = Limits(given.seconds, int(given.memory * 2**30), given.stop_after)
    for number, result in enumerate(examined(chosen, given.jobs, limits), 1):
        results.add(result)
        print(f"{number}/{len(chosen)} {_told(result)}", file=sys.stderr, flush=True)


def _told(result: Examination) -> str:
    found = result.comparison
    wrong = f", first: {found.wrong[0]}" if found.wrong else ""
    took = f"{result.live_seconds:.1f} s live, {result.static_seconds:.1f} s static"
    return f"{result.library} {result.name}: {result.failure or found}{wrong} ({took})"


if __name__ == "__main__":
    sys.exit(main())
