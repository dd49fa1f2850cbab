"""Figures of many comparisons: errors of the exact, hits of the approximate, and the page that shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.agreement.signal.compare import Outcome, Point


@dataclass(frozen=True)
class Summary:
    """Of the exact predictions, how many there are, and the median and 95th percentile of |log10(predicted/measured)|;
    of the approximate ones, how many, and the share inside their stated tolerance; and how many are not predicted."""

    exact: int
    median: float
    most: float
    approximate: int
    inside: float
    unknown: int

    def __str__(self) -> str:
        first = f"{self.exact} exact: median {self.median:.3f}, p95 {self.most:.3f}"
        return f"{first}; {self.approximate} approximate: {self.inside:.0%} inside; {self.unknown} not predicted"


# Whatever mean-field theory leaves out, an estimate is granted, too.
_GRANTED = {"forward": 0.2, "backward": 0.3}


def summary(points: Iterable[Point], direction: str) -> Summary:
    """The figures of some points."""
    points = list(points)
    known = [(point, error) for point in points if (error := point.error) is not None]
    exact = sorted(error for point, error in known if point.tolerance == 0)
    rough = [error <= point.tolerance + _GRANTED[direction] / 2 for point, error in known if point.tolerance > 0]
    return Summary(
        len(exact), quantile(exact, 0.5), quantile(exact, 0.95), len(rough),
        sum(rough) / len(rough) if rough else math.nan, len(points) - len(known),
    )  # fmt: skip


def quantile(values: Sequence[float], share: float) -> float:
    """Of sorted values; nan of none."""
    return values[min(int(share * len(values)), len(values) - 1)] if values else math.nan


def page(outcomes: Sequence[Outcome]) -> str:
    """docs/agreement-signal.md."""
    compared = [each for each in outcomes if not each.failure]
    forward = summary((point for each in compared for point in each.forward), "forward")
    backward = summary((point for each in compared for point in each.backward), "backward")
    lines = [
        "# Predicted and measured signal",
        "",
        "`make agreement-signal` predicts from source alone, builds the same model live with five seeds, and compares",
        "at the output of each weight layer: what differs between inputs (standard deviation; 13 inputs of noise or of",
        "random tokens), and the gradient (standard deviation, of a random functional of the outputs). The error is",
        "|log10(predicted / measured)|, of the root of the mean square over seeds. «Exact» are predictions that",
        "mean-field theory gives; «approximate» those that state a tolerance, and inside it counts an error of at most",
        "that tolerance and half of what 95 % of the exact may be off by (0.1 forward, 0.15 backward).",
        "",
        f"{len(compared)} models. Forward: {forward}. Backward: {backward}.",
        "",
        "![Predicted against measured standard deviations, one point for each layer](agreement-signal.png)",
        "",
        "| model | layers | forward: median | worst exact | approximate inside | not predicted | backward: median |"
        " worst exact | approximate inside | not predicted |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in compared:
        cells = []
        for points, direction in ((each.forward, "forward"), (each.backward, "backward")):
            found = summary(points, direction)
            worst = max(
                (error for p in points if (error := p.error) is not None and p.tolerance == 0), default=math.nan
            )
            errors = sorted(error for p in points if (error := p.error) is not None)
            cells += [_number(quantile(errors, 0.5)), _number(worst)]
            cells += [
                f"{found.inside:.0%} of {found.approximate}" if found.approximate else "",
                str(found.unknown or ""),
            ]
        lines.append(f"| {each.family} `{each.name}` | {len(each.forward)} | " + " | ".join(cells) + " |")
    failures = [each for each in outcomes if each.failure]
    if failures:
        lines += ["", "Not compared:", "", *(f"- {each.family} `{each.name}`: {each.failure}" for each in failures)]
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"


def details(outcome: Outcome) -> str:
    """Layer by layer, for a look at one model."""
    lines = [f"{outcome.family} {outcome.name} {outcome.failure}"]
    for there, back in zip(outcome.forward, outcome.backward):
        lines.append(f"  {there.layer:40.40} {_pair(there)}   {_pair(back)}")
    return "\n".join(lines)


def _pair(point: Point) -> str:
    if isinstance(point.predicted, str):
        return f"{'? ' + point.predicted:24.24} {point.measured:9.3g}"
    log = math.log10(point.predicted / point.measured) if point.predicted > 0 and point.measured > 0 else math.nan
    return f"{point.predicted:9.3g} {point.measured:9.3g} {log:+.2f} ±{point.tolerance:.2f}"
