"""What functions of plain arguments return, remembered for the whole run.

Libraries ask the same small questions of every layer: the padding of a 3×3 kernel, the pair that a number stands for. A
function that top-level code defines, called with values that can't change in place, gives the same answer each time,
unless it looks at something that may change or does something besides. :class:`Machine` marks itself ``touched`` where
running code does that to what is older than the call. Such calls, and those that make modules or operations, are run
each time. An answer costs the steps that it took at first, so that what a model comes to does not depend on what was
asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from initlint.interpret.operators import is_plain
from initlint.interpret.values import CLOCK, Argument, Either, External, FunctionValue, ListValue, Store, Value
from initlint.ir import code
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine

# Longer runs, and those that start deeper, may end at a bound one time and not another.
_MOST_STEPS = 4_000
_MOST_FORKS = 50
_DEEPEST = 25
_PLAIN = frozenset({int, float, str, bool, type(None), External, Dim, Argument})


@dataclass(frozen=True, slots=True)
class _Answer:
    """The result of one call, the steps and forks that it took, the place where it ended, and what it didn't know."""

    value: Value
    steps: int
    forks: int
    here: Place | None
    unknowns: tuple[Unknown, ...]


class Answers:
    """The answers known so far, shared by all models of a project."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Answer] = {}
        self._lasting: set[FunctionValue] = set()

    def lasts(self, function: FunctionValue) -> None:
        """Say that top-level code defined the function, so that it, and what it closes over, is there to stay."""
        plain = not any(isinstance(value, Store) for value in function.defaults.values())
        if plain and function.owner is None and isinstance(function.code, code.Function):
            self._lasting.add(function)

    def ask(
        self,
        machine: Machine,
        function: FunctionValue,
        key: Hashable,
        place: Place,
        call: Callable[[], Value],
    ) -> Value:
        """The answer of a call with that :meth:`key` at ``place``, which ``call`` runs."""
        # What calls itself does so at one place of its own; any other may be called from anywhere.
        if function in machine.active:
            return self._ask(machine, (key, place), (), call)
        return self._ask(machine, key, (place, machine.here), call)

    def key(
        self, machine: Machine, function: FunctionValue, positional: Sequence[Value], keywords: dict[str, Value]
    ) -> Hashable:
        """What the answer is remembered under; None where it is not."""
        if function not in self._lasting or machine.top_level or machine.depth > _DEEPEST:
            return None
        given = (*positional, *keywords.values())
        if not all(map(_lasts, given)) or (machine.parts and any(id(value) in machine.parts for value in given)):
            return None
        state = (machine.graph is None, machine.undecided(), bool(machine.repeats), frozenset(machine.loop_symbols))
        running = machine.active.count(function)  # it may call itself so many times only
        return (function, *state, running, *map(_typed, given), len(positional), *keywords)

    def _ask(self, machine: Machine, key: Hashable, outside: tuple[Place, ...], call: Callable[[], Value]) -> Value:
        known = self._known.get(key)
        if known is not None and _affords(machine, known):
            machine.steps += known.steps
            machine.forks += known.forks
            machine.here = known.here or machine.here
            _report(machine, known.unknowns)
            return _fresh(known.value)
        steps, forks, before, here = machine.steps, machine.forks, _count(machine), machine.here
        around = (machine.begun, machine.touched, machine.unknowns)
        machine.begun, machine.touched, machine.unknowns = CLOCK.tick(), False, {}
        try:
            value = call()
            machine.touched |= before != _count(machine)
            ended, unknowns = machine.here if machine.here != here else None, tuple(machine.unknowns.values())
            answer = _Answer(value, machine.steps - steps, machine.forks - forks, ended, unknowns)
            if not machine.touched and _keeps(answer, outside):
                self._known[key] = answer
            return _fresh(value)
        finally:
            found, machine.begun, machine.unknowns = machine.unknowns, around[0], around[2]
            machine.touched |= around[1]
            _report(machine, found.values())


def _affords(machine: Machine, answer: _Answer) -> bool:
    return machine.steps + answer.steps <= machine.most_steps and machine.forks + answer.forks <= machine.most_forks


def _report(machine: Machine, unknowns: Iterable[Unknown]) -> None:
    for unknown in unknowns:
        key = (unknown.why, unknown.place)
        if unknown.lost or key not in machine.unknowns:
            machine.unknowns[key] = unknown


def _keeps(answer: _Answer, outside: tuple[Place, ...]) -> bool:
    """Whether an answer can be given again, at places other than ``outside``."""
    if answer.steps > _MOST_STEPS or answer.forks > _MOST_FORKS:
        return False
    value = answer.value
    if isinstance(value, ListValue) and len(value.data) == 1:  # the call's own: it is given as a copy
        value = value.items
    return _lasts(value, outside) and all(unknown.place not in outside for unknown in answer.unknowns)


def _fresh(value: Value) -> Value:
    return ListValue(value.items, value.kind) if isinstance(value, ListValue) and len(value.data) == 1 else value


def _lasts(value: Value, outside: tuple[Place, ...] = ()) -> bool:
    """Whether a value can't be changed in place, nor names a place ``outside``."""
    if type(value) in _PLAIN:
        return True
    if isinstance(value, Unknown):
        return value.place is None or value.place not in outside
    if isinstance(value, (tuple, Either)):
        return all(_lasts(item, outside) for item in (value.options if isinstance(value, Either) else value))
    return isinstance(value, (External, Dim, Argument)) or is_plain(value)


def _typed(value: Value) -> tuple[Hashable, ...]:
    """A key that tells 1 from 1.0 and True."""
    if isinstance(value, tuple):
        return (tuple, *map(_typed, value))
    return (type(value), value)  # type: ignore[return-value]


def _count(machine: Machine) -> tuple[int, int, int]:
    """How much there is of what a call may add to, besides what it returns."""
    return len(machine.objects), len(machine.misuses), len(machine.graph.drafts) if machine.graph is not None else 0
