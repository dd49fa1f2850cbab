"""IL209: a network on sine whose hidden weights don't fit its frequency: it dies, or starts as noise."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._weights import by_line, report
from initlint.checks._wording import factor, names, plural
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact
from initlint.signal.waves import behind_sines, frequencies

# ω² · fan_in · Var(W) is 2 for SIREN's bounds ±√(6/fan_in)/ω (Sitzmann et al. 2020).
_DIES, _NOISE = 0.5, 6.0
_DEPTH = 2


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that sets such weights."""
    waves = frequencies(facts)
    hidden = [layer for layer in behind_sines(facts, waves) if layer.norm_before is False]
    hits = [layer for layer in hidden if (drive := _drive(layer, waves)) is not None and not _DIES <= drive <= _NOISE]
    if len(hidden) < _DEPTH:
        return
    for place, layers in by_line(hits).items():
        first = layers[0]
        drive = _drive(first, waves) or 0.0
        found, omega = names([layer.name for layer in layers]), waves[first.op.id]
        if drive > _NOISE:
            angle = factor(math.sqrt(drive / 2))
            effect = f"the net starts as noise: the sines behind {found} see angles of {angle} radians"
        else:
            effect = (
                f"the signal's variance falls to ×{factor(drive)} at each of {plural(len(hits), 'layer')} ({found})"
            )
        over = f" / {omega:g}" if omega != 1 else ""
        message = f"{effect}; use SIREN's bounds, `uniform_(w, -b, b)` with b = √(6/fan_in){over}"
        yield report(facts, place, layers, message, Severity.WARNING)


def _drive(layer: LayerFact, waves: dict[int, float]) -> float | None:
    """ω² · fan_in · Var(W)."""
    return waves[layer.op.id] ** 2 * layer.gain if isinstance(layer.gain, (int, float)) else None


RULE = Rule("IL209", "sine-without-siren", "a sine network without SIREN's init", check)
