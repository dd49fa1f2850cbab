"""Which rules a run reports, and as how bad."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from initlint.checks import RULES
from initlint.diagnostics import Severity
from initlint.ir.data import dataclass
from initlint.rule import Rule

_EXACT = 100


class UnknownRuleError(Exception):
    """A key that selects nothing; the text names it and the nearest that would."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one configuration says of rules, each by code, prefix of codes, name, or ``ALL``. A ``select`` that is not
    None starts afresh; an empty one means the default selection."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules that keys may name: those of initlint, and those of a project."""

    rules: tuple[Rule[Any], ...] = RULES

    def find(self, key: str) -> Rule[Any] | None:
        """The rule of that code (any case) or name."""
        return next((rule for rule in self.rules if key.upper() == rule.code or key.lower() == rule.name), None)

    def matching(self, key: str) -> tuple[str, ...]:
        """The codes of the rules that a code, prefix, name or ``ALL`` means.

        :raises UnknownRuleError: there are none.
        """
        found = tuple(rule.code for rule in self.rules if _matches(rule, key))
        if not found:
            raise UnknownRuleError(f"no rule has the code, prefix or name `{key}`{self.suggestion(key)}")
        return found

    def names(self, key: str) -> bool:
        """Whether a key names a rule."""
        return any(_matches(rule, key) for rule in self.rules)

    def known(self, choice: Choice) -> Choice:
        """The same choice without the keys that name no rule."""

        def kept(keys: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(key for key in keys if self.names(key))

        # A selection of nothing that is there selects nothing; an empty one would mean the default.
        select = kept(choice.select) if choice.select is not None else None
        ignore = kept(choice.ignore)
        if choice.select and not select:
            select, ignore = ("ALL",), (*ignore, "ALL")
        severity = tuple(pair for pair in choice.severity if self.names(pair[0]))
        return Choice(select, kept(choice.extend_select), ignore, severity)

    def suggestion(self, key: str) -> str:
        """«; did you mean `x`?» for the code or name nearest to ``key``, or nothing."""
        names = {rule.name: rule.name for rule in self.rules} | {rule.code.lower(): rule.code for rule in self.rules}
        close = difflib.get_close_matches(key.lower(), list(names), 1)
        return f"; did you mean `{names[close[0]]}`?" if close else ""

    def selected(self, choices: Iterable[Choice]) -> frozenset[str]:
        """The codes that configurations choose, the first lying under the later ones, which win.

        Where one of them both selects and ignores a rule, the more specific key decides: a code or name before a
        prefix, a long prefix before a short one, any before ``ALL``; of equals, ``ignore``.

        :raises UnknownRuleError: a key names no rule.
        """
        chosen = self._default()
        for choice in choices:
            wanted, dropped = self._weights(choice.extend_select), self._weights(choice.ignore)
            if choice.select is not None:
                chosen = set() if choice.select else self._default()
                wanted = self._weights((*choice.select, *choice.extend_select))
            chosen |= {code for code, weight in wanted.items() if weight > dropped.get(code, -1)}
            chosen -= {code for code, weight in dropped.items() if weight >= wanted.get(code, -1)}
        return frozenset(chosen)

    def severities(self, choices: Iterable[Choice]) -> dict[str, Severity]:
        """The severity of each rule whose own is overridden, by code; later choices, and in them more specific keys,
        win.

        :raises UnknownRuleError: a key names no rule.
        """
        found: dict[str, Severity] = {}
        for choice in choices:
            for key, severity in sorted(choice.severity, key=lambda pair: self._weight(pair[0])):
                found |= dict.fromkeys(self.matching(key), severity)
        return found

    def _default(self) -> set[str]:
        return {rule.code for rule in self.rules if rule.default}

    def _weights(self, keys: Sequence[str]) -> dict[str, int]:
        """For each rule that a key names, how specific its most specific key is."""
        found: dict[str, int] = {}
        for key in keys:
            for code in self.matching(key):
                found[code] = max(found.get(code, 0), self._weight(key))
        return found

    def _weight(self, key: str) -> int:
        return 0 if key.upper() == "ALL" else _EXACT if self.find(key) else len(key)


def _matches(rule: Rule[Any], key: str) -> bool:
    upper = key.upper()
    letters = re.match(r"[A-Z]*", rule.code)
    prefix = bool(upper) and letters is not None and upper.startswith(letters[0]) and rule.code.startswith(upper)
    return upper == "ALL" or rule.name == key.lower() or prefix


BUILT_IN = RuleSet()


def selected_codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes of initlint's rules that ``select`` (empty: the default selection) names and ``ignore`` doesn't.

    :raises UnknownRuleError: a key names no rule.
    """
    return BUILT_IN.selected([Choice(tuple(select), (), tuple(ignore))])


def keys_in(choice: Choice) -> Iterator[str]:
    """All keys that a configuration names."""
    yield from choice.select or ()
    yield from choice.extend_select
    yield from choice.ignore
    yield from (key for key, _ in choice.severity)
