"""``make agreement``: compares all models that can be built here; many minutes.

With names, only those models. ``--library`` one library, ``--jobs`` processes, ``--write FILE`` the page.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
from collections.abc import Sequence

import torch

from tests.agreement.real.examine import Examination, examine
from tests.agreement.real.libraries import Candidate, candidates
from tests.agreement.real.report import page, summed

_MOST_MEMORY = 7 * 2**30  # bytes in one process: a configuration may build more than its small values suggest
_TASKS_PER_PROCESS = 12  # read files and built models stay in memory until the process ends


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison; 0 unless nothing could be compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--library", action="append")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only each n-th model")
    parser.add_argument("--write")
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    chosen = candidates(tuple(given.library or ("torchvision", "timm", "transformers")))
    chosen = [c for c in chosen if not given.names or c.name in given.names][:: given.every]
    results = []
    with multiprocessing.get_context("fork").Pool(given.jobs, _start, (chosen,), _TASKS_PER_PROCESS) as pool:
        for result in pool.imap_unordered(_examine, range(len(chosen))):
            results.append(result)
            _tell(result)
    results.sort(key=lambda each: (each.library, each.name))
    print(summed(results))
    for line in summed(results).failures:
        print("  not compared:", line)
    text = page(results)
    print(text)
    if given.write:
        with open(given.write, "w", encoding="utf-8") as file:
            file.write(text)
    return 0 if results else 1


_chosen: list[Candidate] = []


def _start(chosen: list[Candidate]) -> None:
    global _chosen
    _chosen = chosen
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))


def _examine(number: int) -> Examination:
    return examine(_chosen[number])


def _tell(result: Examination) -> None:
    found = result.comparison
    wrong = f", first: {found.wrong[0]}" if found.wrong else ""
    print(f"{result.library} {result.name}: {result.failure or found}{wrong}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
