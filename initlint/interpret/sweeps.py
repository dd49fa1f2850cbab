"""What an init that goes over modules or parameters reaches, fills and asks, while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING

from initlint.interpret.values import (
    AttributesValue,
    Bound,
    Env,
    FunctionValue,
    Obj,
    Origin,
    PartialValue,
    Tensor,
    Value,
    Walk,
)
from initlint.ir import code
from initlint.ir.data import dataclass
from initlint.ir.place import Place

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine


@dataclass(slots=True)
class Asked:
    """A condition and its answers so far."""

    statement: code.If
    origin: Origin
    held: int = 0
    failed: int = 0
    open: int = 0


@dataclass(slots=True, eq=False)
class Running:
    """A sweep as it is recorded. ``again`` does to one more module what it does to each."""

    kind: str
    root: Obj
    place: Place
    outer: tuple[Place, ...]
    reached: Sequence[Obj]  # empty for a loop over parameters
    again: Callable[[str, Obj], object]
    body: tuple[code.Stmt, ...]
    variables: frozenset[str]
    shared: bool
    may: bool
    filled: dict[int, Tensor] = field(default_factory=dict)
    asked: dict[int, Asked] = field(default_factory=dict)


class Branches:
    """Counts how many of them are running, one in the other: ``with branches:`` runs one more."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> None:
        self.count += 1

    def __exit__(self, *raised: object) -> None:
        self.count -= 1


class Sweeps:
    """The sweeps of one run of the machine: those that are running, innermost last, and all; and the branches of
    decided conditions that are running."""

    def __init__(self) -> None:
        self.branches = Branches()
        self.all: list[Running] = []
        self.running: list[Running] = []

    @contextmanager
    def over(
        self,
        machine: Machine,
        walked: Walk,
        place: Place,
        again: Callable[[str, Obj], object],
        loop: code.For | None = None,
        function: Value = None,
    ) -> Iterator[None]:
        """Record what happens meanwhile as a sweep over what was walked: by a ``loop``, or by a ``function``."""
        body = loop.body if loop is not None else ()
        inner = function
        while isinstance(inner, (Bound, PartialValue)):
            inner = inner.function
        if isinstance(inner, FunctionValue) and isinstance(inner.code, code.Function):
            body = inner.code.body
        root = walked.root
        if machine.graph is not None or not isinstance(root, Obj):
            yield
            return
        items = [item[1] if isinstance(item, tuple) else item for item in walked.items]
        reached = [item for item in items if isinstance(item, Obj)]
        apart = _stands_apart(machine, inner)
        variables = frozenset(_names(loop.target)) if loop is not None else frozenset()
        may = machine.undecided()
        found = Running(walked.kind, root, place, machine.outer(), reached, again, body, variables, apart, may)
        self.all.append(found)
        self.running.append(found)
        try:
            yield
        finally:
            self.running.pop()

    def loop_over(self, name: str) -> tuple[code.Stmt, ...] | None:
        """The body of the innermost running loop, where that is its variable."""
        loop = self.running[-1] if self.running else None
        return loop.body if loop is not None and name in loop.variables else None

    def fills(self, tensor: Tensor) -> None:
        """Say that a tensor gets other elements."""
        for sweep in self.running:
            sweep.filled[id(tensor)] = tensor

    def asks(self, statement: code.If, origin: Origin, decided: bool | None) -> bool | None:
        """Say what came of a condition; gives that back."""
        if self.running:
            asked = self.running[-1].asked.setdefault(id(statement), Asked(statement, origin))
            if decided is None:
                asked.open += 1
            elif decided:
                asked.held += 1
            else:
                asked.failed += 1
        return decided


def _names(target: code.Expr) -> Iterator[str]:
    match target:
        case code.Name(name):
            yield name
        case code.Sequence(_, items):
            for item in items:
                yield from _names(item)


def _stands_apart(machine: Machine, function: Value) -> bool:
    """Whether the init's code stands outside of any class and any function."""
    running = function if isinstance(function, FunctionValue) else machine.active[-1] if machine.active else None
    return running is not None and running.owner is None and not isinstance(running.scope, Env)


@contextmanager
def looping(
    machine: Machine, iterable: Value, place: Place, once: Callable[[list[Value]], object], loop: code.For
) -> Iterator[None]:
    """Run a loop as one over all modules or parameters, where it is one; ``once`` runs it for some items."""
    if isinstance(iterable, AttributesValue) and iterable.modules:
        iterable = Walk(
            tuple(each for each in iterable.data.values() if isinstance(each, Obj)), "names", iterable.owner
        )
    if not isinstance(iterable, Walk):
        yield
        return
    named = isinstance(next(iter(iterable.items), None), tuple)

    def again(path: str, module: Obj) -> None:
        once([(path, module) if named else module])

    with machine.in_blanket(), machine.sweeps.over(machine, iterable, place, again, loop):
        yield
