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
        if grown is None or not stream.ends or grown < facts.thresholds.growth * 10 ** (4 * stream.tolerance):
            continue
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


def _grown(stream: Stream) -> float | None:
    known = [value for value in stream.growth if isinstance(value, (int, float))]
    return math.prod(known) if len(known) == len(stream.growth) else None


RULE = Rule("IL304", "unscaled-residual-stack", "residual blocks without norm whose stream grows exponentially", check)
