"""One fault, one finding: which rule speaks where several are right about one line or one class."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from initlint.diagnostics import Diagnostic

# Rules on what a weight is filled with.
_OF_VALUES = frozenset({"IL101", "IL102", "IL201", "IL202", "IL203", "IL204", "IL205", "IL206", "IL207", "IL208",
     "IL304", "IL501", "IL503"})  # fmt: skip
# A rule's code, then the codes that it silences in the same class: they are consequences of the same missing call.
SAME_CLASS: dict[str, frozenset[str]] = {
    "IL402": frozenset({"IL401", "IL408"}),
    "IL405": frozenset({"IL401", "IL408"}),
    "IL608": frozenset({"IL401", "IL408"}),
}
# A rule's code, then the codes that it silences at the same place, where it is the more specific: a call that raises
# draws nothing, and an init that is wiped has no effect.
SAME_PLACE: dict[str, frozenset[str]] = {
    **dict.fromkeys(("IL602", "IL603", "IL605", "IL606"), _OF_VALUES | {"IL404"}),
    "IL404": _OF_VALUES,
    "IL204": frozenset({"IL503"}),
    "IL206": frozenset({"IL203", "IL204", "IL205"}),
    "IL207": frozenset({"IL204", "IL205"}),
    "IL208": frozenset({"IL101", "IL102"}),
    "IL106": frozenset({"IL101"}),
    "IL405": frozenset({"IL403", "IL406", "IL411"}),
    "IL403": frozenset({"IL406"}),
    "IL410": frozenset({"IL404"}),
}
# A rule's code, then the codes that it silences for the same layer of a class: the line that wipes another was meant
# for the layer's sibling.
SAME_LAYER: dict[str, frozenset[str]] = {
    "IL407": frozenset({"IL404"}),
}


def resolve(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of one file, in their order, without those that another of them explains."""
    left = _without(list(found), SAME_CLASS, lambda each: each.class_name)
    left = _without(left, SAME_LAYER, lambda each: (each.class_name, each.layer) if each.layer else None)
    return _without(left, SAME_PLACE, lambda each: each.span)


def _without(
    found: list[Diagnostic], table: dict[str, frozenset[str]], key: Callable[[Diagnostic], Hashable]
) -> list[Diagnostic]:
    """Without those that a rule of the table silences under an equal key; an empty key equals none."""
    silenced: dict[Hashable, set[str]] = {}
    for each in found:
        silenced.setdefault(key(each), set()).update(table.get(each.code, ()))
    return [each for each in found if not key(each) or each.code not in silenced[key(each)]]
