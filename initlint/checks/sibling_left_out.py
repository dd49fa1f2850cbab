"""IL407: copied lines: one layer is initialised twice, the sibling beside it never."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import CHANGES
from initlint.checks._sweeps import at_default
from initlint.checks._weights import related_places
from initlint.diagnostics import Applicability, Finding, PlacedFix, Readdress, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import Model, Module, Parameter
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each second init of a parameter that has a sibling without any."""
    for parameter, first, second in twice(facts.model):
        sibling = left_out(facts.model, parameter)
        if sibling is not None:
            yield Finding(
                second.place,
                f"`{sibling.name}` keeps the value it was made with, and `{parameter.name}` is initialised twice; "
                f"was `{sibling.layer}` meant here?",
                Severity.WARNING,
                fix=PlacedFix(
                    f"initialise `{sibling.layer}` here: both start as meant, and {CHANGES}",
                    Applicability.UNSAFE,
                    (Readdress(second.place, _last(parameter), _last(sibling)),),
                ),
                related=related_places(
                    second.place, [(first.place, "initialised here, too"), (sibling.place, "the sibling is made here")]
                ),
                class_name=facts.model.name,
                layer=parameter.layer,
            )


def _last(parameter: Parameter) -> str:
    return parameter.layer.rpartition(".")[2]


def twice(model: Model) -> Iterator[tuple[Parameter, InitAction, InitAction]]:
    """The parameters that two lines of one function initialise, with the last two such writes."""
    for parameter in model.parameters:
        written = [action for action in parameter.history if action.explicit]
        if len(written) < 2 or parameter.layer == "":
            continue
        first, second = written[-2:]
        certain = all(map(_is_init, (first, second)))
        apart = first.place != second.place and first.place[:2] == second.place[:2] and first.outer == second.outer
        if certain and apart:
            yield parameter, first, second


def _is_init(action: InitAction) -> bool:
    """Whether the write surely happens and is one's own: no sweep's, and no copy of another layer's weight."""
    init = action.initializer
    return init.known and not action.copied and not action.may and not action.blanket


def left_out(model: Model, parameter: Parameter) -> Parameter | None:
    """The parameter of the same name, in a layer of the same class beside it, that nothing initialises: one of the same
    shape, if there is any, and then the one whose name is nearest."""
    modules = {module.path: module for module in model.modules}
    own = modules.get(parameter.layer)
    if own is None:
        return None
    attribute = parameter.name.rpartition(".")[2]
    found = [
        each
        for each in model.parameters
        if each.name.rpartition(".")[2] == attribute
        and each.layer != parameter.layer
        and (other := modules.get(each.layer)) is not None
        and _are_siblings(own, other)
        and at_default(each)
    ]

    def far(each: Parameter) -> tuple[bool, int]:
        return each.shape != parameter.shape, _distance(each.layer, parameter.layer)

    return min(found, key=far, default=None)


def _are_siblings(one: Module, other: Module) -> bool:
    parents = one.path.rpartition(".")[0], other.path.rpartition(".")[0]
    return one.type == other.type and parents[0] == parents[1]


def _distance(one: str, other: str) -> int:
    """How far two names are from each other: the characters in which they differ."""
    same = sum(a == b for a, b in zip(one, other))
    return max(len(one), len(other)) - same


RULE = Rule("IL407", "sibling-left-out", "one layer is initialised twice, its sibling never", check)
