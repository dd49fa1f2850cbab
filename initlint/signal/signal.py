"""The state of a value while it is propagated, and the arithmetic of independent signals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from initlint.ir.unknown import Unknown
from initlint.signal.facts import State

# Nothing that is not zero may underflow to it: zero means dead.
_TINY, _HUGE = 1e-290, 1e290
# A mean of more than this share of the second moment makes a Gaussian around zero a poor model.
_OFF_CENTRE = 0.05


@dataclass(frozen=True, slots=True)
class Signal:
    """A :class:`initlint.signal.facts.State` and ``mean``, the mean over units: non-zero behind a ReLU, zero again
    behind a weight layer."""

    second: float
    across: float
    mean: float = 0.0
    approximate: bool = False

    @property
    def state(self) -> State:
        """What rules see of it."""
        return State(self.second, self.across, self.approximate)

    @property
    def centred(self) -> bool:
        """Whether the mean is negligible."""
        return self.mean * self.mean <= _OFF_CENTRE * self.second

    def scaled(self, factor: float) -> Signal:
        """``factor`` times the value."""
        square = factor * factor
        return Signal(
            bounded(square * self.second, alive=factor != 0 and self.second > 0),
            bounded(square * self.across, alive=factor != 0 and self.across > 0),
            factor * self.mean,
            self.approximate,
        )


INPUT = Signal(1.0, 1.0)
Flow = Signal | Unknown


def bounded(value: float, alive: bool) -> float:
    """``value`` within the range of floats; one that is ``alive`` does not underflow to zero."""
    return min(max(value, _TINY if alive else 0.0), _HUGE)


def added(a: Signal, b: Signal) -> Signal:
    """The sum of two independent signals."""
    return Signal(
        min(max(a.second + b.second + 2 * a.mean * b.mean, 0.0), _HUGE),
        min(a.across + b.across, _HUGE),
        a.mean + b.mean,
        a.approximate or b.approximate,
    )


def multiplied(a: Signal, b: Signal) -> Signal:
    """The product of two independent signals, with E[ab·a'b'] = cov_a·cov_b for the covariance."""
    return Signal(
        min(a.second * b.second, _HUGE),
        min(a.across * b.second + a.second * b.across - a.across * b.across, _HUGE),
        a.mean * b.mean,
        a.approximate or b.approximate,
    )


def joined(signals: Sequence[Signal]) -> Signal:
    """Units of several signals side by side, in equal shares as widths are not known."""
    share = 1 / len(signals)
    same = all(agree(signals[0], each) for each in signals[1:])
    return Signal(
        math.fsum(each.second for each in signals) * share,
        math.fsum(each.across for each in signals) * share,
        math.fsum(each.mean for each in signals) * share,
        not same or any(each.approximate for each in signals),
    )


def agree(a: Signal, b: Signal, tolerance: float = 0.01) -> bool:
    """Whether the two are within ``tolerance`` of each other."""
    return all(abs(x - y) <= tolerance * max(abs(x), abs(y)) for x, y in ((a.second, b.second), (a.across, b.across)))


def estimated(signal: Signal) -> Signal:
    """The signal, marked as an estimate."""
    return replace(signal, approximate=True)
