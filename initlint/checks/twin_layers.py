"""IL908: layers that start with the very same values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from initlint.checks._measured import agreed, report, written
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement, Run, Tensor
from initlint.rule import Rule


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for each line that makes twins."""
    found: dict[object, list[Tensor]] = defaultdict(list)
    for group in _groups(measured.first):
        members = frozenset(each.name for each in group)
        if agreed(measured, lambda run, members=members: _alike(run, members)):  # type: ignore[misc]
            found[written(measured, group[-1])] += group
    for place, group in found.items():
        listed = [each.name for each in group]
        text = f"{names(listed)} start with equal values: twins that differ only by what they are given"
        yield report(measured, place, text, Severity.WARNING, listed[0].rpartition(".")[0])  # type: ignore[arg-type]


def _groups(run: Run) -> list[list[Tensor]]:
    by_digest: dict[tuple[object, ...], list[Tensor]] = defaultdict(list)
    for each in run.tensors:
        if each.digest and each.trainable and each.used:
            by_digest[each.digest, each.shape].append(each)
    return [group for group in by_digest.values() if len(group) > 1]


def _alike(run: Run, members: frozenset[str]) -> bool:
    return len({each.digest for each in run.tensors if each.name in members}) == 1


RULE = Rule("IL908", "twin-layers", "layers that start with equal values (measured)", check, "measured")
