"""IL501: an embedding of variance 1 that is tied to the output layer, whose logits are then far too large."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._fixes import CHANGES, new_draw
from initlint.checks._weights import filled_at, first_action, line_to_change, report
from initlint.checks._wording import factor
from initlint.diagnostics import Applicability, Finding, NewLines, PlacedFix, Severity
from initlint.ir.dim import Dim
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact, Logits
from initlint.signal.logits import loss

# Of a width without a value: of 64, which is narrow, a half is a loss of 2·log C already for C up to 9 million.
LEAST_SHARE = 0.5


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each table whose logits start too large: a warning where the loss is known, else advice."""
    for logits in facts.logits:
        if logits.tied and (consequence := _consequence(facts, logits)):
            layer = logits.layer
            table = layer.weight.name.removesuffix(".weight")
            message = (
                f"{consequence}: `{table}` is both embedding and output layer; draw it with "
                f"`normal_(…, std=d_model**-0.5)` or smaller, or scale the logits by 1/√d_model"
            )
            severity = Severity.INFO if isinstance(logits.second, Dim) else Severity.WARNING
            yield report(facts, line_to_change(layer), [layer], message, severity, fix=_fix(facts, layer))


def _fix(facts: Facts, layer: LayerFact) -> PlacedFix | None:
    """A smaller draw behind the line that makes the table, or in place of the call that fills it alone."""
    place = line_to_change(layer)
    std = f"{layer.fan_in:g}**-0.5" if isinstance(layer.fan_in, int) else "0.02"
    why = "the loss starts near log C"
    if first_action(layer).explicit:
        filled = filled_at(facts, place)
        return new_draw(facts, place, "normal_", (f"std={std}",), why) if len(filled) == 1 else None
    line = f"{{torch.nn.init.normal_}}({{target}}.weight, std={std})"
    return PlacedFix(f"draw it smaller: {why}, and {CHANGES}", Applicability.UNSAFE, (NewLines(place, line),))


def _consequence(facts: Facts, logits: Logits) -> str:
    """The predicted logits and loss in words; empty where they are fine or not known."""
    second, classes = logits.second, logits.classes
    if isinstance(second, Dim):
        if not facts.model.standalone:
            return ""  # a function that builds what checkpoints fill
        wide = second.coefficient >= LEAST_SHARE and [power for _, power in second.powers] == [1]
        return f"logits start with a variance of {second}, not 1" if wide else ""
    if not isinstance(second, (int, float)) or not isinstance(classes, (int, float)) or classes < 2:
        return ""
    chance = math.log(classes)
    start = loss(second / 10 ** (4 * logits.tolerance), classes)
    if start < facts.thresholds.loss * chance:
        return ""
    return (
        f"the loss starts near {factor(loss(second, classes))}, not at log({classes}) = {chance:.1f}, "
        f"as logits have a standard deviation of {factor(math.sqrt(second))}"
    )


RULE = Rule(
    "IL501", "tied-embedding-scale", "an embedding of variance 1 tied to the output layer", check, of_defaults=True
)
