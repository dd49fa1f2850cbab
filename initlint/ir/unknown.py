"""The value that stands for what the analysis cannot know, and why it cannot."""

from __future__ import annotations

from initlint.ir.data import dataclass
from initlint.ir.place import Place


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known, with the reason in words; rules stay silent on it. ``lost`` says that a part of the
    model went with it that nothing else of the model shows: a layer that runs nobody knows where, say."""

    why: str
    place: Place | None = None
    lost: bool = False

    def __bool__(self) -> bool:
        raise TypeError("an Unknown has no truth value: decide what to do with it")
