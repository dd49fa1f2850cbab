"""Parameters that hold what memory held."""

from __future__ import annotations

from initlint.checks._fixes import fitting_init
from initlint.checks._weights import DENSE
from initlint.checks.lora_init import is_lora
from initlint.diagnostics import Applicability, NewLines, PlacedFix
from initlint.ir.model import Model, Parameter
from initlint.ir.unknown import Unknown
from initlint.signal.adapters import adapters
from initlint.signal.facts import Facts


def is_garbage(model: Model, parameter: Parameter) -> bool:
    """Whether nothing ever fills the parameter. What is frozen from the start is there for a checkpoint to fill, and so
    are the scales beside quantised weights; a size that isn't known may be zero or left to a lazy layer."""
    if not parameter.trainable or parameter.buffer or isinstance(parameter.shape, Unknown) or 0 in parameter.shape:
        return False
    actions = parameter.candidates
    unfilled = bool(actions) and all(a.initializer.family == "garbage" and not a.may for a in actions)
    return unfilled and not any(each.stored and each.layer == parameter.layer for each in model.parameters)


def filled(facts: Facts, parameters: list[Parameter]) -> PlacedFix | None:
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
    if any(each.up is layer for each in adapters(facts) if is_lora(facts, each)):
        return ("zeros_",)
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
