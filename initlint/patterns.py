"""Patterns for paths, in the language of ``.gitignore``, each list with the folder that it is relative to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from initlint.ir.data import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns that hold for the paths below ``folder`` (absolute). In a list the last one that matches decides."""

    folder: str
    lines: tuple[str, ...]

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Of an absolute path: True where a pattern matches, False where a ``!`` pattern takes it back, None where none
        says anything."""
        try:
            relative = os.path.relpath(path, self.folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return None
        if relative.startswith("../"):
            return None
        return _spec(self.lines).check_file(relative + "/" if is_folder else relative).include


@lru_cache(maxsize=1024)
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # a tenth of the linter's start, and most runs of a hook have no pattern

    return GitIgnoreSpec.from_lines(lines)


def problem(pattern: str) -> str | None:
    """What is wrong with a pattern; None where nothing is."""
    try:
        _spec((pattern,))
    except ValueError as error:
        return str(error).splitlines()[0]
    return None


def matched(path: str, is_folder: bool, lists: Iterable[Patterns]) -> bool:
    """Whether the last list that says anything of an absolute path matches it."""
    for patterns in reversed(tuple(lists)):
        verdict = patterns.verdict(path, is_folder)
        if verdict is not None:
            return verdict
    return False
