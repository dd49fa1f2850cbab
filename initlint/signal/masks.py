"""Sets of positions as the bits of a number."""

from __future__ import annotations

from collections.abc import Iterator


def positions(mask: int) -> Iterator[int]:
    """The positions in a mask, in order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def all_of(masks: list[int]) -> int:
    """What is in every mask."""
    result = masks[0]
    for mask in masks[1:]:
        result &= mask
    return result


def any_of(masks: list[int]) -> int:
    """What is in some mask."""
    result = 0
    for mask in masks:
        result |= mask
    return result
