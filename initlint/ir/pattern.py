"""The cases of ``match`` statements and their patterns; see :mod:`initlint.ir.code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initlint.ir.data import dataclass

if TYPE_CHECKING:
    from initlint.ir.code import Expr, Stmt


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with parts. ``kind`` is ``value`` (equal to ``value``), ``any``, ``or`` (one of ``parts``),
    ``sequence``, ``mapping`` (``keys`` to ``parts``) or ``class`` (``value`` with positional ``parts`` and then those
    for ``names``).
    ``name`` is what it binds the subject to; ``rest`` the starred name of a sequence or mapping, ``""`` for ``*_``, and
    ``star`` where it stands among the parts."""

    kind: str
    value: Expr | None = None
    parts: tuple[Pattern, ...] = ()
    keys: tuple[Expr, ...] = ()
    names: tuple[str, ...] = ()
    name: str | None = None
    rest: str | None = None
    star: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A match case: equal to one of ``patterns`` (none: a wildcard). Where not ``known`` it may have a ``pattern``."""

    patterns: tuple[Expr, ...]
    capture: str | None
    known: bool
    guard: Expr | None
    body: tuple[Stmt, ...]
    pattern: Pattern | None = None
