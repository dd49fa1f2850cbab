"""IL401: a parameter made of uninitialised memory that nothing ever writes."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import fitting_init
from initlint.checks._weights import DENSE, owner
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, NewLines, PlacedFix, Severity
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
            fix=_fix(facts, parameters),
            class_name=owner(facts, first.layer),
            layer=first.layer,
        )


def _fix(facts: Facts, parameters: list[Parameter]) -> PlacedFix | None:
    """A line behind the one that makes the parameter, with what such a parameter usually starts from; None where the
    parameters made there want different things, or no name and no use says what they are."""
    wanted = {_start(facts, parameter) for parameter in parameters}
    function = wanted.pop()
    if wanted or not function:
        return None
    name, *given = function
    call = f"{{torch.nn.init.{name}}}({', '.join(['{target}', *given])})"
    message = f"add `{name}({', '.join(['…', *given])})` behind it: runs no longer start from garbage"
    return PlacedFix(message, Applicability.UNSAFE, (NewLines(parameters[0].candidates[0].place, call),))


def _start(facts: Facts, parameter: Parameter) -> tuple[str, ...]:
    """The function of ``torch.nn.init`` and its arguments behind the tensor."""
    shape, name = parameter.shape, parameter.name.rpartition(".")[2]
    if isinstance(shape, Unknown):
        return ()
    layer = next((each for each in facts.layers if each.weight is parameter), None)
    if layer is not None:
        function, given = fitting_init(layer)
        # Of a stack of matrices, torch would take the wrong axes for the fans.
        return (function, *given) if layer.op.name in DENSE and (len(shape) == 2 or "conv" in layer.op.name) else ()
    if any(word in name for word in ("bias", "beta", "shift")):
        return ("zeros_",)
    if len(shape) == 1 and any(word in name for word in ("weight", "gamma", "scale", "temperature")):
        return ("ones_",)
    # Queries, tokens and positions, as in ViT and BERT.
    return ("normal_", "std=0.02") if len(shape) > 1 else ()


def _garbage(parameter: Parameter) -> bool:
    if isinstance(parameter.shape, Unknown) or 0 in parameter.shape:
        # A size that isn't known may be zero or left to a lazy layer; a tensor without elements holds no garbage.
        return False
    actions = parameter.candidates
    return bool(actions) and all(a.initializer.family == "garbage" and not a.may for a in actions)


RULE = Rule("IL401", "uninitialised-parameter", "a parameter made by torch.empty that nothing writes", check)
