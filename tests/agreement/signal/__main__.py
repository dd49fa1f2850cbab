"""``make agreement-signal``: predicts and measures all models that can be built here.

With names, only those models; ``-v`` shows every layer, ``--write FILE`` writes the page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

import torch

from tests.agreement.signal.compare import Outcome, compare
from tests.agreement.signal.library import examined, library
from tests.agreement.signal.own import Own, own
from tests.agreement.signal.plot import plot
from tests.agreement.signal.report import details, page, summary


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison; 0 unless nothing could be compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--library", action="append", help="own (the default), torchvision, timm, transformers")
    parser.add_argument("--every", type=int, default=1, help="only each n-th model of a library")
    parser.add_argument("--write")
    parser.add_argument("--plot", help="an image of predicted against measured, as PNG")
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    outcomes = []
    libraries = tuple(given.library or ("own", "torchvision", "timm", "transformers"))
    for outcome in compared(given.names, libraries, given.every):
        outcomes.append(outcome)
        print(details(outcome) if given.verbose else _line(outcome), file=sys.stderr, flush=True)
        if given.write:  # after each, so that a run that is cut short leaves what it has
            with open(given.write, "w", encoding="utf-8") as file:
                file.write(page(outcomes))
    if given.plot:
        plot(outcomes, given.plot)
    for direction in ("forward", "backward"):
        points = [point for each in outcomes for point in getattr(each, direction)]
        print(f"{len(outcomes)} models, {direction}: {summary(points, direction)}")
    return 0 if outcomes else 1


def _line(outcome: Outcome) -> str:
    if outcome.failure:
        return f"{outcome.family} {outcome.name}: {outcome.failure}"
    found = [str(summary(getattr(outcome, direction), direction)) for direction in ("forward", "backward")]
    return f"{outcome.family} {outcome.name}\n    {found[0]}\n    {found[1]}"


def compared(names: Sequence[str], libraries: Sequence[str] = ("own",), every: int = 1) -> Iterator[Outcome]:
    """One model after the other; those that can't be built or run say so."""
    for each in own() if "own" in libraries else ():
        if not names or any(name in f"{each.file} {each.label}" for name in names):
            yield _own(each)
    others = tuple(name for name in libraries if name != "own")
    found = [pair for pair in library(others) if not names or any(name in pair[0].name for name in names)]
    for candidate, side in found[::every]:
        yield examined(candidate, side)


def _own(each: Own) -> Outcome:
    model = each.static()
    graph = model.graph
    inputs = {op.name for op in getattr(graph, "ops", ()) if op.kind == "input"}
    try:
        return compare(each.file, each.label, model, each.build, each.inputs, dict.fromkeys(inputs, each.positions))
    except RuntimeError as error:
        return Outcome(each.file, each.label, failure=f"live: {str(error).splitlines()[0][:100]}")


if __name__ == "__main__":
    sys.exit(main())
