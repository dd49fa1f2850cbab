"""What one argument of a forward is: its shape, its kind, and values for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch

from initlint.probe.batch import SIZE, Batch, Fields, signal, tokens

LENGTH = 16
# Edges for each node of a graph, of which one leads to itself.
_DEGREE = 3


@dataclass(frozen=True, slots=True)
class Spec:
    """One argument of the forward: numbers, ``classes`` > 0 kinds of tokens, a ``mask`` of ones, or None
    (``absent``); ``many`` > 0 of them in a list. ``shape`` is that of one input; ``batch_at`` where the inputs are
    counted. ``special`` tokens are not drawn; ``last``, where it is one, ends each text. ``number`` > 0 is a plain one.
    ``kind`` names what is no input by itself: ``edges`` and ``adjacency`` of a graph whose nodes are the inputs, the
    ``index`` of each input, ``lengths`` of texts. ``parts`` are the values of a ``dict``, an object with ``fields`` or
    a ``tuple``, as ``form`` says. A name ``*0`` stands for the first argument of a forward that names none."""

    name: str
    shape: tuple[int, ...]
    classes: int = 0
    mask: bool = False
    batch_at: int = 0
    absent: bool = False
    many: int = 0
    special: tuple[int, ...] = ()
    last: int = -1
    number: int = 0
    kind: str = ""
    form: str = ""
    parts: tuple[Spec, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is a tensor whose shape may be another."""
        return not (self.absent or self.number or self.kind or self.form)

    def make(self, size: int = SIZE) -> Any:
        """Values of that kind; None for an argument that is left out."""
        if self.absent:
            return None
        if self.number:
            return self.number
        if self.form == "tuple":
            return tuple(each.make(size) for each in self.parts)
        if self.form:
            made = {each.name: each.make(size) for each in self.parts}
            return Fields(made) if self.form == "fields" else made
        return [self._one(size) for _ in range(self.many)] if self.many else self._one(size)

    def _one(self, size: int) -> torch.Tensor:
        if self.kind:
            return _KINDS[self.kind](size)
        shape = (size, *self.shape)
        if self.mask:
            made = torch.ones(shape)
        elif self.classes:
            made = self._text(shape)
        else:
            made = signal(shape)
        return made.movedim(0, self.batch_at) if self.batch_at else made

    def _text(self, shape: tuple[int, ...]) -> torch.Tensor:
        plain = [each for each in range(self.classes) if each not in self.special and each != self.last]
        if not plain or len(plain) == self.classes:
            return tokens(shape, self.classes)
        made = torch.tensor(plain)[tokens(shape, len(plain))]
        if 0 <= self.last < self.classes and len(shape) > 1:
            made[..., -1] = self.last
        return made

    def changed(self, change: Callable[[Spec], Spec | None]) -> Spec:
        """With each of its parts, or itself where it has none, as ``change`` makes it (None: as it is)."""
        if self.form:
            return replace(self, parts=tuple(each.changed(change) for each in self.parts))
        return change(self) or self

    def __str__(self) -> str:
        if self.absent:
            return f"{self.name} None"
        if self.number:
            return f"{self.name} {self.number}"
        if self.kind:
            return f"{self.name} {self.kind}"
        if self.form:
            return f"{self.name} {self.form} of ({', '.join(map(str, self.parts))})"
        kind = f" of {self.classes} tokens" if self.classes else ""
        count = f"{self.many} of " if self.many else ""
        sizes: list[Any] = [*self.shape]
        sizes.insert(self.batch_at, "batch")
        return f"{self.name} {count}{'×'.join(map(str, sizes))}{kind}"


Specs = tuple[Spec, ...]


def made(specs: Specs, size: int = SIZE) -> Batch:
    """A batch of these arguments."""
    args = tuple(each.make(size) for each in specs if not each.name.isidentifier())
    return Batch(args, {each.name: each.make(size) for each in specs if each.name.isidentifier()}, size)


def _edges(size: int) -> torch.Tensor:
    """Each node to itself and to its next ones, in a ring: as many neighbours for all."""
    nodes = torch.arange(size)
    return torch.stack([torch.cat([(nodes + step) % size for step in range(_DEGREE)]), nodes.repeat(_DEGREE)])


def _adjacency(size: int) -> torch.Tensor:
    """The same as a matrix whose rows sum to 1."""
    found = torch.zeros(size, size)
    found[tuple(_edges(size).flip(0))] = 1 / _DEGREE
    return found


_KINDS: dict[str, Callable[[int], torch.Tensor]] = {
    "edges": _edges,
    "adjacency": _adjacency,
    "index": torch.arange,
    "lengths": lambda size: torch.full((size,), LENGTH),
}
