"""IL202: Kaiming weights with ReLU's gain feed tanh-like units, where √2 compounds instead of making up for a loss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from initlint.checks._depth import first_gradient
from initlint.checks._fixes import new_draw
from initlint.checks._scale import Run, he_runs, kaiming_for_relu, leaves_limits
from initlint.checks._weights import DENSE, by_line, report
from initlint.checks._wording import factor, kaiming_arguments, names, plural, title
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact
from initlint.signal.recurrence import Recurrence, recurrence

# χ₁ = 1.34 a layer for hardtanh at σ_w² = 2 (Schoenholz et al. 2017); visible from three layers on.
HARDTANH_DEPTH = 3
VISIBLE_GROWTH = 1.2
ADVICE_DEPTH = 2
# Over 150 steps nearby states move apart by ×9 and more.
DIVERGES = 1.03
DIVERGENCE = "nearby states diverge over time"


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each init call: a warning where the fault compounds, else advice; silent for a single layer."""
    runs = he_runs(facts)
    reasons = [*((run, _harm(facts, run)) for run in runs), *_summed_cells(facts, runs)]
    told = [(run, harm) for run, harm in reasons if harm or len(run.layers) >= ADVICE_DEPTH]
    run_of = {layer.op.id: (run, harm) for run, harm in told for layer in run.layers}
    for place, layers in by_line(layer for run, _ in told for layer in run.layers).items():
        run, harm = max(
            (run_of[layer.op.id] for layer in layers), key=lambda pair: (bool(pair[1]), len(pair[0].layers))
        )
        severity = Severity.WARNING if harm else Severity.INFO
        fix = _fix(facts, place) if harm else None
        yield report(facts, place, layers, _message(run, layers, harm), severity, fix=fix)


def _harm(facts: Facts, run: Run) -> str:
    """What compounds, in words; empty where nothing measurable does."""
    if any(_diverges(facts, layer) for layer in run.layers):
        return DIVERGENCE
    backward = first_gradient(run.stack) if run.stack is not None else None
    if backward is not None and run.stack is not None and leaves_limits(facts, run.stack, backward):
        return f"gradients change by ×{factor(backward)} from the last hidden layer to the first"
    hardtanh = [each for each in run.layers if each.activation is not None and each.activation.name == "hardtanh"]
    if len(hardtanh) >= HARDTANH_DEPTH and (backward is None or backward >= VISIBLE_GROWTH):
        grown = (
            "at each layer" if backward is None else f"by ×{factor(backward)} from the last hidden layer to the first"
        )
        return f"gradients grow {grown}"
    return ""


def _diverges(facts: Facts, layer: LayerFact) -> Recurrence | None:
    found = recurrence(facts, layer)
    return found if found is not None and isinstance(found.growth, float) and found.growth > DIVERGES else None


def _summed_cells(facts: Facts, runs: list[Run]) -> Iterator[tuple[Run, str]]:
    """Recurrent matrices whose product is added to the input's before the activation: no layer of any run."""
    told = {layer.weight.name for run in runs for layer in run.layers}
    for layer in facts.layers:
        if layer.next == "add" and layer.op.name in DENSE and layer.weight.name not in told and kaiming_for_relu(layer):
            found = _diverges(facts, layer)
            if found is not None:
                yield Run((replace(layer, activation=found.activation),), (None,), None), DIVERGENCE


def _fix(facts: Facts, place: Place) -> PlacedFix | None:
    """Xavier's draw, unless the call also fills layers before a ReLU, which Kaiming's fits."""
    here = [layer for layer in facts.layers if any(action.place == place for action in layer.weight.candidates)]
    if any(layer.activation is not None and kaiming_arguments(layer.activation) for layer in here):
        return None
    return new_draw(facts, place, "xavier_normal_", (), "the layers start with the gain that fits them")


def _message(run: Run, layers: list[LayerFact], harm: str) -> str:
    activation = run.layers[0].activation
    assert activation is not None
    in_run = {layer.op.id for layer in run.layers}
    name, found = title(activation), names([layer.name for layer in layers if layer.op.id in in_run])
    where = f"{plural(len(run.layers), 'layer')} in a row ({found})" if len(run.layers) > 1 else found
    if harm:
        start = f"{harm} through {where}: Kaiming's gain √2 makes up for a ReLU that isn't there"
    else:
        start = f"{name} is driven towards saturation at {where}: Kaiming's gain √2 is meant for ReLU"
    return f"{start}; use `xavier_normal_` before {name}"


RULE = Rule("IL202", "he-before-saturating", "Kaiming weights for ReLU feed tanh-like units", check)
