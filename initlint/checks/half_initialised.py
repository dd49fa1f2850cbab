"""IL408: of two parameters that were made together, one is filled and the other keeps what memory held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from initlint.checks._garbage import filled, is_garbage
from initlint.checks._weights import owner, related_places
from initlint.diagnostics import Finding, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import Model, Parameter
from initlint.rule import Rule
from initlint.signal.facts import Facts

# What tells the parts of a pair apart: weight and bias, w and b, numbers, single letters, ih and hh, in and out.
_SIDES = re.compile(r"weights?|bias(?:es)?|kernel|src|dst|in|out|left|right|ih|hh|\d+")


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each such parameter."""
    for parameter in facts.model.parameters:
        partner = partner_of(facts.model, parameter)
        if partner is not None:
            twin, action = partner
            yield Finding(
                parameter.candidates[0].place,
                f"`{parameter.name}` keeps whatever memory `{parameter.candidates[0].initializer.call}` finds, NaN at "
                f"times: `{twin.name}` beside it is initialised, and it is not; fill it in the same place",
                Severity.ERROR,
                related=related_places(
                    parameter.candidates[0].place, [(action.place, f"`{twin.name}` is initialised here")]
                ),
                fix=filled(facts, [parameter]),
                class_name=owner(facts, parameter.layer),
                layer=parameter.layer,
            )


def partner_of(model: Model, parameter: Parameter) -> tuple[Parameter, InitAction] | None:
    """The parameter that was made as the other half of a garbage one, and is filled, with the write that fills it."""
    if not is_garbage(model, parameter):
        return None
    own = _stem(parameter.name)
    for other in model.parameters:
        if other is parameter or other.layer != parameter.layer or not other.history or _stem(other.name) != own:
            continue
        written = next((action for action in other.candidates if action.explicit and not action.blanket), None)
        if other.history[0].initializer.family == "garbage" and written is not None:
            return other, written
    return None


def _stem(name: str) -> tuple[str, ...]:
    """What the two names of a pair have in common: `weight_ih` and `bias_ih` are `*_ih` and so on."""
    parts = re.findall(r"[a-z]+|\d+", name.rpartition(".")[2].lower())
    words = sum(part.isalpha() for part in parts)
    return tuple("*" if _SIDES.fullmatch(part) or (words == 1 and len(part) == 1) else part for part in parts)


RULE = Rule("IL408", "half-initialised", "one of two parameters of torch.empty that nothing writes", check)
