"""IL203: the init's gain is meant for another activation than the one that the layer feeds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._fixes import KEEPS, one_draw
from initlint.checks._scale import Run, misfit, misfit_runs
from initlint.checks._weights import by_line, first_action, report
from initlint.checks._wording import factor, kaiming_remedy, names, plural, title
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

_TORCH_SLOPE = math.sqrt(5)


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each init call: a warning where it compounds over three layers or more, else advice."""
    runs = misfit_runs(facts)
    run_of = {layer.op.id: run for run in runs for layer in run.layers}
    for place, layers in by_line(layer for run in runs for layer in run.layers).items():
        run = max((run_of[layer.op.id] for layer in layers), key=lambda run: (run.compounds, len(run.layers)))
        if not run.compounds and all(first_action(layer).initializer.slope == _TORCH_SLOPE for layer in run.layers):
            continue  # torch's own default, written out, in a net that is no deeper than those that it serves
        severity = Severity.WARNING if run.compounds else Severity.INFO
        fix = one_draw(facts, place, run.layers[0], KEEPS) if severity is Severity.WARNING else None
        yield report(facts, place, layers, _message(run, layers), severity, fix=fix)


def _message(run: Run, layers: list[LayerFact]) -> str:
    first = run.layers[0]
    assert first.activation is not None
    gain = first_action(first).initializer.gain
    in_run = {layer.op.id for layer in run.layers}
    found = names([layer.name for layer in layers if layer.op.id in in_run])
    known = [value for value in run.factors if value is not None]
    each = f"by ×{factor(known[0])}" if known and len(known) == len(run.factors) else "the wrong way"
    many = f"at each of {plural(len(run.layers), 'layer')} in a row" if len(run.layers) > 1 else "at one layer"
    total = f"; ×{factor(run.total)} in all" if run.total is not None and len(run.layers) > 1 else ""
    meant = misfit(first)
    said = f"{meant[0].upper()}{meant[1:]}'s gain" if not meant.startswith("a slope") else f"the gain for {meant},"
    if isinstance(gain, (int, float)):
        said = f"{said} {gain:.3g}"
    return (
        f"signal variance changes {each} {many} ({found}{total}): {said} is not what {title(first.activation)} needs; "
        f"use {_remedy(first)}"
    )


def _remedy(layer: LayerFact) -> str:
    assert layer.activation is not None
    if layer.activation.name in {"tanh", "hardtanh", "softsign"}:
        return "`xavier_normal_(…)`"
    return kaiming_remedy(layer.activation)


RULE = Rule("IL203", "wrong-gain", "the init's gain is meant for another activation", check)
