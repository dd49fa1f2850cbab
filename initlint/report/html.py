"""Measurements as one self-contained HTML page: plots along the depth, histograms, and links to the lines."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from initlint import __version__
from initlint.diagnostics import Diagnostic
from initlint.ir.measured import Measurement
from initlint.ir.place import Span
from initlint.report.measured import Row, how, number, rows, shown_place
from initlint.signal.profile import tensor

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 552.0, 10.0, 226.0
_FLOOR = 1e-12


def page(measurements: Sequence[Measurement], found: Mapping[str, Sequence[Diagnostic]]) -> str:
    """The page; ``found`` gives each target's findings.

    :raises ModuleNotFoundError: jinja2 is not installed.
    """
    from jinja2 import Environment

    source = Path(__file__).with_name("probe.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(
        models=[_model(each, found[each.target]) for each in measurements], version=__version__
    )  # fmt: skip


def _model(measured: Measurement, found: Sequence[Diagnostic]) -> dict[str, Any]:
    listed = rows(measured, found)
    return {
        "name": measured.name,
        "target": measured.target,
        "how": how(measured),
        "findings": [
            {
                "code": each.code, "name": each.name, "severity": each.severity.value, "message": each.message,
                "place": shown_place(each.span), "link": _link(each.span),
            }
            for each in found
        ],
        "plots": list(_plots(measured, listed)),
        "rows": [_row(measured, row) for row in listed],
    }  # fmt: skip


def _link(span: Span | None) -> str:
    if span is None:
        return ""
    path = os.path.abspath(span.path).replace(os.sep, "/").lstrip("/")
    return f"vscode://file/{quote(path)}:{span.line}:{span.column}"


def _row(measured: Measurement, row: Row) -> dict[str, Any]:
    weight = tensor(measured.first, row.layer.weight)
    guess = [number(each) if each is not None else "" for each in (row.predicted_across, row.predicted_gradient)]
    return {
        "place": shown_place(row.place), "link": _link(row.place), "layer": row.layer.name or row.layer.weight,
        "initializer": row.initializer, "weights": _bars(weight.bins) if weight is not None else [],
        "outputs": _bars(row.layer.bins), "found": row.verdict != "ok", "verdict": row.verdict,
        "cells": [number(row.second), number(row.across), guess[0], number(row.gradient), guess[1], number(row.chi)],
    }  # fmt: skip


def _bars(counts: Sequence[int]) -> list[dict[str, float]]:
    """A histogram of 84 by 22."""
    most = max(counts, default=0)
    if not most:
        return []
    wide = 84 / len(counts)
    return [
        {"x": round(index * wide, 1), "y": round(22 - 22 * count / most, 1), "width": round(wide - 0.6, 1),
         "height": round(22 * count / most, 1)}
        for index, count in enumerate(counts)
    ]  # fmt: skip


# -- plots

Series = Sequence[float | None]


def _plots(measured: Measurement, listed: Sequence[Row]) -> Iterable[dict[str, Any]]:
    if not listed:
        return
    names = [row.layer.name or row.layer.weight for row in listed]
    bad = [row.verdict != "ok" for row in listed]
    runs = [run for run in measured.runs if len(run.layers) == len(listed)]
    across = [[layer.across for layer in run.layers] for run in runs]
    yield _plot(
        "What tells inputs apart", names, bad, [row.across for row in listed], across,
        [row.predicted_across for row in listed], [row.second for row in listed],
    )  # fmt: skip
    back = [[layer.gradient for layer in run.layers] for run in runs]
    yield _plot(
        "Gradient", names, bad, [row.gradient for row in listed], back, [row.predicted_gradient for row in listed]
    )  # fmt: skip
    if len(measured.extra.singular) > 1:
        yield _spectrum(measured.extra.singular)


def _plot(
    title: str, names: Sequence[str], bad: Sequence[bool], middle: Series, seeds: Sequence[Series], guess: Series,
    total: Series = (),
) -> dict[str, Any]:  # fmt: skip
    """Lines over the layers, on a logarithmic scale."""
    scale = _Scale([*middle, *guess, *total, *(value for each in seeds for value in each)], len(names))
    lines = [{"kind": "seed", "path": scale.path(each)} for each in seeds if len(seeds) > 1]
    lines += [{"kind": kind, "path": scale.path(each)} for kind, each in (("total", total), ("middle", middle))]
    lines.append({"kind": "guess", "path": scale.path(guess)})
    keys = [{"colour": "one", "text": "measured", "dashed": False}]
    if any(value is not None for value in guess):
        keys.append({"colour": "two", "text": "predicted", "dashed": True})
    if total:
        keys.append({"colour": "soft", "text": "total", "dashed": False})
    dots = [
        {"x": scale.x(index), "y": scale.y(value), "text": f"{names[index]}: {number(value)}",
         "kind": "hit" if bad[index] else "dot"}
        for index, value in enumerate(middle)
        if value is not None and not math.isnan(value)
    ]  # fmt: skip
    every = max(1, len(names) // 6)
    labels = [{"x": scale.x(index), "text": _short(names[index])} for index in range(0, len(names), every)]
    return {
        "title": title, "legend": keys, "ticks": scale.ticks(), "labels": labels, "bars": [], "dots": dots,
        "lines": [line for line in lines if line["path"]],
    }  # fmt: skip


def _spectrum(values: Sequence[float]) -> dict[str, Any]:
    scale = _Scale(values, len(values))
    wide = max(1.0, (_RIGHT - _LEFT) / len(values) - 1)
    bars = [
        {"x": round(scale.x(index) - wide / 2, 1), "y": scale.y(value), "width": round(wide, 1),
         "height": round(_BOTTOM - scale.y(value), 1), "text": number(value)}
        for index, value in enumerate(values)
    ]  # fmt: skip
    return {
        "title": "Singular values of the input-output Jacobian", "legend": [], "ticks": scale.ticks(), "labels": [],
        "bars": bars, "dots": [], "lines": [],
    }  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"…{name[-11:]}"


class _Scale:
    """Where a value stands: layers from left to right, decades from bottom to top."""

    def __init__(self, values: Iterable[float | None], count: int) -> None:
        known = [value for value in values if value is not None and not math.isnan(value) and value > _FLOOR]
        logs = [math.log10(min(value, 1e30)) for value in known] or [0.0]
        self.low, self.high = math.floor(min(logs)), math.ceil(max(logs))
        self.high = max(self.high, self.low + 1)
        self.count = count

    def x(self, index: int) -> float:
        """The middle of a layer's share of the width."""
        return round(_LEFT + (_RIGHT - _LEFT) * (index + 0.5) / self.count, 1)

    def y(self, value: float) -> float:
        """By the logarithm; what is 0 stands on the floor."""
        share = (math.log10(min(max(value, _FLOOR), 1e30)) - self.low) / (self.high - self.low)
        return round(_BOTTOM - (_BOTTOM - _TOP) * min(1.0, max(0.0, share)), 1)

    def path(self, values: Series) -> str:
        """A line, broken where nothing is known."""
        parts, pen = [], "M"
        for index, value in enumerate(values):
            if value is None or math.isnan(value):
                pen = "M"
                continue
            parts.append(f"{pen}{self.x(index)} {self.y(value)}")
            pen = "L"
        return " ".join(parts)

    def ticks(self) -> list[dict[str, Any]]:
        """A line for each decade, or for some where there are many."""
        step = max(1, (self.high - self.low) // 6)
        return [{"y": self.y(10.0**power), "text": _power(power)} for power in range(self.low, self.high + 1, step)]


def _power(power: int) -> str:
    return f"{10.0**power:g}" if -3 <= power <= 3 else f"1e{power}"
