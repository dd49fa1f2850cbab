"""IL401: a parameter made of uninitialised memory that nothing ever writes."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import owner
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes such parameters."""
    places: dict[Place, list[Parameter]] = {}
    for parameter in facts.model.parameters:
        # What is frozen from the start (quantised weights, say) is there for a checkpoint to fill.
        if parameter.trainable and not parameter.buffer and _garbage(parameter):
            places.setdefault(parameter.candidates[0].place, []).append(parameter)
    for place, parameters in places.items():
        first = parameters[0]
        call = first.candidates[0].initializer.call
        found = names([parameter.name for parameter in parameters])
        verb = "keep" if len(parameters) > 1 else "keeps"
        yield Finding(
            place,
            f"{found} {verb} whatever memory `{call}` finds, NaN at times, as nothing writes it; "
            f"initialise it where it is made or in reset_parameters",
            Severity.ERROR,
            class_name=owner(facts, first.layer),
            layer=first.layer,
        )


def _garbage(parameter: Parameter) -> bool:
    if isinstance(parameter.shape, Unknown) or 0 in parameter.shape:
        # A size that isn't known may be zero or left to a lazy layer; a tensor without elements holds no garbage.
        return False
    actions = parameter.candidates
    return bool(actions) and all(a.initializer.family == "garbage" and not a.may for a in actions)


RULE = Rule("IL401", "uninitialised-parameter", "a parameter made by torch.empty that nothing writes", check)
