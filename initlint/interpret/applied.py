"""What a function given to ``apply`` does to a module, learnt once for modules of one kind.

Init functions look at every module of a model, and do the same to most modules of a class. What such a function read of
the first one, the parameters that it filled and the marks that it left (``module._is_initialized = True``) hold for
all others of the class whose parameters have the same shapes and that have the same values under the names read.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from initlint.interpret.operators import is_plain
from initlint.interpret.torch_init import fill
from initlint.interpret.torch_modules import container_of, own_parameters
from initlint.interpret.values import (
    CLOCK,
    MISSING,
    Bound,
    DictValue,
    External,
    ListValue,
    Obj,
    Store,
    Tensor,
    Value,
)  # fmt: skip
from initlint.ir.initializer import InitAction

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine


class Watch:
    """One call on one module: the attributes that it read, what it wrote to them, and the fills of its parameters.

    ``alone`` is false where the call read more than numbers and parameters of the module, so that it may do something
    else to another one; ``contained`` is false where it changed something else."""

    def __init__(self, module: Obj) -> None:
        self.reads: dict[str, Value] = {}
        self.writes: list[tuple[str, Value]] = []
        self.alone = True
        self.contained = True
        self._module = module
        self._names = {
            id(value): name
            for name, value in module.data.items()
            if isinstance(name, str) and isinstance(value, Tensor)
        }
        self._begun = CLOCK.tick()

    def read(self, owner: Obj, name: str, value: Value) -> None:
        """Say that an attribute was read."""
        if owner is not self._module:
            return
        held = owner.data.get(name, MISSING)
        if (held is not MISSING and not is_plain(held) and not isinstance(held, Tensor)) or (
            isinstance(value, (DictValue, ListValue)) or (isinstance(value, Bound) and value.function is None)
        ):
            self.alone = False
        elif all(name != written for written, _ in self.writes):
            self.reads.setdefault(name, held)

    def compared(self, one: Value, other: Value) -> None:
        """Say that two values were compared: whether one is that very module may decide what is done."""
        if (one is self._module and other is not None) or (other is self._module and one is not None):
            self.alone = False

    def wrote(self, store: Store, key: Hashable, value: Value) -> None:
        """Say that a store was written to."""
        if store is self._module and isinstance(key, str) and is_plain(value):
            self.writes.append((key, value))
        elif store.born < self._begun and not (isinstance(store, Tensor) and self._filled(store, key, value)):
            self.contained = False

    def _filled(self, tensor: Tensor, key: Hashable, value: Value) -> bool:
        """Whether the write is of ``torch_init.fill``, on a parameter of the module; it is noted."""
        name = self._names.get(id(tensor))
        if name is None or not isinstance(value, tuple) or not value:
            return False
        if key == "candidates" and len(value) == 1:
            self.writes.append((name, value[0]))
            return True
        return key == "history" and self.writes[-1:] == [(name, value[-1])]

    def holds_for(self, module: Obj) -> bool:
        """Whether the call would do the same to that module."""
        return self.alone and all(_same(module.data.get(name, MISSING), held) for name, held in self.reads.items())


class Applied:
    """The calls of one function on the modules of one model."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._known: dict[Hashable, Watch] = {}

    def run(self, module: Obj, call: Callable[[], Value]) -> None:
        """Do to the module what ``call`` does."""
        machine = self._machine
        if machine.watch is not None:  # inside the call of another such function
            machine.watch.alone = machine.watch.contained = False
            call()
            return
        shapes = [(name, tensor.data.get("shape")) for name, tensor in _tensors(module)]
        if not shapes and isinstance(module.cls, External) and container_of(module) is None:
            return
        key = (module.cls, *shapes)
        known = self._known.get(key)
        if known is not None and known.holds_for(module):
            self._repeat(known, module)
            return
        watch = self._known[key] = machine.watch = Watch(module)
        before = (machine.forks, len(machine.misuses))
        try:
            call()
        finally:
            machine.watch = None
        if before != (machine.forks, len(machine.misuses)):  # what branches wrote is joined behind our back
            watch.alone = False
        if not watch.contained:
            self._known.clear()  # what the function does may depend on what it changed

    def _repeat(self, known: Watch, module: Obj) -> None:
        for name, value in known.writes:
            if isinstance(value, InitAction):
                tensor = module.data[name]
                assert isinstance(tensor, Tensor)
                fill(self._machine, tensor, value)
            else:
                self._machine.write(module, name, value)


def _tensors(module: Obj) -> list[tuple[str, Tensor]]:
    return [*own_parameters(module), *own_parameters(module, buffers=True)]


def _same(held: Value, expected: Value) -> bool:
    if isinstance(expected, Tensor):  # of the same shape, as its name and those of all others are
        return isinstance(held, Tensor)
    return held is expected or (is_plain(held) and type(held) is type(expected) and held == expected)
