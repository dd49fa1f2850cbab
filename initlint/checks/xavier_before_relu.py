"""IL201: Xavier or LeCun weights feed a rectifier without its gain, and the signal shrinks at each layer."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fans import misread
from initlint.checks._fixes import KEEPS, one_draw
from initlint.checks._scale import Run, end_to_end, in_series, leaves_limits, scheme_of, xavier_runs
from initlint.checks._weights import by_line, first_action, report
from initlint.checks._wording import factor, kaiming_remedy, names, plural, title
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

_SCHEMES = {"lecun": "LeCun", "xavier": "Xavier"}
# Nets of two such layers train as well as others.
_HARMS = 3


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each init call of layers where the loss compounds: advice for two in a row."""
    runs = [
        run
        for run in xavier_runs(facts)
        if run.compounds and not any(misread(facts, layer) is not None for layer in run.layers)
    ]
    series = in_series(facts, runs)
    run_of = {layer.op.id: run for run in runs for layer in run.layers}
    for place, layers in by_line(layer for run in runs for layer in run.layers).items():
        run = max((run_of[layer.op.id] for layer in layers), key=lambda run: len(run.layers))
        fix = one_draw(facts, place, run.layers[0], KEEPS)
        severity = Severity.WARNING if max(series[layer.op.id] for layer in layers) >= _HARMS else Severity.INFO
        yield report(facts, place, layers, _message(facts, run, layers), severity, fix=fix)


def _message(facts: Facts, run: Run, layers: list[LayerFact]) -> str:
    first = run.layers[0]
    assert first.activation is not None
    scheme = _SCHEMES.get(scheme_of(first, first_action(first).initializer), "`orthogonal_`")
    count = len(run.layers)
    many = f"at each of {plural(count, 'layer')} in a row" if count > 1 else "at one layer"
    in_run = {layer.op.id for layer in run.layers}
    found = names([layer.name for layer in layers if layer.op.id in in_run])
    return (
        f"signal variance {_loss(run)} {many} ({found}{_in_all(facts, run)}): {scheme} has gain 1, too small before "
        f"{title(first.activation)}; use {kaiming_remedy(first.activation)}"
    )


def _loss(run: Run) -> str:
    known = [value for value in run.factors if value is not None]
    if len(known) < len(run.factors):
        return "shrinks"
    low, high = min(known), max(known)
    if abs(low - 0.5) < 0.01 and abs(high - 0.5) < 0.01:
        return "halves"
    if high - low < 0.01:
        return f"falls to ×{factor(low)}"
    return f"falls to ×{factor(low)} to ×{factor(high)}"


def _in_all(facts: Facts, run: Run) -> str:
    parts = []
    if len(run.layers) > 1 and run.total is not None:
        parts.append(f"×{factor(run.total)} in all")
    if run.stack is not None:
        reached = end_to_end(run.stack)
        if reached is not None and leaves_limits(facts, run.stack, reached):
            parts.append(f"`{run.stack.hidden[-1].name}` sees ×{factor(reached)} of the input's standard deviation")
    return "".join(f"; {part}" for part in parts)


RULE = Rule("IL201", "xavier-before-relu", "Xavier weights feed a ReLU-like activation without its gain", check)
