"""Which names a star import may bind, without running the module and, where it has ``__all__``, without parsing it.

A package that gathers others by star imports, as transformers does with four hundred, is asked for each name that
comes from it. What each of them exports is small and kept for the whole run; their parsed texts are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from initlint.ir import code

if TYPE_CHECKING:
    from initlint.interpret.link import Parsed, Project

_ALL = re.compile(
    rb"^__all__[ \t]*(?::[^=\n]*)?=[ \t]*[\[(]((?:[\s,]|#[^\n]*|'\w+'|\"\w+\")*)[\])][ \t]*(?:#[^\n]*)?\r?$", re.M
)
_STRING = re.compile(rb"['\"](\w+)['\"]")
# The part that a package imports from, which binds its name there, too.
_PART = re.compile(r"^\s*from\s+\.(\w+)", re.M)


def exported(project: Project, path: str, around: tuple[str, ...] = ()) -> frozenset[str] | None:
    """The names that a star import of the file may bind, perhaps more of them than it does; None where that is not
    known, as where such imports go in a circle. ``around`` are the files whose star imports led here."""
    if path in around:
        return None
    return project.files.keep(("exports", path), lambda: _exported(project, path, around))


def _exported(project: Project, path: str, around: tuple[str, ...]) -> frozenset[str] | None:
    try:
        data = project.files.read(path)
    except OSError:
        return None
    if b"__all__" in data:
        return stated(data)
    parsed = project.parsed(path)
    return _bound(project, parsed, (*around, path)) if parsed is not None else None


def stated(data: bytes) -> frozenset[str] | None:
    """The names of ``__all__``, where a module's text says once and in full what they are."""
    found = _ALL.search(data)
    if found is None or data.count(b"__all__") != 1:
        return None
    return frozenset(name.decode() for name in _STRING.findall(found[1]))


def _bound(project: Project, parsed: Parsed, around: tuple[str, ...]) -> frozenset[str] | None:
    names = set(parsed.segments)
    for segment in parsed.outline.segments if parsed.path.endswith("__init__.py") else ():
        if "import" in segment.kinds:
            names.update(_PART.findall(segment.text))
    for segment in parsed.stars:
        statements = parsed.lowered(segment.number)
        for statement in (*star_imports(statements, False), *star_imports(statements, True)):
            where = project.where(parsed, statement.module, statement.level)
            more = exported(project, where, around) if where is not None else None
            if more is None:
                return None
            names |= more
    return frozenset(names)


def star_imports(statements: tuple[code.Stmt, ...], conditional: bool) -> Iterator[code.ImportFrom]:
    """The star imports among statements; those on whichever condition where ``conditional``, else the others."""
    for statement in statements:
        match statement:
            case code.ImportFrom(names=(("*", None),)) if not conditional:
                yield statement
            case code.If(_, body, otherwise) | code.Try(body, _, otherwise) if conditional:
                yield from star_imports((*body, *otherwise), False)
                yield from star_imports((*body, *otherwise), True)
