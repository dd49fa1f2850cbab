"""Running two branches from one state, and joining what they did.

Every write to a :class:`~initlint.interpret.values.Store` goes through :meth:`Journal.write`. A fork runs each
alternative, takes back what it wrote, and then writes the join of all outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from initlint.interpret.values import MISSING, Missing, Store, Value

T = TypeVar("T")
Joiner = Callable[[Store, Hashable, Sequence[Value]], Value]


class Journal:
    """The undo log of a run."""

    def __init__(self, join: Joiner) -> None:
        self._join = join
        self._log: list[tuple[Store, Hashable, Value]] = []
        self.depth = 0

    def write(self, store: Store, key: Hashable, value: Value) -> None:
        """Set ``store.data[key]``; MISSING deletes it."""
        if self.depth:
            self._log.append((store, key, store.data.get(key, MISSING)))
        if isinstance(value, Missing):
            store.data.pop(key, None)
        else:
            store.data[key] = value

    def fork(self, alternatives: Sequence[Callable[[], T]], alive: Callable[[T], bool]) -> list[T]:
        """Run every alternative from the present state. The state afterwards is the join of those that are ``alive``
        (all, if none is); their results are returned in order, with those of dead ones left out."""
        outcomes: list[tuple[T, dict[tuple[int, Hashable], tuple[Store, Value]]]] = []
        for alternative in alternatives:
            mark = len(self._log)
            self.depth += 1
            try:
                result = alternative()
            finally:
                self.depth -= 1
                changes = self._take_back(mark)
            outcomes.append((result, changes))
        living = [outcome for outcome in outcomes if alive(outcome[0])] or outcomes
        touched: dict[tuple[int, Hashable], Store] = {}
        for _, changes in living:
            for key, (store, _) in changes.items():
                touched.setdefault(key, store)
        for key, store in touched.items():
            before = store.data.get(key[1], MISSING)
            values = [changes[key][1] if key in changes else before for _, changes in living]
            first = values[0]
            joined = first if all(value is first for value in values) else self._join(store, key[1], values)
            self.write(store, key[1], joined)
        return [result for result, _ in living]

    def _take_back(self, mark: int) -> dict[tuple[int, Hashable], tuple[Store, Value]]:
        """Undo to ``mark``; what was undone, by store and key."""
        changes: dict[tuple[int, Hashable], tuple[Store, Value]] = {}
        while len(self._log) > mark:
            store, key, old = self._log.pop()
            changes.setdefault((id(store), key), (store, store.data.get(key, MISSING)))
            if isinstance(old, Missing):
                store.data.pop(key, None)
            else:
                store.data[key] = old
        # The log runs backwards; a dict's order must follow the program's, or attributes would register reversed.
        return dict(reversed(changes.items()))
