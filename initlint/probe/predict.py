"""Sets what the static analysis predicts beside a measurement, layer by layer."""

from __future__ import annotations

from dataclasses import replace

from initlint.analysis import Worker
from initlint.catalog import Extension
from initlint.interpret.roots import read_class
from initlint.ir.measured import Measurement, Predicted
from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from initlint.signal.trace import Row, trace

_MOST = 400


def predicted(measured: Measurement, extension: Extension | None = None) -> Measurement:
    """The measurement with the predictions for its layers; as it is where the class can't be read.

    Predictions are of the class with the arguments that its constructor got; where these are no plain values, there are
    none."""
    if measured.place is None or measured.arguments is None or len(measured.first.layers) > _MOST:
        return measured
    try:
        worker = Worker(extension=extension)
        namespace = worker.project.namespace(measured.place.path)
        model = (
            read_class(worker.project, namespace, measured.name, measured.arguments) if namespace is not None else None
        )
        found = trace(model) if isinstance(model, Model) else None
    except Exception:  # the static side's own limits: there is a measurement all the same
        return measured
    if found is None or isinstance(found, Unknown):
        return measured
    return replace(measured, predicted=_matched(measured, found.rows))


def _matched(measured: Measurement, rows: tuple[Row, ...]) -> dict[int, Predicted]:
    """By the layer's path and the number of the call."""
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        waiting.setdefault(row.name, []).append(row)
    result: dict[int, Predicted] = {}
    for layer in measured.first.layers:
        queue = waiting.get(layer.name) or waiting.get(layer.weight)
        if queue:
            row = queue.pop(0)
            result[layer.number] = Predicted(_number(row.across), _number(row.gradient), row.tolerance)
    return result


def _number(value: float | str) -> float | None:
    return value if isinstance(value, float) else None
