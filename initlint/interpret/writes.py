"""The writes to one parameter, where branches wrote different ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from initlint.interpret.values import Value
from initlint.ir.initializer import InitAction

_MOST_CANDIDATES = 6
_MOST_HISTORY = 48


def union(versions: Sequence[Value], keep_order: bool) -> tuple[InitAction, ...]:
    """The writes of all branches: those common to all as they are, the rest as «may»."""
    lists = [version if isinstance(version, tuple) else () for version in versions]
    # What all branches began with is the same objects; comparing them spares most of the work.
    first, shared = lists[0], 0
    for together in zip(*lists):
        if any(action is not together[0] for action in together):
            break
        shared += 1
    before, rests = first[:shared], [each[shared:] for each in lists]
    common = set(rests[0]).intersection(*rests[1:])
    found: dict[InitAction, None] = {}
    for actions in rests:
        for action in actions:
            if action not in before:
                kept = action if action in common or action.may else replace(action, may=True)
                if kept not in before:
                    found.setdefault(kept)
    actions = (*before, *found)
    return actions[-(_MOST_HISTORY if keep_order else _MOST_CANDIDATES) :]
