"""``python -m tests.probe.zoo``: every faulty and healthy model under five seeds, together and one by one.

Prints what is missed, what is found in healthy models, and the verdicts that depend on the seed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import torch
from torch import nn

import initlint
from tests.probe.zoo import faulty, healthy

SEEDS = range(5)


def found(
    build: Callable[[], nn.Module], batch: torch.Tensor, seeds: int | tuple[int, ...] = 5, device: str | None = None
) -> set[str]:
    """The codes of the errors and warnings."""
    report = initlint.probe(build, batch, seeds=seeds, device=device)
    return {each.code for each in report.diagnostics if each.severity.value != "info"}


def main() -> int:
    """Run all; 0 if nothing is missed, nothing wrongly found, and nothing depends on the seed."""
    torch.set_num_threads(1)
    trouble = flips = 0
    wanted = [(*case, True) for case in faulty.cases()]
    wanted += [(*case, set[str](), False) for case in healthy.cases()]
    for name, build, batch, codes, bad in wanted:
        torch.manual_seed(1)
        given = batch()
        verdicts = [
            bool(found(build, given, (seed,)) & codes if bad else found(build, given, (seed,))) for seed in SEEDS
        ]
        whole = found(build, given)
        if bool(whole & codes if bad else whole) != bad:
            trouble += 1
            print(f"{'missed' if bad else 'false alarm'}: {name}: {sorted(whole)}")
        if len(set(verdicts)) > 1:
            flips += 1
            print(f"depends on the seed: {name}: {verdicts}")
    print(f"{len(wanted)} models: {trouble} wrong, {flips} that depend on the seed")
    return 1 if trouble or flips else 0


if __name__ == "__main__":
    sys.exit(main())
