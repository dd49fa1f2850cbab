"""IL102: a hidden layer whose weights all have one non-zero value: its units are copies of each other."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import fitting_draw, new_draw
from initlint.checks._weights import DENSE, by_line, constant_of, deliberate, first_action, report
from initlint.checks._wording import names
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.dim import Dim, format_number
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

# The axis of the weight that counts its units, as torch.nn stores it.
UNIT_AXIS = {"linear": 0, "conv": 0, "conv_transpose": 1, "bilinear": 0, "matmul": -1}


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that makes copies of hidden units."""
    hits = [layer for layer in facts.layers if _copies(layer)]
    noisy = _has_dropout(facts)
    for place, layers in by_line(hits).items():
        pairs = [(layer, _constant_behind(facts, layer)) for layer in layers]
        lasting = [(layer, behind) for layer, behind in pairs if behind is not None and not noisy]
        swapped = _swapped(layers[0])
        found = names([layer.name for layer in layers])
        stay = "and, with a constant weight behind them too, stay so for ever" if lasting else "at the start"
        message = f"all units of {found} compute the same value {stay}: {swapped or _all_equal(layers[0])}"
        also = [(behind.made, f"`{behind.name}` behind it is constant, too") for _, behind in lasting[:1] if behind]
        severity = Severity.ERROR if lasting or swapped else Severity.WARNING
        yield report(facts, place, layers, message, severity, also, _fix(facts, place, layers[0]))


def _copies(layer: LayerFact) -> bool:
    constant = constant_of(layer.weight)
    return (
        layer.op.name in DENSE
        and constant is not None
        and constant != 0
        and layer.weight.trainable
        and not layer.weight.buffer
        and deliberate(layer)
        and layer.op.groups == 1
        and _many_units(layer)
        and not layer.head
        and not layer.ends_branch
        and bool(layer.feeds)
        and (layer.sole_carrier is True or layer.set_apart)
    )


def _many_units(layer: LayerFact) -> bool:
    shape = layer.weight.shape
    if isinstance(shape, Unknown) or len(shape) < 2:
        return False
    units = shape[UNIT_AXIS[layer.op.name]]
    return isinstance(units, Dim) or (isinstance(units, int) and units > 1)


def _constant_behind(facts: Facts, layer: LayerFact) -> LayerFact | None:
    """A layer behind it that treats all its units alike, so that they get equal gradients, too."""
    behind = facts.behind(layer)
    alike = len(behind) == len(layer.feeds) and all(constant_of(each.weight) is not None for each in behind)
    return behind[0] if behind and alike else None


def _has_dropout(facts: Facts) -> bool:
    graph = facts.model.graph
    return isinstance(graph, Unknown) or any(op.kind == "dropout" and op.value != 0 for op in graph.ops)


def _swapped(layer: LayerFact) -> str:
    init = first_action(layer).initializer
    mean = init.mean
    if init.family != "normal" or not isinstance(mean, (int, float)):
        return ""
    return f"mean {format_number(mean)} and std 0 are swapped; use `{init.call}(…, 0, {format_number(mean)})`"


def _fix(facts: Facts, place: Place, layer: LayerFact) -> PlacedFix | None:
    if not _swapped(layer):
        return fitting_draw(facts, place, layer, "the units start different, so that they can learn different things")
    std = format_number(abs(first_action(layer).initializer.mean))  # type: ignore[arg-type]
    return new_draw(facts, place, "normal_", ("mean=0.0", f"std={std}"), "the units start different")


def _all_equal(layer: LayerFact) -> str:
    value = constant_of(layer.weight)
    shown = format_number(value) if isinstance(value, (int, float)) else str(value)
    return f"every weight is {shown}; draw random weights, as with `kaiming_normal_`"


RULE = Rule("IL102", "constant-weight-init", "a hidden layer whose weights are all one value", check)
