"""IL507: a low-rank adapter both of whose factors start random: the adapted model is another one at step 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from initlint.checks._fixes import CHANGES
from initlint.checks._weights import by_line, constant_of, filled_at, first_action, report
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, InitCall, PlacedFix, Severity
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.adapters import Adapter, adapters
from initlint.signal.facts import Facts, LayerFact

_NAMED = re.compile(r"lora", re.I)
# Variants that start from a decomposition of the weight, and take it off the frozen one.
_VARIANTS = re.compile(r"pissa|olora|corda|milora|svd|pretrained", re.I)


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that fills the second factor."""
    pairs = [each for each in adapters(facts) if is_lora(facts, each) and not _wiped(each.up)]
    found = {each.up.op.id: each for each in pairs if _random(each.down) and _random(each.up)}
    for place, layers in by_line(each.up for each in found.values()).items():
        pair = found[layers[0].op.id]
        message = (
            f"the adapter changes the model before its first step: `{_name(pair.down)}` and "
            f"{names([_name(layer) for layer in layers])} both start random, so their product is not 0; zero the "
            f"second one, `nn.init.zeros_`"
        )
        yield report(facts, place, layers, message, Severity.WARNING, fix=_fix(facts, place, layers))


def _fix(facts: Facts, place: Place, layers: list[LayerFact]) -> PlacedFix | None:
    """Zeros, where the call fills nothing but second factors."""
    ups = {layer.weight.name for layer in layers}
    filled = filled_at(facts, place)
    if not first_action(layers[0]).explicit or not all(each.name in ups for each in filled):
        return None
    text = f"use `zeros_`: the adapted model starts as the one it adapts, and {CHANGES}"
    return PlacedFix(text, Applicability.UNSAFE, (InitCall(place, "torch.nn.init.zeros_"),))


def is_lora(facts: Facts, pair: Adapter) -> bool:
    """Whether a low-rank pair is there to adapt what is frozen beside it, or says so."""
    said = _NAMED.search(f"{_name(pair.down)} {_name(pair.up)} {facts.model.name}")
    trained = pair.down.weight.trainable and pair.up.weight.trainable
    return trained and (pair.frozen or said is not None) and not _VARIANTS.search(facts.model.name)


def _wiped(layer: LayerFact) -> bool:
    """Whether the source sets it to zero, and a later init wipes that: IL404 speaks."""
    return any(action.explicit and action.initializer.constant == 0 for action in layer.weight.history)


def _random(layer: LayerFact) -> bool:
    """Whether the weight is drawn, whichever write wins."""
    inits = [action.initializer for action in layer.weight.candidates]
    drawn = all(init.known and not isinstance(init.std, Unknown) and init.std != 0 for init in inits)
    return drawn and bool(inits) and constant_of(layer.weight) is None and first_action(layer).initializer.known


def _name(layer: LayerFact) -> str:
    return layer.weight.of or layer.name


RULE = Rule("IL507", "lora-init", "an adapter both of whose factors start random", check)
