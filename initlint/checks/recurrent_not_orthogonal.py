"""IL504: recurrent matrices of random draws, whose powers shrink most directions and stretch a few."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._recurrent import recurrent_modules, recurrent_weights
from initlint.checks._weights import callers, filled_at, related_places
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, InitCall, NewLines, PlacedFix, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import Module, Parameter
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts

# Small ones train from their default as well.
LARGE = 512
_LOOP = (
    "for name, parameter in {target}.named_parameters():\n"
    '    if "weight_hh" in name:\n'
    "        {torch.nn.init.orthogonal_}(parameter)"
)
_CHANGES = "steps keep the state's length, and every run changes from its first step on"


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that draws such matrices by chance; of the default only for large ones."""
    lines: dict[Place, list[tuple[Module, Parameter, InitAction]]] = {}
    for module in recurrent_modules(facts):
        for weight in recurrent_weights(facts, module):
            action = weight.candidates[0] if len(weight.candidates) == 1 else None
            if action is None or not _random(weight, action):
                continue
            lines.setdefault(action.place if action.explicit else module.place, []).append((module, weight, action))
    for place, hits in lines.items():
        module, weight, action = hits[0]
        message = (
            f"{names([each.name for _, each, _ in hits])} start from `{action.initializer.call}`: over many steps such "
            f"a matrix shrinks most of a state and stretches the rest; draw it with `orthogonal_`, which keeps lengths"
        )
        related = related_places(place, callers(facts, action))
        yield Finding(
            place,
            message,
            Severity.INFO,
            related=related,
            fix=_fix(facts, place, action),
            class_name=facts.model.name,
            layer=module.path,
        )


def _random(weight: Parameter, action: InitAction) -> bool:
    """Whether each element is drawn on its own; of the default only where the state is large."""
    if action.initializer.family not in {"normal", "uniform", "truncated_normal"} or not weight.trainable:
        return False
    size = weight.shape[-1] if isinstance(weight.shape, tuple) and weight.shape else None
    return action.explicit or (isinstance(size, int) and size >= LARGE)


def _fix(facts: Facts, place: Place, action: InitAction) -> PlacedFix | None:
    if not action.explicit:
        text = f"draw the recurrent matrices with `orthogonal_`: {_CHANGES}"
        return PlacedFix(text, Applicability.UNSAFE, (NewLines(place, _LOOP),))
    filled = filled_at(facts, place)
    if not all("weight_hh" in each.name for each in filled):
        return None
    return PlacedFix(
        f"use `orthogonal_`: {_CHANGES}", Applicability.UNSAFE, (InitCall(place, "torch.nn.init.orthogonal_"),)
    )


RULE = Rule(
    "IL504", "recurrent-not-orthogonal", "recurrent matrices that are not orthogonal at the start", check, default=False
)
