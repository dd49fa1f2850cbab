"""Sweeps: an init that goes over the modules or parameters of a model, with ``apply`` or in a loop."""

from __future__ import annotations

from initlint.ir.data import dataclass
from initlint.ir.place import Place


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition that a sweep asks of what it goes over: for how many it ``held``, ``failed``, or was left ``open``.
    ``fills`` says that what it guards initialises something, ``leaves`` that what it guards goes on to the next one.
    ``types`` are the classes that it asks for, as they are spelt but for their modules (``Conv2d``). ``named`` says
    that it looks at the text of a name, ``impossible`` that it compares a class with a text: nothing can meet that."""

    place: Place
    held: int
    failed: int
    open: int
    fills: bool
    leaves: bool
    types: tuple[str, ...] = ()
    named: bool = False
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class Sweep:
    """One run of such an init.

    ``kind`` is ``apply`` or what the loop goes over (``modules``, ``children``, ``names`` of children, ``parameters``);
    ``place`` the call or the loop, ``outer`` the calls that led there. ``root`` is the path of the module that it
    started from, ``reached`` are the paths of the modules it came to (of parameters: of their owners), ``filled``
    the names of the parameters that it wrote, ``guards`` its conditions in the order in which they were met.
    ``late`` and ``deep`` are the names of parameters at torch's default that it would have filled: in modules that
    were not there yet, and in modules below those that a loop over children comes to. ``fills`` says that its code
    initialises something, ``complete`` that all modules below the root are known; ``shared`` that the code stands
    outside of any class, for other models, too; ``may`` that it runs on a condition that we can't decide.
    """

    kind: str
    place: Place
    outer: tuple[Place, ...]
    root: str
    reached: tuple[str, ...]
    filled: tuple[str, ...]
    guards: tuple[Guard, ...] = ()
    late: tuple[str, ...] = ()
    deep: tuple[str, ...] = ()
    fills: bool = True
    complete: bool = True
    shared: bool = False
    may: bool = False
