"""IL206: a scale over the wrong fan: stacks, transposed weights, groups, misplaced roots, one-sided draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from initlint.checks._fans import misplaced_axis, misplaced_root, misread, one_sided
from initlint.checks._weights import by_line, deliberate, first_action, report
from initlint.checks._wording import factor, names
from initlint.diagnostics import Finding, Severity
from initlint.ir.dim import Scalar
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that sets such a scale."""
    explicit = [layer for layer in facts.layers if first_action(layer).explicit]
    stacks = {layer.op.id: found for layer in explicit if (found := misread(facts, layer)) is not None}
    for place, layers in by_line(layer for layer in explicit if layer.op.id in stacks).items():
        why, off = stacks[layers[0].op.id]
        yield report(facts, place, layers, f"{_effect(layers, off)}: {why}; {_remedy(why)}", Severity.WARNING)
    roots = {layer.op.id: formula for layer in explicit if (formula := misplaced_root(facts, layer))}
    for place, layers in by_line(layer for layer in explicit if layer.op.id in roots).items():
        formula = roots[layers[0].op.id]
        if formula.endswith("1/fan"):
            effect = f"the signal's variance falls by the fan at {_named(layers)}, the more the wider the layer"
            remedy = "the root is missing: a variance of 1/fan is a std of √(1/fan)"
        else:
            effect = f"the signal's variance doubles at {_named(layers)} even behind ReLU"
            remedy = "the root covers the 2 as well: √(2/fan)"
        yield report(facts, place, layers, f"{effect}: {formula}; {remedy}", Severity.WARNING)
    axes = {layer.op.id: wrong for layer in explicit if (wrong := misplaced_axis(facts, layer)) is not None}
    for place, layers in by_line(layer for layer in explicit if layer.op.id in axes).items():
        why = "the bound is 1/√fan out, as `weight.size(0)` is the number of units"
        message = f"{_effect(layers, axes[layers[0].op.id])}: {why}; take `weight.size(1)`, the fan in"
        yield report(facts, place, layers, message, Severity.WARNING)
    for place, layers in by_line(
        layer for layer in facts.layers if deliberate(layer) and one_sided(facts, layer)
    ).items():
        message = (
            f"the units of {_named(layers)} compute nearly the same sum, as every weight is drawn from 0 upwards "
            f"(three quarters of their scale is the common mean); draw around 0, as `uniform_(…, -bound, bound)` does"
        )
        yield report(facts, place, layers, message, Severity.WARNING)


def _effect(layers: Iterable[LayerFact], off: Scalar) -> str:
    times = factor(float(off)) if isinstance(off, (int, float)) else str(off)
    return f"the weights of {_named(layers)} have ×{times} the variance that the scheme gives"


def _named(layers: Iterable[LayerFact]) -> str:
    return names([layer.weight.of or layer.name for layer in layers])


def _remedy(why: str) -> str:
    if "kernel" in why:
        return "initialise each matrix of the stack by itself, or set the bound from the matrix's own fan"
    return 'use `mode="fan_out"`' if "second axis" in why else "use fan in"


RULE = Rule("IL206", "wrong-fan", "a scale computed over the wrong fan", check)
