"""IL208: a norm's weight drawn around zero, or zero where nothing else carries the signal: it belongs at 1."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import matrices_alone, norm_restored
from initlint.checks._weights import callers, constant_of, is_fallback, related_places
from initlint.checks._wording import names, title
from initlint.checks.zero_weight_init import DEAD_AT_ZERO, OPEN_AT_ZERO
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.dim import format_number
from initlint.ir.initializer import InitAction
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, NormFact

_DRAWN = frozenset({"normal", "truncated_normal", "uniform"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that fills such weights."""
    norms = {module.path for module in facts.model.modules if module.kind == "norm"}
    uses = {norm.weight.name: norm for norm in facts.norms}
    drawn = [
        (action, parameter)
        for parameter in facts.model.parameters
        if (parameter.layer in norms or parameter.name in uses) and (action := _around_zero(parameter)) is not None
    ]
    for place, hits in _by_line(drawn).items():
        action, parameter = hits[0]
        std = action.initializer.std
        shown = f"std {format_number(std)}" if isinstance(std, (int, float)) else action.initializer.call
        found = names([each.layer for _, each in hits])
        message = (
            f"a random number around 0 ({shown}) scales each channel of {found} in place of 1: a norm's weight is no "
            f"matrix; leave it at 1, as with `if p.dim() > 1`"
        )
        yield _finding(facts, place, hits[0], message, Severity.WARNING, matrices_alone(facts, place))
    zeroed = [(norm.weight.candidates[0], norm.weight) for norm in uses.values() if _blocks(norm)]
    for place, hits in _by_line(zeroed).items():
        action, parameter = hits[0]
        dead = [uses[each.name] for _, each in hits if _dead(uses[each.name])]
        norm = dead[0] if dead else uses[parameter.name]
        found = names([uses[each.name].name for _, each in hits])
        effect = f"nothing passes {found}: the weight is 0"
        if norm.activation is not None and dead:
            effect += f", and {title(norm.activation)} behind it passes no gradient at 0, so it stays at 0"
        swapped = norm.bias is not None and constant_of(norm.bias) == 1
        remedy = "weight and bias are swapped: ones for the weight, zeros for the bias" if swapped else "set it to 1"
        severity = Severity.ERROR if dead else Severity.WARNING
        fix = norm_restored(place, norm.bias.candidates[0].place if swapped and norm.bias is not None else None)
        yield _finding(facts, place, hits[0], f"{effect}; {remedy}", severity, fix)


def _around_zero(parameter: Parameter) -> InitAction | None:
    """The write that draws a weight whose spread hides its mean, where the source makes it."""
    if parameter.buffer or not parameter.trainable or not parameter.name.endswith("weight"):
        return None
    for action in parameter.candidates:
        init = action.initializer
        if is_fallback(action):
            continue
        known = isinstance(init.mean, (int, float)) and init.family in _DRAWN
        if action.may or not (action.explicit and known) or not isinstance(init.mean, (int, float)):
            return None
        hides = abs(init.mean) < init.std if isinstance(init.std, (int, float)) else init.mean == 0
        return action if hides else None
    return None


def _blocks(norm: NormFact) -> bool:
    """Whether a zero weight, which the source sets, stands where everything behind it depends on it."""
    [first, *others] = norm.weight.candidates
    return (
        not others
        and first.explicit
        and norm.weight.trainable
        and constant_of(norm.weight) == 0
        and norm.next in {"activation", "layer"}
        and (norm.activation is None or norm.activation.name not in OPEN_AT_ZERO)
        and not norm.ends_branch
    )


def _dead(norm: NormFact) -> bool:
    silent = norm.bias is None or constant_of(norm.bias) == 0
    return silent and norm.activation is not None and norm.activation.name in DEAD_AT_ZERO


def _by_line(hits: list[tuple[InitAction, Parameter]]) -> dict[Place, list[tuple[InitAction, Parameter]]]:
    lines: dict[Place, list[tuple[InitAction, Parameter]]] = {}
    for action, parameter in hits:
        lines.setdefault(action.place, []).append((action, parameter))
    return lines


def _finding(
    facts: Facts, place: Place, hit: tuple[InitAction, Parameter], message: str, severity: Severity, fix: PlacedFix
) -> Finding:
    related = related_places(place, callers(facts, hit[0]))
    return Finding(
        place, message, severity, related=related, fix=fix, class_name=facts.model.name, layer=hit[1].layer
    )  # fmt: skip


RULE = Rule("IL208", "non-random-norm-scale", "a norm's weight that starts around zero", check)
