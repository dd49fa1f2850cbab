"""IL404: a deliberate init that a later blanket init, or a second init of the same tensor, wipes out."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._overwrites import final_write, put_back, wipes
from initlint.checks._weights import callers, related_places
from initlint.checks._wording import filling, names
from initlint.diagnostics import Finding, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call all of whose writes are wiped; of what loads a checkpoint, all writes to matrices."""
    wiped: dict[tuple[Place, bool], list[tuple[Parameter, InitAction, InitAction]]] = {}
    survives: set[tuple[Place, bool]] = set()
    for parameter in facts.model.parameters:
        final = final_write(parameter)
        for held, action in zip((None, *parameter.history), parameter.history):
            loaded = action.initializer.family == "loaded"
            opened = parameter.name in facts.gates and final is not None and final.blanket
            if (loaded and not _is_matrix(parameter)) or not (action.explicit or opened):
                continue
            # A library's function that builds and loads a model does both at the line that calls it.
            call = (action.place, loaded)
            if final is not None and wipes(parameter, action, final) and not put_back(held, final):
                wiped.setdefault(call, []).append((parameter, action, final))
            else:
                survives.add(call)
    for call, hits in wiped.items():
        if call not in survives:
            yield _finding(facts, call[0], hits)


def _is_matrix(parameter: Parameter) -> bool:
    return not isinstance(parameter.shape, Unknown) and len(parameter.shape) > 1


def _finding(facts: Facts, place: Place, hits: list[tuple[Parameter, InitAction, InitAction]]) -> Finding:
    parameter, first, final = hits[0]
    found = names([each.name for each, _, _ in hits])
    remedy = "move it behind the later init" if final.blanket or first.outer != final.outer else "keep one of the two"
    lost = f"this init of {found} is lost: {filling(first.initializer)}"
    if first.initializer.family == "loaded":
        lost, remedy = (
            f"what is loaded here into {found} is lost: it",
            "load it behind that, or init the new layers alone",
        )
    return Finding(
        place,
        f"{lost} is overwritten by {filling(final.initializer)}; {remedy}",
        Severity.WARNING,
        related=related_places(place, [(final.place, "overwritten here"), *callers(facts, final)]),
        class_name=facts.model.name,
        layer=parameter.layer,
    )


RULE = Rule("IL404", "init-overwritten", "a deliberate init that a later init wipes out", check)
