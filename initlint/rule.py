"""A rule: its metadata and one function from facts to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from initlint.diagnostics import Finding
from initlint.ir.data import dataclass

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """One rule of the catalogue.

    ``name`` names the bad pattern and is also the folder ``rules/<name>`` and the module ``checks/<name>``; ``code`` is
    stable. ``summary`` is one line. ``default`` says whether it is selected without asking. ``scope`` is what ``check``
    reads: ``model`` (:class:`initlint.signal.facts.Facts`, once for each model), ``file``
    (:class:`initlint.signal.facts.FileFacts`, once for each file), or ``suppressions``
    (:class:`initlint.signal.facts.SuppressionFacts`, once for each file, after the other rules), or ``measured``
    (:class:`initlint.ir.measured.Measurement`, once for each model that the probe ran). ``of_defaults`` says that it
    rests on layers being left at their defaults: it can't judge a model that other code may initialise.

    ``origin`` and ``home`` are set for the rules of a project or another package: where they come from, in words, and
    the folder that holds their pages.
    """

    code: str
    name: str
    summary: str
    check: Callable[[F], Iterable[Finding]]
    scope: str = "model"
    default: bool = True
    of_defaults: bool = False
    origin: str = ""
    home: str = ""
