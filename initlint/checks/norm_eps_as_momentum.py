"""IL607: a norm's eps so large that it takes part in the scale: most often a momentum in eps's place."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._wording import factor, names
from initlint.diagnostics import Applicability, Finding, NameArgument, PlacedFix, Severity
from initlint.ir.model import Module
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts

LARGEST_EPS = 1e-2
# What layers of default init pass on: a variance for which the effect is told.
SMALL_VARIANCE = 0.1


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes such norms."""
    lines: dict[Place, list[Module]] = {}
    for module in facts.model.modules:
        if module.eps is not None and module.eps > LARGEST_EPS:
            lines.setdefault(module.place, []).append(module)
    for place, norms in lines.items():
        first = norms[0]
        eps = first.eps or 0
        as_momentum = eps < 1 and ("BatchNorm" in first.type or "InstanceNorm" in first.type)
        meant = f"`momentum={eps:g}` was meant, as the second argument is eps" if as_momentum else "use 1e-5 or so"
        verb = "normalises" if len(norms) == 1 else "normalise"
        message = (
            f"{names([norm.path or first.type for norm in norms])} {verb} in part: with eps={eps:g} beside the "
            f"variance, a signal of variance 1 leaves with std {_left(1, eps)}, one of {SMALL_VARIANCE:g} with "
            f"{_left(SMALL_VARIANCE, eps)}, in place of 1; {meant}"
        )
        fix = _fix(place, eps) if as_momentum else None
        yield Finding(place, message, Severity.WARNING, fix=fix, class_name=facts.model.name, layer=first.path)


def _fix(place: Place, eps: float) -> PlacedFix:
    text = f"give it as `momentum={eps:g}`: eps goes back to 1e-05, so the norm normalises, and every run changes"
    return PlacedFix(text, Applicability.UNSAFE, (NameArgument(place, 1, "momentum"),))


def _left(variance: float, eps: float) -> str:
    """The standard deviation behind the norm of a signal of that variance."""
    return factor(math.sqrt(variance / (variance + eps)))


RULE = Rule("IL607", "norm-eps-as-momentum", "a norm whose eps is as large as the variance", check)
