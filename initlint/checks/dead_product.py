"""IL106: the factors of a product all start at zero, so that none of them ever has a gradient."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import zero_carrier
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import ForwardGraph, Parameter
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that zeroes the first factor of such a product."""
    groups: dict[str, list[Parameter]] = {}
    for parameter in _in_order(facts):
        of_layer = _is_layer(facts, parameter)
        block = parameter.layer.rpartition(".")[0] if of_layer else parameter.layer
        groups.setdefault(block, []).append(parameter)
    seen: set[Place] = set()
    for members in groups.values():
        place = _line(members[0]).place
        if len(members) > 1 and place not in seen:
            seen.add(place)
            yield _finding(facts, place, members)


def _in_order(facts: Facts) -> list[Parameter]:
    """The dead factors in the order in which the forward takes them: weights and gates, no biases."""
    graph = facts.model.graph
    used = [op.weight for op in graph.ops if op.weight is not None] if isinstance(graph, ForwardGraph) else []
    parameters = {parameter.name: parameter for parameter in facts.model.parameters}
    plain = {layer.weight.name for layer in facts.layers if zero_carrier(layer)}  # those are IL101's
    left = facts.dead - plain
    return [parameters[name] for name in dict.fromkeys(used) if name in left and name in parameters]


def _is_layer(facts: Facts, parameter: Parameter) -> bool:
    """Whether the parameter belongs to a library's layer, whose module is the one around it."""
    return any(module.path == parameter.layer and module.kind != "user" for module in facts.model.modules)


def _line(parameter: Parameter) -> InitAction:
    return parameter.candidates[0]


def _finding(facts: Facts, place: Place, members: list[Parameter]) -> Finding:
    others = [(_line(each).place, f"`{each.name}` starts at zero here") for each in members[1:3]]
    return Finding(
        place,
        f"{names([each.name for each in members])} can never learn: each starts at zero, and passes a gradient only "
        f"where the others are not zero; draw all but the last",
        Severity.ERROR,
        related=tuple((other, label) for other, label in others if other != place),
        class_name=facts.model.name,
        layer=members[0].layer,
    )


RULE = Rule("IL106", "dead-product", "a product all of whose factors start at zero", check)
