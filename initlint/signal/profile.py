"""Questions about a measured run: how the signal and the gradient change along the depth.

All are relative: to the first layer's input, or from one layer to another. Heads (layers that no other reads) are left
out, as zero heads and squashing outputs are no faults.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from initlint.ir.data import dataclass
from initlint.ir.measured import Layer, Measurement, Run, Tensor, Write

TABLES = frozenset({"embedding", "embedding_bag"})
_WAVES = frozenset({"sin", "cos"})


@dataclass(frozen=True, slots=True)
class Fall:
    """A lasting change along the depth: in all by ``factor``, beyond the limit from the layer of that number on, which
    is the ``layers``-th on the way."""

    factor: float
    at: int
    layers: int


def driven(run: Run) -> list[Layer]:
    """The layers that the model's input reaches, in order."""
    return [layer for layer in run.layers if layer.driven]


def hidden(run: Run) -> list[Layer]:
    """Those of them behind which other layers come."""
    return [layer for layer in driven(run) if not layer.head]


def tensor(run: Run, name: str) -> Tensor | None:
    """The parameter of that name."""
    return next((each for each in run.tensors if each.name == name), None)


def reference(run: Run) -> float:
    """The across-input standard deviation of what enters the first layers; of what tables give, where these do."""
    first = [layer for layer in driven(run) if not layer.reads]
    found = [layer.across if layer.kind in TABLES else layer.entering for layer in first]
    known = [value for value in found if value > 0]
    return max(known, default=math.nan)


def fall(run: Run, limit: float) -> Fall | None:
    """Where what tells inputs apart falls for good: no later layer has more than ``limit`` of earlier ones, and
    neither has an output that does not come through it."""
    points: list[tuple[int, float]] = []
    for layer in driven(run):
        if layer.kind not in TABLES and not math.isnan(layer.entering):
            points.append((max(layer.reads, default=layer.number), layer.entering))
        if not layer.head and not math.isnan(layer.across):
            points.append((layer.number, layer.across))
    if points and not any(value > 0 for _, value in points):
        return Fall(0.0, points[0][0], 1)  # there is nothing from the start
    found = _lasting(points, limit)
    if found is None:
        return None
    behind = _behind(run, found.at)
    others = [each.across for each in driven(run) if each.head and each.number not in behind]
    before = max((value for number, value in points if number <= found.at), default=0.0)
    return None if any(value >= limit * before for value in others) else found


def gradient_fall(run: Run, limit: float) -> Fall | None:
    """The same, backwards: no earlier layer gets more than ``limit`` of what later ones get."""
    points = [(layer.number, layer.flow) for layer in hidden(run) if layer.flow is not None and _learns(run, layer)]
    return _lasting(list(reversed(points)), limit)


def _behind(run: Run, number: int) -> set[int]:
    """The layers that the layer of that number reaches, and itself."""
    found = {number}
    for layer in run.layers[number + 1 :]:
        if found.intersection(layer.reads):
            found.add(layer.number)
    return found


def _learns(run: Run, layer: Layer) -> bool:
    found = tensor(run, layer.weight)
    return found is not None and found.trainable


def _lasting(points: Sequence[tuple[int, float]], limit: float) -> Fall | None:
    tails = [0.0] * (len(points) + 1)
    for index in range(len(points) - 1, -1, -1):
        tails[index] = max(tails[index + 1], points[index][1])
    highest, least, first = 0.0, math.inf, None
    numbers: dict[int, None] = {}
    for index, (number, value) in enumerate(points):
        numbers[number] = None
        if highest > 0 and not tails[index] >= limit * highest:
            least = min(least, tails[index] / highest)
            first = first or (number, len(numbers))
        highest = max(highest, value)
    return Fall(least, *first) if first is not None else None


def chains(run: Run) -> Iterator[list[Layer]]:
    """Maximal runs of layers of which each feeds only the next, with no norm between."""
    by_number = {layer.number: layer for layer in run.layers}

    def follows(layer: Layer) -> Layer | None:
        if len(set(layer.feeds)) != 1:
            return None
        after = by_number[layer.feeds[0]]
        return after if set(after.reads) == {layer.number} and not after.normed and after.driven else None

    second = {after.number for layer in driven(run) if (after := follows(layer)) is not None}
    for layer in driven(run):
        if layer.number in second or layer.kind in TABLES:
            continue
        chain = [layer]
        while (after := follows(chain[-1])) is not None:
            chain.append(after)
        yield chain


def chain_factor(chain: Sequence[Layer]) -> float:
    """What becomes of the across-input standard deviation from a chain's input to its last hidden pre-activation."""
    inner = [layer for layer in chain if not layer.head]
    if not inner or not inner[0].entering > 0:
        return math.nan
    return inner[-1].across / inner[0].entering


def waves(run: Run, layer: Layer) -> bool:
    """Whether the layer feeds a sine: its scale is a frequency."""
    return any(each.behind == layer.number and each.function in _WAVES for each in run.activations)


def median_over(measurement: Measurement, values: Sequence[float]) -> float:
    """The median over seeds; NaN where the values are."""
    known = [value for value in values if not math.isnan(value)]
    return median(known) if known else math.nan


def explicit(found: Tensor | None) -> Write | None:
    """The call of the project that last wrote a parameter; None where it is left at the layer's default or nobody
    watched."""
    if found is None or not found.writes or found.writes[-1].default or len(found.writes) < 2:
        return None
    return found.writes[-1] if found.writes[-1].inner is not None else None
