"""IL919: the project's own batch is far from zero mean and unit variance."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule
from initlint.signal.profile import driven

_STD, _MEAN = 10.0, 5.0


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for each input that the project gave and no norm takes in hand."""
    first = [layer for layer in driven(measured.first) if not layer.reads]
    if any(layer.normed for layer in first):
        return
    for given in measured.inputs:
        if not given.own or not given.dtype.startswith(("float", "bfloat")) or len(given.shape) < 2:
            continue
        if given.std > _STD or abs(given.mean) > _MEAN * max(given.std, 0.1):
            text = (
                f"the input `{given.name}` has mean {factor_of(given.mean)} and standard deviation "
                f"{factor_of(given.std)}: inits take inputs of mean 0 and variance 1; normalise it"
            )
            yield report(measured, None, text, Severity.WARNING)


def factor_of(value: float) -> str:
    """A number, short, with its sign."""
    return f"-{factor(-value)}" if value < 0 else factor(value) if value > 0 else "0"


RULE = Rule("IL919", "unnormalised-input-batch", "a batch far from mean 0 and variance 1 (measured)", check, "measured")
