"""Running two branches from one state, and joining what they did.

Every write to a :class:`~initlint.interpret.values.Store` goes through :meth:`Journal.write`. A fork runs each
alternative, takes back what it wrote, and then writes the join of all outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from initlint.interpret.values import CLOCK, MISSING, Missing, Store, Value

T = TypeVar("T")
Changes = dict[tuple[int, Hashable], tuple[Store, Value]]
Joiner = Callable[[Store, Hashable, Sequence[Value]], Value]


class Journal:
    """The undo log of a run."""

    def __init__(self, join: Joiner) -> None:
        self._join = join
        self._log: list[tuple[Store, Hashable, Value]] = []
        self._begun = 0  # the number of the innermost running branch; what it made itself needs no undoing
        self.depth = 0

    def write(self, store: Store, key: Hashable, value: Value) -> None:
        """Set ``store.data[key]``; MISSING deletes it."""
        if self.depth and store.born < self._begun:
            self._log.append((store, key, store.data.get(key, MISSING)))
        if value is MISSING:
            store.data.pop(key, None)
        else:
            store.data[key] = value

    def fork(self, alternatives: Sequence[Callable[[], T]], alive: Callable[[T], bool]) -> list[T]:
        """Run every alternative from the present state. The state afterwards is the join of those that are ``alive``
        (all, if none is); their results are returned in order, with those of dead ones left out."""
        outcomes: list[tuple[T, Changes]] = []
        for alternative in alternatives:
            mark, begun = self._begin()
            try:
                result = alternative()
            finally:
                changes = self._end(mark, begun)
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

    @contextmanager
    def branch(self) -> Iterator[None]:
        """Run what follows as a branch: at its end all that it wrote is undone."""
        mark, begun = self._begin()
        try:
            yield
        finally:
            self._end(mark, begun)

    def _begin(self) -> tuple[int, int]:
        around = len(self._log), self._begun
        self.depth += 1
        self._begun = CLOCK.tick()
        return around

    def _end(self, mark: int, begun: int) -> Changes:
        self.depth -= 1
        self._begun = begun
        return self._take_back(mark) if len(self._log) > mark else {}

    def _take_back(self, mark: int) -> Changes:
        """Undo to ``mark``; what was undone, by store and key."""
        changes: Changes = {}
        while len(self._log) > mark:
            store, key, old = self._log.pop()
            changes.setdefault((id(store), key), (store, store.data.get(key, MISSING)))
            if isinstance(old, Missing):
                store.data.pop(key, None)
            else:
                store.data[key] = old
        # The log runs backwards; a dict's order must follow the program's, or attributes would register reversed.
        return dict(reversed(changes.items()))
