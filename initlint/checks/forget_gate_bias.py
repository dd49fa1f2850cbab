"""IL505: a forget gate's bias written into another gate's slice of an LSTM's bias: torch's order is i, f, g, o."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import CHANGES
from initlint.checks._recurrent import biases, lstms
from initlint.checks._weights import callers, related_places
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, PlacedFix, Quarter, Severity
from initlint.ir.dim import Scalar, divide, format_number, multiply
from initlint.ir.initializer import InitAction
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts

# https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html: weights are (W_ii|W_if|W_ig|W_io).
_GATES = ("input gate", "forget gate", "cell candidate", "output gate")
_FORGET = 1
# A bias of this size is one that opens a gate.
_OPENS = 0.5


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each write that opens one gate, but not the forget gate."""
    lines: dict[Place, list[tuple[Parameter, InitAction, int]]] = {}
    for parameter in (each for module in lstms(facts) for each in biases(facts, module)):
        opened = [(action, gate) for action in parameter.history if (gate := _opened(parameter, action)) is not None]
        if all(gate != _FORGET for _, gate in opened):
            for action, gate in opened:
                lines.setdefault(action.place, []).append((parameter, action, gate))
    for place, hits in lines.items():
        parameter, action, gate = hits[0]
        assert action.part is not None
        value = action.part.initializer.constant
        shown = format_number(value) if isinstance(value, (int, float)) else str(value)
        yield Finding(
            place,
            f"the {_GATES[gate]} of {names([each.name for each, _, _ in hits])} gets the bias {shown}, and the forget "
            f"gate stays near 0, so states decay by half at each step: torch's order is input, forget, cell, output; "
            f"write to the second quarter, `bias[n // 4 : n // 2]`",
            Severity.WARNING,
            fix=PlacedFix(
                f"write to the second quarter: states last, and {CHANGES}",
                Applicability.UNSAFE,
                (Quarter(place, _FORGET),),
            ),
            related=related_places(place, callers(facts, action)),
            class_name=facts.model.name,
            layer=parameter.layer,
        )


def _opened(parameter: Parameter, action: InitAction) -> int | None:
    """The gate that a write to exactly one quarter of the bias opens."""
    shape, part = parameter.shape, action.part
    if part is None or action.may or isinstance(shape, Unknown) or len(shape) != 1 or isinstance(shape[0], Unknown):
        return None
    value = part.initializer.constant
    if not isinstance(value, (int, float)) or value < _OPENS:
        return None
    start, stop = _in_quarters(part.start, shape[0]), _in_quarters(part.stop, shape[0])
    return int(start) if start in (0, 1, 2, 3) and stop == start + 1 else None


def _in_quarters(position: Scalar, size: Scalar) -> float | None:
    found = divide(multiply(4, position), size)
    return round(found, 6) if isinstance(found, (int, float)) else None


RULE = Rule("IL505", "forget-gate-bias", "a forget gate's bias in another gate's place", check)
