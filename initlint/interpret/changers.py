"""Which top-level statements of a module change what one of its names is bound to: what is set in a table or added to a
list, decorators that register, and classes of which a base class is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from initlint.syntax.outline import Segment

Held = Mapping[str, Sequence[Segment]]  # the statements that bind a name

# A decorator that enters what it decorates into a registry, and its first name.
_REGISTERS = re.compile(r"^@(?=\S*regist)([A-Za-z_]\w*)", re.M | re.I)
# A statement that changes what a name is bound to: an item or an attribute of it, or by one of these methods.
CHANGES = re.compile(
    r"^[ ]*([A-Za-z_]\w*)(?:\.(?:update|append|extend|insert|add|setdefault|add_argument|set_defaults|register\w*)\("
    r"|(?:\[[^\]\n]*\]|\.\w+)+\s*(?:[-+|*/]?=)(?!=))",
    re.M,
)
_BASES = re.compile(r"^class\s+\w+\s*\(([^)]*)\)", re.M)
_NAME = re.compile(r"[A-Za-z_]\w*")


def changers(segments: Sequence[Segment], held: Held) -> Iterator[tuple[str, Segment]]:
    """Each name with each statement that changes it, of those that are bound in the module."""
    entered: dict[str, frozenset[str]] = {}
    told = any("def __init_subclass__" in segment.text for segment in segments)
    for segment in segments:
        bases = _told_of(segment, held) if told else frozenset[str]()
        for name in _changed(segment) | _registered(segment, held, entered) | bases:
            if name in held:
                yield name, segment


def _changed(segment: Segment) -> frozenset[str]:
    """The names whose values a top-level statement, or a loop there, changes in place: ``CONFIG["x"] = …``."""
    if "function" in segment.kinds or "class" in segment.kinds or "import" in segment.kinds:
        return frozenset()
    if not segment.text.startswith("for ") and not ({"other", "assign"} >= set(segment.kinds) and not segment.names):
        return frozenset()
    if segment.text.startswith(("if ", "with ", "try", "while ")):
        return frozenset()
    return frozenset(CHANGES.findall(segment.text))


def _told_of(segment: Segment, held: Held) -> frozenset[str]:
    """The classes that a class derives from whose ``__init_subclass__`` may put it in a table."""
    found, waiting = set[str](), [segment]
    while waiting:
        header = _BASES.search(waiting.pop().text)
        for name in _NAME.findall(header[1]) if header is not None else ():
            if name not in found and (defined := held.get(name)):
                found.add(name)
                waiting.append(defined[0])
    return frozenset(name for name in found if "def __init_subclass__" in held[name][0].text)


def _registered(segment: Segment, held: Held, entered: dict[str, frozenset[str]]) -> frozenset[str]:
    """The names of the registries that a decorated function or class enters: the object that the decorator is a method
    of, or what the decorator function changes. ``entered`` keeps them for each decorator."""
    found = frozenset[str]()
    for decorator in _REGISTERS.findall(segment.text) if segment.text.startswith("@") else ():
        if decorator not in entered:
            entered[decorator] = frozenset[str]().union(
                *(
                    CHANGES.findall(defined.text) if "function" in defined.kinds else (decorator,)
                    for defined in held.get(decorator, ())
                )
            )
        found |= entered[decorator]
    return found
