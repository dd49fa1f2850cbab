"""IL401: a parameter made of uninitialised memory that nothing ever writes."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._garbage import filled, is_garbage
from initlint.checks._weights import owner
from initlint.checks._wording import names
from initlint.checks.half_initialised import partner_of
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes such parameters."""
    places: dict[Place, list[Parameter]] = {}
    for parameter in facts.model.parameters:
        if is_garbage(facts.model, parameter) and partner_of(facts.model, parameter) is None:
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
            fix=filled(facts, parameters),
            class_name=owner(facts, first.layer),
            layer=first.layer,
        )


RULE = Rule("IL401", "uninitialised-parameter", "a parameter made by torch.empty that nothing writes", check)
