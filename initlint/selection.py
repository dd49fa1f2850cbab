"""Which rules a run reports."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from initlint.checks import RULES, find_rule, select_rules


class UnknownRuleError(Exception):
    """A key that selects nothing; the text names it and the nearest that would."""


def selected_codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes of the rules that ``select`` (empty: the default selection) names and ``ignore`` doesn't.

    Keys are codes, prefixes of codes, names, or ``ALL``. Where both name a rule, the more specific key decides: a code
    or name before a prefix, a long prefix before a short one, any before ``ALL``; of equals, ``ignore``.

    :raises UnknownRuleError: a key names no rule.
    """
    chosen = {rule.code: 0 for rule in RULES if rule.default} if not select else _specificity(select)
    dropped = _specificity(ignore)
    return frozenset(code for code, weight in chosen.items() if weight > dropped.get(code, -1))


def _specificity(keys: Sequence[str]) -> dict[str, int]:
    """For each rule that a key names, how specific its most specific key is."""
    found: dict[str, int] = {}
    for key in keys:
        weight = 0 if key.upper() == "ALL" else 100 if find_rule(key) else len(key)
        for code in matching(key):
            found[code] = max(found.get(code, 0), weight)
    return found


def matching(key: str) -> tuple[str, ...]:
    """The codes of the rules that a code, prefix, name or ``ALL`` means.

    :raises UnknownRuleError: there are none.
    """
    try:
        return tuple(rule.code for rule in select_rules((key,)))
    except ValueError:
        raise UnknownRuleError(f"no rule has the code, prefix or name `{key}`{suggestion(key)}") from None


def suggestion(key: str) -> str:
    """«; did you mean `x`?» for the code or name nearest to ``key``, or nothing."""
    names = {rule.name: rule.name for rule in RULES} | {rule.code.lower(): rule.code for rule in RULES}
    close = difflib.get_close_matches(key.lower(), list(names), 1)
    return f"; did you mean `{names[close[0]]}`?" if close else ""
