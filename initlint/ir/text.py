"""The one printer of the model graph: ``initlint dump``, and the golden tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from initlint.ir.dim import Dim, Scalar, format_number
from initlint.ir.gaps import Reading
from initlint.ir.initializer import InitAction
from initlint.ir.model import ForwardGraph, Model, Op, Parameter
from initlint.ir.place import Place, Span
from initlint.ir.unknown import Unknown

Places = Mapping[Place, Span]


def number_text(value: Scalar | Unknown) -> str:
    """A number or symbol; ``?`` for Unknown."""
    if isinstance(value, Unknown):
        return "?"
    return str(value) if isinstance(value, Dim) else format_number(value)


def shape_text(shape: tuple[Scalar | Unknown, ...] | Unknown) -> str:
    """``(64, 3, 7, 7)``; ``?`` for an unknown rank."""
    return "?" if isinstance(shape, Unknown) else f"({', '.join(number_text(size) for size in shape)})"


def action_text(action: InitAction) -> str:
    """One write: the call and its distribution."""
    initializer = action.initializer
    if initializer.family == "constant" or initializer.constant is not None:
        spread = f"= {number_text(initializer.mean)}"
    elif not initializer.known:
        spread = initializer.family
    else:
        mean = initializer.mean
        shown = "" if isinstance(mean, (int, float)) and mean == 0 else f" mean {number_text(mean)}"
        spread = f"{initializer.family} std {number_text(initializer.std)}{shown}"
    return f"{initializer.call} [{spread}]{' (may)' if action.may else ''}"


def model_text(model: Model, places: Places | None = None) -> str:
    """The whole model, a line for each module, parameter, op and unknown."""
    return "\n".join(_lines(model, places or {})) + "\n"


def reading_text(reading: Reading, places: Places | None = None) -> str:
    """How far the class was read, with a line for each reason, the one that concerns most parts first."""
    lines = [f"  read {reading.state}{': ' if reading.reasons else ''}{extent(reading)}"]
    wide = max((len(str(reason.parts)) for reason in reading.reasons), default=1)
    for reason in reading.reasons:
        span = places.get(reason.place) if places and reason.place is not None else None
        where = f"  {span.path}:{span.line}:{span.column}" if span is not None else ""
        lines.append(f"    {reason.parts:>{wide}} × {reason.why}{where}")
    return "\n".join(lines) + "\n"


def extent(reading: Reading) -> str:
    """«2 of 9 parameters and 1 of 30 operations are not known»; nothing where the class was read fully."""
    parts = []
    if reading.unknown_parameters:
        parts.append(f"{reading.unknown_parameters} of {reading.parameters} parameters")
    if not reading.forward:
        parts.append("the forward")
    elif reading.unknown_operations:
        parts.append(f"{reading.unknown_operations} of {reading.operations} operations")
    if not parts and reading.reasons:
        parts.append("a part of it")
    return f"{' and '.join(parts)} not known" if parts else ""


def _lines(model: Model, places: Places) -> Iterator[str]:
    kind = "class with its defaults" if model.standalone else "construction site"
    yield f"model {model.name} ({kind}){_at(model.site, places)}"
    yield "  modules"
    for module in model.modules:
        optional = " (optional)" if module.optional else ""
        yield f"    {module.path or '.'}: {module.type} [{module.kind}]{optional}{_at(module.place, places)}"
    for title, buffers in (("parameters", False), ("buffers", True)):
        chosen = [parameter for parameter in model.parameters if parameter.buffer == buffers]
        if chosen:
            yield f"  {title}"
            yield from (f"    {_parameter(parameter)}" for parameter in chosen)
    if model.computed:
        yield "  computed"
        yield from (f"    {_parameter(parameter)}" for parameter in model.computed)
    yield from _graph(model.graph)
    if model.misuses:
        yield "  misuses"
        yield from (f"    {misuse.kind}: {misuse.text} ({misuse.parameter})" for misuse in model.misuses)
    if model.unknowns:
        yield f"  not understood ({len(model.unknowns)})"
        for unknown in model.unknowns:
            yield f"    {unknown.why}{_at(unknown.place, places) if unknown.place is not None else ''}"


def _at(place: Place, places: Places) -> str:
    span = places.get(place)
    return f"  {span.path}:{span.line}" if span is not None else ""


def _parameter(parameter: Parameter) -> str:
    fills = " | ".join(action_text(action) for action in parameter.candidates) or "?"
    frozen = "" if parameter.trainable or parameter.buffer else " frozen"
    return f"{parameter.name}: {shape_text(parameter.shape)}{frozen} {fills}"


def _graph(graph: ForwardGraph | Unknown) -> Iterator[str]:
    if isinstance(graph, Unknown):
        yield f"  forward not read: {graph.why}"
        return
    yield "  forward"
    repeats = dict(graph.repeats)
    for op in graph.ops:
        yield f"    {_op(op)}{f'  × {repeats[op.id]}' if op.id in repeats else ''}"


def _op(op: Op) -> str:
    inputs = ", ".join(f"%{number}" for number in op.inputs)
    extra = [part for part in (op.module, op.weight) if part]
    value = f" value {number_text(op.value)}" if op.value is not None else ""
    name = f"{op.kind}.{op.name}" if op.name else op.kind
    return " ".join([f"%{op.id} = {name}({inputs}){value}", *extra])
