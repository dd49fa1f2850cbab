"""What makes layers start equal, noted while it happens: copies of a prototype, an instance used again, seeds."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from initlint.interpret.values import Maybe, Obj, Tensor, Value
from initlint.ir import code
from initlint.ir.data import dataclass
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.syntax.calls import walk

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine

# Keys of a copy, of a tensor that was drawn, and of an instance that stands in several places.
CLONE = ("clone",)
DRAWN = ("drawn",)
REPEATED = ("repeated",)


def cloned(machine: Machine, source: Value, copy: Value, place: Place) -> None:
    """Note that one module is a copy of another; in a library's code, at the project's line that calls it."""
    if isinstance(source, Obj) and isinstance(copy, Obj):
        stubs = machine.project.stubs
        outer = next((each for each in reversed(machine.calls) if each.path not in stubs), place)
        copy.data[CLONE] = (source, outer if place.path in stubs else place)


def repeated(machine: Machine, items: Iterable[Value], place: Place, spelt: Iterable[code.Expr] = ()) -> None:
    """Note the modules that occur among the items more than once; ``spelt`` is what the source calls them."""
    seen: set[int] = set()
    for item in items:
        value = item.value if isinstance(item, Maybe) else item
        if isinstance(value, Obj) and id(value) in seen and REPEATED not in value.data:
            parts = [part for node in spelt for part in (node.items if isinstance(node, code.Sequence) else (node,))]
            own = any(isinstance(part, code.Attribute) for part in parts)  # a layer with a place of its own
            names = " ".join(part.id for part in walk(parts) if isinstance(part, code.Name))
            machine.write(value, REPEATED, (place, names, own))
        seen.add(id(value))


@dataclass(frozen=True, eq=False, slots=True)
class Seed:
    """One call that seeds the generator of random numbers, and the calls that led to it, outermost first."""

    value: int
    place: Place
    outer: tuple[Place, ...] = ()

    def asked_for(self, outer: tuple[Place, ...]) -> Place:
        """The line that seeds for a draw that these calls led to: the seed, or the call of a function that does no more
        than to seed."""
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.outer, outer)))
        return self.outer[common] if common < len(self.outer) else self.place


def seeded(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.manual_seed(value)``: the generator is set to a state; to one that is not known, if the seed is not."""
    value = positional[0] if positional else keywords.get("seed")
    machine.write(machine.random, "state", (Seed(value, place, machine.outer()), 0) if isinstance(value, int) else None)
    return None


def drawn(machine: Machine, tensor: Tensor, initializer: Initializer) -> None:
    """Note which random numbers a tensor gets: the seed's, and after how many other draws."""
    if initializer.std == 0 or initializer.family in {"garbage", "loaded"}:
        return
    match machine.random.data.get("state"):
        case (Seed() as seed, int(count)):
            machine.write(machine.random, "state", (seed, count + 1))
            tensor.data[DRAWN] = (tensor.data.get("candidates"), seed, count)
        case (_, _):  # branches seeded or drew differently
            machine.write(machine.random, "state", None)
