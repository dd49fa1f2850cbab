"""What can go wrong between a segment and its code."""

from __future__ import annotations


class LoweringError(Exception):
    """A segment that cannot be lowered; ``str(error)`` says why."""
