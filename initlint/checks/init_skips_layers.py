"""IL406: an init covers some weight layers and leaves their siblings of another kind at torch's default."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._sweeps import at_default, weights_below
from initlint.checks._weights import related_places
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.ir.sweep import Sweep
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each sweep that leaves out hidden layers which nothing normalises."""
    hidden = {layer.weight.name: layer for layer in facts.layers if _matters(layer)}
    for sweep in facts.model.sweeps:
        if sweep.may or not sweep.filled or any(guard.open for guard in sweep.guards):
            continue
        covered, left = _split(facts, sweep)
        skipped = [each for each in left if each.name in hidden]
        if skipped and any(each.name in hidden for each in covered):
            yield _finding(facts, sweep, covered, skipped, hidden)


def _matters(layer: LayerFact) -> bool:
    """Whether a layer's scale reaches the layers behind it: a hidden one before an activation, with no norm between."""
    return layer.norm_after is False and layer.next == "activation" and bool(layer.feeds) and not layer.head


def _split(facts: Facts, sweep: Sweep) -> tuple[list[Parameter], list[Parameter]]:
    """The weights that the sweep draws, and those of other classes (or deeper ones) that stay at the default."""
    below = list(weights_below(facts.model, sweep.root))
    filled, deep = set(sweep.filled), set(sweep.deep)
    covered = [(kind, each) for kind, each in below if each.name in filled and _drawn(each)]
    kinds = {kind for kind, _ in covered} | {name for guard in sweep.guards for name in guard.types}
    left = [each for kind, each in below if at_default(each) and (kind not in kinds or each.name in deep)]
    return [each for _, each in covered], left


def _drawn(parameter: Parameter) -> bool:
    initializer = parameter.initializer
    return initializer is not None and initializer.constant is None


def _finding(
    facts: Facts, sweep: Sweep, covered: list[Parameter], skipped: list[Parameter], hidden: dict[str, LayerFact]
) -> Finding:
    place = _line(sweep, skipped)
    keep = "keeps" if len(skipped) == 1 else "keep"
    why = (
        "`children()` comes to the direct children only" if skipped[0].name in sweep.deep else "it asks for other kinds"
    )
    return Finding(
        place,
        f"{names([each.layer for each in skipped])} {keep} PyTorch's default, while this init draws "
        f"{names([each.layer for each in covered])}: {why}",
        _severity(covered, skipped, hidden),
        related=related_places(
            place, [(hidden[each.name].made, f"`{each.layer}` is made here") for each in skipped[:3]]
        ),
        class_name=facts.model.name,
        layer=skipped[0].layer,
    )


def _severity(covered: list[Parameter], skipped: list[Parameter], hidden: dict[str, LayerFact]) -> Severity:
    """A lone linear layer behind convolutions is many people's choice, and its default costs little."""
    kinds = {hidden[each.name].op.name for each in skipped}
    alike = kinds & {hidden[each.name].op.name for each in covered if each.name in hidden}
    both = kinds <= {"conv", "conv_transpose"}
    return Severity.WARNING if alike or both or len(skipped) > 1 else Severity.INFO


def _line(sweep: Sweep, skipped: list[Parameter]) -> Place:
    """The condition that names the kinds, or the loop that doesn't go deep enough."""
    if skipped[0].name not in sweep.deep:
        for guard in sweep.guards:
            if guard.held and guard.fills:
                return guard.place
    return sweep.place


RULE = Rule("IL406", "init-skips-layers", "an init that leaves out layers of another kind", check)
