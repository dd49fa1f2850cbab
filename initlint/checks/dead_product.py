"""IL106: the factors of a product all start at zero, so that none of them ever has a gradient."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import CHANGES
from initlint.checks._weights import asked_at, filled_at, line_to_change, zero_carrier
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, InitCall, NewLines, PlacedFix, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import ForwardGraph, Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that zeroes the first factor of such a product."""
    groups: dict[str, list[Parameter]] = {}
    for parameter in _in_order(facts):
        of_layer = _is_layer(facts, parameter)
        block = parameter.layer.rpartition(".")[0] if of_layer else parameter.layer
        groups.setdefault(block, []).append(parameter)
    seen = {line_to_change(layer) for layer in facts.layers if zero_carrier(layer)}  # those are IL101's
    for members in groups.values():
        place = _chosen(facts, members)
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


def _chosen(facts: Facts, members: list[Parameter]) -> Place:
    """The line that zeroes the first factor: the call of a helper that others zero the others with."""
    first = _line(members[0])
    others = [_line(each) for each in members[1:]]
    called = all(each.place == first.place and asked_at(facts, each) != asked_at(facts, first) for each in others)
    return asked_at(facts, first) if called else first.place


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
        fix=_fix(facts, place, members),
        class_name=facts.model.name,
        layer=members[0].layer,
    )


def _fix(facts: Facts, place: Place, members: list[Parameter]) -> PlacedFix | None:
    """A random first factor, where the line fills that alone and it is a matrix."""
    filled = filled_at(facts, place)
    first = members[0]
    if (
        isinstance(first.shape, Unknown)
        or len(first.shape) < 2
        or any(each != first and not _alike(each, first) for each in filled)
    ):
        return None
    function, text = "torch.nn.init.kaiming_uniform_", f"draw the first factor: the product can learn, and {CHANGES}"
    edit = (
        InitCall(place, function, ("a=5**0.5",))
        if _line(first).explicit
        else NewLines(place, f"{{{function}}}({{target}}, a=5**0.5)")
    )
    return PlacedFix(text, Applicability.UNSAFE, (edit,))


def _alike(one: Parameter, other: Parameter) -> bool:
    """Whether they are the same factor of several modules."""
    return one.name.split(".")[-2:] == other.name.split(".")[-2:]


RULE = Rule("IL106", "dead-product", "a product all of whose factors start at zero", check)
