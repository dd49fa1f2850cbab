"""What of a model could not be read: each part of it that is not known, with the reason.

A model is a set of parameters (their names, their shapes, what fills them) and a forward graph. It is read *fully*
where all of that is known. What the interpreter could not follow on the way but the model does not hold (an index for
logging, a probe with ``hasattr``) is no gap. Several known alternatives on a condition that is left open are known.
See ``docs/decisions/0003-what-counts-as-read.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from initlint.ir.data import dataclass
from initlint.ir.initializer import InitAction
from initlint.ir.model import ForwardGraph, Model, Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# Families whose mean and standard deviation say all; the others are known by their names.
_BY_NUMBERS = frozenset({"normal", "truncated_normal", "uniform", "normalised", "constant"})
_NOT_RUN = "has no forward"
_NAME = re.compile(r"[\w.]+")


@dataclass(frozen=True, slots=True)
class Gap:
    """One part of a model that is not known.

    ``part`` is ``shape`` or ``value`` (of a parameter), ``module``, ``forward`` (an operation, or all), or ``lost`` (a
    part that the model does not show); ``name`` says which parameter, module or operation; ``why`` is the reason,
    ``place`` where that stands, None where it has no line."""

    part: str
    name: str
    why: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Gaps with the same reason at the same place. ``parts`` counts what is not known because of it."""

    why: str
    place: Place | None
    parts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How far one class was read.

    ``state`` is ``fully``, ``partly`` or ``not``; ``reasons`` say what stood in the way, the one that concerns most
    parts first. ``parameters`` and ``operations`` count what the model has, ``unknown_parameters`` and
    ``unknown_operations`` those of them that are not known. ``forward`` is False where no forward could be read."""

    name: str
    place: Place
    state: str
    reasons: tuple[Reason, ...] = ()
    parameters: int = 0
    unknown_parameters: int = 0
    operations: int = 0
    unknown_operations: int = 0
    forward: bool = True


def reading(model: Model) -> Reading:
    """How far the model was read."""
    found = gaps(model)
    graph = model.graph
    return Reading(
        name=model.name,
        place=model.site,
        state="partly" if found else "fully",
        reasons=reasons(found),
        parameters=sum(not parameter.buffer for parameter in model.parameters),
        unknown_parameters=len({gap.name for gap in found if gap.part in {"shape", "value"}}),
        operations=len(graph.ops) if isinstance(graph, ForwardGraph) else 0,
        unknown_operations=sum(gap.part == "forward" for gap in found),
        forward=isinstance(graph, ForwardGraph) or graph.why.endswith(_NOT_RUN),
    )


def not_read(name: str, place: Place, why: str) -> Reading:
    """The reading of a class of which there is no model."""
    return Reading(name, place, "not", (Reason(why, place, 1),), forward=False)


def gaps(model: Model) -> tuple[Gap, ...]:
    """Everything that the model depends on and that could not be read, in the model's order."""
    return (*_of_modules(model), *_of_parameters(model), *_of_forward(model))


def reasons(found: Iterable[Gap]) -> tuple[Reason, ...]:
    """The gaps by their reasons; of equals, the first found comes first."""
    grouped: dict[tuple[str, Place | None], set[tuple[str, str]]] = {}
    for gap in found:
        grouped.setdefault((gap.why, gap.place), set()).add((gap.part, gap.name))
    merged = [Reason(why, place, len(parts)) for (why, place), parts in grouped.items()]
    return tuple(sorted(merged, key=lambda reason: -reason.parts))


def _of_modules(model: Model) -> Iterator[Gap]:
    for module in model.modules:
        if module.kind == "unknown":
            yield Gap("module", module.path, f"what `{module.type}` holds", module.place)
    for unknown in model.unknowns:
        if unknown.lost:
            yield Gap("lost", "", unknown.why, unknown.place)


def _of_parameters(model: Model) -> Iterator[Gap]:
    for parameter in model.parameters:
        if not parameter.buffer:  # what a buffer holds is no initialisation
            yield from _shape(parameter)
            for action in parameter.candidates:
                yield from _value(parameter, action)


def _shape(parameter: Parameter) -> Iterator[Gap]:
    sizes = parameter.shape if isinstance(parameter.shape, tuple) else (parameter.shape,)
    for size in sizes:
        if isinstance(size, Unknown):
            yield Gap("shape", parameter.name, size.why, size.place or parameter.place)
            return


def _value(parameter: Parameter, action: InitAction) -> Iterator[Gap]:
    initializer = action.initializer
    if _told_in_parts(parameter, action):
        return
    if initializer.family in {"unknown", "mixed"}:
        named = _NAME.fullmatch(initializer.call)
        yield Gap(
            "value", parameter.name, f"what `{named.group()}` fills in" if named else initializer.call, action.place
        )
    elif initializer.family in _BY_NUMBERS:
        for number in (initializer.mean, initializer.std):
            if isinstance(number, Unknown):
                yield Gap("value", parameter.name, number.why, number.place or action.place)
                return


def _told_in_parts(parameter: Parameter, action: InitAction) -> bool:
    """Whether the write fills a slice of a vector whose other elements are known, too."""
    if action.part is None or action not in parameter.history:
        return False
    for earlier in reversed(parameter.history[: parameter.history.index(action) + 1]):
        known = (earlier.part or earlier).initializer.known
        if earlier.part is None or not known:
            return known
    return False


def _of_forward(model: Model) -> Iterator[Gap]:
    graph = model.graph
    if isinstance(graph, Unknown):
        if not graph.why.endswith(_NOT_RUN):  # torch has none to run either
            yield Gap("forward", "", graph.why, graph.place)
        return
    needed = _needed(graph)
    for op in graph.ops:
        if op.kind == "opaque" and op.id in needed:
            named = _NAME.fullmatch(op.name)
            yield Gap("forward", str(op.id), f"the operation `{op.name}`" if named else op.name or "a call", op.place)
    if model.parameters and not graph.outputs and any(op.kind != "input" for op in graph.ops):
        yield Gap("forward", "output", "what the forward returns", model.site)


def _needed(graph: ForwardGraph) -> set[int]:
    """The ops whose results reach an output or a weight. What an embedding looks up is an index, not a signal."""
    needed: set[int] = set()
    for op in reversed(graph.ops):
        looks_up = op.kind == "layer" and op.name == "embedding"
        if not looks_up and (op.kind in {"output", "layer", "norm"} or op.id in needed):
            needed.update(op.inputs)
    return needed
