"""IL304: residual blocks without norm whose stream grows by a factor at each block."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._weights import line_to_change, report
from initlint.checks._wording import factor, names
from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, Stream


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that sets what the branches end with: of the streams that it makes grow, the worst."""
    worst: dict[Place, tuple[Stream, float]] = {}
    for stream in facts.streams:
        grown = _grown(stream)
        if grown is None or not stream.ends or _least(stream) < facts.thresholds.growth:
            continue
        if not isinstance(stream.apart, (int, float)) or stream.apart < facts.thresholds.growth**0.5:
            continue  # what grows is an offset that all inputs have in common
        place = line_to_change(stream.ends[-1])
        if place not in worst or grown > worst[place][1]:
            worst[place] = (stream, grown)
    for place, (stream, grown) in worst.items():
        each = grown ** (1 / stream.blocks)
        message = (
            f"the residual stream's variance grows ×{factor(each)} a block, ×{factor(grown)} over {stream.blocks} "
            f"blocks ({names([layer.name for layer in stream.ends])} end the branches): nothing scales or normalises "
            f"them; start each branch's last layer at zero, scale it by 1/√{stream.blocks}, or put a norm in front"
        )
        yield report(facts, place, stream.ends, message, Severity.WARNING)


def _least(stream: Stream) -> float:
    """The growth if what each block adds is too large by twice its tolerance, as attention's may be."""
    pairs = zip(stream.growth, stream.rough, strict=True)
    return math.prod(1 + max(float(each) - 1, 0.0) * 10 ** (-4 * rough) if each > 1 else float(each)
                     for each, rough in pairs if isinstance(each, (int, float)))  # fmt: skip


def _grown(stream: Stream) -> float | None:
    known = [value for value in stream.growth if isinstance(value, (int, float))]
    return math.prod(known) if len(known) == len(stream.growth) else None


RULE = Rule("IL304", "unscaled-residual-stack", "residual blocks without norm whose stream grows exponentially", check)
