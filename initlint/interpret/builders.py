"""Which functions and classes of a file build its models, by themselves or through other functions.

A function that needs arguments (``_resnet(block, layers)``) says little of a model by itself: those that call it with
some (``resnet18()``) build it, and are looked at before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache

from initlint.interpret.link import Namespace
from initlint.ir.data import dataclass
from initlint.syntax.outline import Segment

FILLS = re.compile(r"\.apply\s*\(|init|\.modules\s*\(|parameters\s*\(")
_CALLED = re.compile(r"\b([^\W\d]\w*)\s*\(")


@dataclass(frozen=True, slots=True)
class Builder:
    """A segment with a function or a class, the names of the module classes that running it seems to call, and whether
    its text, or that of a function which it calls with arguments, may fill parameters, or builds a chain of its own."""

    segment: Segment
    classes: tuple[str, ...]
    fills: bool
    chain: bool


def called_in(text: str) -> tuple[str, ...]:
    """The names that a text seems to call."""
    return tuple(dict.fromkeys(_CALLED.findall(text)))


def classes_called(namespace: Namespace, called: Iterable[str], is_module: Callable[[str], bool]) -> tuple[str, ...]:
    """Those of the names that are module classes of the file; classes are called by names in capitals."""
    names = (name for name in dict.fromkeys(called) if name[:1].isupper())
    return tuple(name for name in names if namespace.defines(name) and is_module(name))


def builders(
    namespace: Namespace,
    is_module: Callable[[str], bool],
    needs_arguments: Callable[[str], bool],
    chains: Collection[int] = (),
) -> list[Builder]:
    """The segments with a function or a class, in the order in which to run them. ``is_module`` says whether a name of
    the file is a module class, ``needs_arguments`` whether it is a function that can't be called without any;
    ``chains`` are the segments that build an ``nn.Sequential`` for itself."""
    segments = [
        segment
        for segment in namespace.outline.segments
        if "import" not in segment.kinds and {"function", "class"} & set(segment.kinds)
    ]
    functions = {name: segment for segment in segments if "function" in segment.kinds for name in segment.names}
    told: set[int] = set()  # of the functions that others call with arguments

    @cache
    def called(number: int) -> tuple[str, ...]:
        return called_in(namespace.outline.segments[number].text)

    def reached(segment: Segment, seen: frozenset[int] = frozenset()) -> Iterable[Segment]:
        yield segment
        for name in called(segment.number):
            inner = functions.get(name)
            if inner is not None and inner.number not in seen | {segment.number} and needs_arguments(name):
                yield from reached(inner, seen | {segment.number})

    def built(segment: Segment) -> Builder:
        within = list({each.number: each for each in reached(segment)}.values())
        classes = classes_called(namespace, [name for each in within for name in called(each.number)], is_module)
        chain = any(each.number in chains for each in within)
        if (classes or chain) and "function" in segment.kinds:
            told.update(each.number for each in within[1:])
        return Builder(segment, classes, any(FILLS.search(each.text) for each in within), chain)

    found = [built(segment) for segment in segments]
    return sorted(found, key=lambda each: each.segment.number in told)
