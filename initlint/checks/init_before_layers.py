"""IL403: an init runs before the layers that it is meant for exist."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import CHANGES
from initlint.checks._misuse import misuses, report_misuse
from initlint.checks._weights import related_places
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, PlacedFix, Severity, ToEnd
from initlint.ir.place import Place
from initlint.ir.sweep import Sweep
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each sweep that comes too early, and for each init of an attribute that is not there yet."""
    said = {each.parameter for each in facts.model.misuses if each.kind == "missing-attribute"}  # by IL608
    for place, found in misuses(facts, "too-early").items():
        if found[0].parameter not in said:
            message = (
                f"this call raises AttributeError: `{found[0].parameter}` is made further down; move it behind that"
            )
            yield report_misuse(facts, place, found, message)
    left = _never_filled(facts)
    for sweep in facts.model.sweeps:
        late = [name for name in sweep.late if name in left]
        # A head that comes after an init of the rest keeps the default on purpose.
        hidden = [name for name in late if name not in _heads(facts)]
        if not sweep.may and hidden:
            yield _finding(facts, sweep, late)


def _never_filled(facts: Facts) -> set[str]:
    return {
        parameter.name
        for parameter in facts.model.parameters
        if parameter.trainable and not any(action.explicit for action in parameter.history)
    }


def _heads(facts: Facts) -> set[str]:
    found: set[str] = set()
    for layer in facts.layers:
        if layer.head:
            found.add(layer.weight.name)
            found.add(layer.bias.name if layer.bias is not None else "")
    return found


def _finding(facts: Facts, sweep: Sweep, late: list[str]) -> Finding:
    place = _line(facts, sweep)
    what = "call" if sweep.kind == "apply" or place != sweep.place else "loop"
    keep = "keeps its" if len(late) == 1 else "keep their"
    outer = [(each, "reached from here") for each in (*sweep.outer, sweep.place) if each != facts.model.site]
    return Finding(
        place,
        f"{names(late)} {keep} default: this {what} runs before they are made; move it to the end of the constructor",
        Severity.ERROR,
        related=related_places(place, outer),
        fix=PlacedFix(
            f"move it to the end: the layers are filled as meant, and {CHANGES}", Applicability.UNSAFE, (ToEnd(place),)
        ),
        class_name=facts.model.name,
        layer=late[0].rpartition(".")[0],
    )


def _line(facts: Facts, sweep: Sweep) -> Place:
    """The call in the code of the class that makes the late layers: that of its own method, or of its base class."""
    made = {module.path: module.place for module in facts.model.modules}
    late = {made[name.rpartition(".")[0]][:2] for name in sweep.late if name.rpartition(".")[0] in made}
    calls = (*sweep.outer, sweep.place)
    own = [each for each in calls if each[:2] in late and each != facts.model.site]
    return own[0] if own else sweep.place


RULE = Rule("IL403", "init-before-layers", "an init that runs before its layers exist", check)
