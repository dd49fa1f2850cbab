"""From where on a scale is a fault: what rules compare predictions with (docs/decisions/ says why)."""

from __future__ import annotations

from initlint.ir.data import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``signal``: the across-input standard deviation at a stack's last hidden layer, relative to its input, may not be
    below this or above its inverse. ``gradient``: likewise the gradient's at the first hidden layer, relative to the
    last. ``growth``: how much the variance of a residual stream may grow. ``gain``: fan_in · Var(W) of one hidden layer
    whose scale is written by hand. ``loss``: the loss at initialisation, in units of log C. ``depth``: hidden layers in
    a row with neither norm nor skip."""

    signal: float = 1e-3
    gradient: float = 1e-3
    growth: float = 1e3
    gain: float = 50.0
    loss: float = 2.0
    depth: int = 20


DEFAULT = Thresholds()
