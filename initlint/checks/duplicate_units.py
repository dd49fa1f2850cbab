"""IL907: units of a layer that are copies of each other."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import agreed, once, report, written
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement, Run, Tensor
from initlint.rule import Rule
from initlint.signal.profile import tensor

_SHARE = 0.5


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for each line that makes copies."""
    yield from once(_all(measured))


def _all(measured: Measurement) -> Iterator[Finding]:
    for found in measured.first.tensors:
        name = found.name
        if not found.trainable or not agreed(measured, lambda run, name=name: _copies(run, name)):  # type: ignore[misc]
            continue
        for_ever = found.parted <= found.units * _SHARE
        if not for_ever and found.std == 0 and found.mean == 0:
            continue  # zeros that part at the first steps: a head, a gate or a branch that starts at nothing
        what = f"{found.units} units of `{name}` start as {found.distinct if found.distinct > 1 else 'one'}"
        then = "get the same gradient: they stay copies for ever" if for_ever else "part only slowly"
        severity = Severity.ERROR if for_ever else Severity.WARNING
        yield report(measured, written(measured, found), f"{what}, and {then}", severity, name.rpartition(".")[0])


def _copies(run: Run, name: str) -> bool:
    found = tensor(run, name)
    return found is not None and _few(found)


def _few(found: Tensor) -> bool:
    return found.units > 1 and found.distinct <= found.units * _SHARE and found.gradient is not None


RULE = Rule("IL907", "duplicate-units", "units of a layer that are copies of each other (measured)", check, "measured")
