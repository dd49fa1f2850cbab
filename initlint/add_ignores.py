"""``initlint check --add-ignore``: suppress what is found today, so that only what comes new is reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from initlint.atomic import replace_file
from initlint.checks import RULES
from initlint.console import Trouble
from initlint.diagnostics import Diagnostic
from initlint.suppress.add import with_ignores

# On comments, no comment helps; a file that is not Python takes none.
_LEFT = frozenset(rule.code for rule in RULES if rule.scope == "suppressions") | {"IL001", "IL004"}


def add_ignores(diagnostics: Sequence[Diagnostic], reason: str) -> tuple[str, list[Diagnostic]]:
    """Write the comments; what was done in one line, and the findings that are still there.

    :raises Trouble: a file can't be read or written; those before it are done.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    left = [each for each in diagnostics if each.code in _LEFT]
    for each in diagnostics:
        if each.code not in _LEFT:
            by_path.setdefault(each.span.path, []).append(each)
    changed = placed = 0
    for path, found in by_path.items():
        try:
            before = Path(path).read_bytes()
            after, without = with_ignores(path, before, found, reason)
            if after != before:
                replace_file(path, after, before)
                changed += 1
        except OSError as error:
            raise Trouble(f"{path}: {(error.strerror or str(error)).lower()}") from None
        left += without
        placed += len(found) - len(without)
    files = "1 file" if changed == 1 else f"{changed} files"
    done = f"Suppressed {placed} finding{'' if placed == 1 else 's'} in {files}"
    return done, sorted(left, key=lambda each: each.sort_key)
