"""The picture beside the table: every prediction against its measurement, on logarithmic axes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.agreement.signal.compare import Outcome, Point

# Both axes end here: what lies below is as good as dead.
_LEAST, _MOST = 1e-9, 1e4
_TITLES = {"forward": "across-input standard deviation", "backward": "gradient's standard deviation"}


def plot(outcomes: Sequence[Outcome], path: str) -> None:
    """Writes the picture: one panel for each direction, estimates apart from what is exact."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(11, 5.4), layout="constrained")
    for panel, (direction, title) in zip(panels, _TITLES.items()):
        points = [point for each in outcomes for point in getattr(each, direction)]
        for label, colour, exact in (("approximate", "#d98b2b", False), ("exact", "#1f5fa8", True)):
            pairs = [_pair(point) for point in points if (point.tolerance == 0) is exact and _shown(point)]
            measured, predicted = zip(*pairs) if pairs else ((), ())
            panel.scatter(measured, predicted, s=5, alpha=0.5, linewidths=0, color=colour, label=label)
        panel.plot((_LEAST, _MOST), (_LEAST, _MOST), color="black", linewidth=0.6)
        panel.set(xscale="log", yscale="log", xlim=(_LEAST, _MOST), ylim=(_LEAST, _MOST))
        panel.set(xlabel="measured", ylabel="predicted", title=f"{direction}: {title}")
        panel.legend(frameon=False)
    figure.savefig(path, dpi=90, metadata={"Software": None})


def _shown(point: Point) -> bool:
    return not isinstance(point.predicted, str) and point.predicted > 0 and point.measured > 0


def _pair(point: Point) -> tuple[float, float]:
    assert not isinstance(point.predicted, str)
    return point.measured, point.predicted
