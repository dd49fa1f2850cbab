"""Our dataclasses do what Python's do, and write a method when it is first called."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field, replace

import pytest

from initlint.ir.data import dataclass as quick


def _made(decorator):
    @decorator(frozen=True, slots=True, order=True)
    class Point:
        """A point."""

        x: int
        y: float = 2.0
        names: tuple[str, ...] = field(default_factory=lambda: ("a",))
        note: str = field(default="", compare=False, repr=False)

    @decorator(slots=True)
    class Box:
        width: int
        made: list[int] = field(default_factory=list)
        count: int = field(init=False, default=3)
        area: int = field(init=False)

        def __post_init__(self):
            self.area = self.width**2

    @decorator(slots=True)
    class Crate(Box):
        depth: int = 1

    @decorator(frozen=True, eq=False)
    class Token:
        value: int

    @decorator(frozen=True, slots=True)
    class Spelt:
        value: int

        def __repr__(self):
            return f"<{self.value}>"

        def __hash__(self):
            return 7

    return Point, Box, Crate, Token, Spelt


def _look(kinds):
    """What the classes say of themselves and of their instances."""
    Point, Box, Crate, Token, Spelt = kinds
    one, other = Point(1), Point(1, 2.0, ("a",), note="told")
    lists = Box(3), Box(3)
    lists[0].made.append(1)
    with pytest.raises(TypeError):
        Point()
    with pytest.raises(TypeError):
        hash(lists[0])
    with pytest.raises(TypeError):
        sorted([Token(2), Token(1)])
    return (
        repr(one).partition("Point")[2], one == other, hash(one) == hash(other), one != (1, 2.0, ("a",)),
        one < Point(2), one >= other, replace(other, y=1.0).note, replace(one, x=5).x,
        dataclasses.astuple(one), Point.__match_args__, hasattr(one, "__dict__"),
        lists[0] == lists[1], lists[0].area, lists[0].count, lists[1].made, repr(lists[1]).partition("Box")[2],
        repr(Crate(2, [], 5)).partition("Crate")[2], Crate(2) == Box(2), Crate(2) == Crate(2),
        Token(1) == Token(1), repr(Token(1)).partition("Token")[2], repr(Spelt(1)), hash(Spelt(1)),
        Spelt(1) == Spelt(1),
    )  # fmt: skip


def test_they_do_what_those_of_python_do():
    assert _look(_made(quick)) == _look(_made(dataclasses.dataclass))


@quick(frozen=True, slots=True)
class Kept:
    """One that can be pickled, for which it must stand at the top."""

    value: int
    more: tuple[int, ...] = ()


def test_they_are_pickled_and_copied():
    assert pickle.loads(pickle.dumps(Kept(1, (2,)))) == Kept(1, (2,))


def test_a_method_is_written_when_it_is_called():
    @quick(slots=True)
    class Late:
        value: int

    before = Late.__init__, Late.__eq__, Late.__repr__
    assert Late(1).value == 1
    assert Late.__init__ is not before[0]
    assert (Late.__eq__, Late.__repr__) == before[1:]
    assert Late.__init__.__qualname__.endswith("Late.__init__")
