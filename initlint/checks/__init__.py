"""The rules. The list is explicit, in the order of their codes: a rule exists when it stands here."""

from __future__ import annotations

from typing import Any

from initlint.checks import (
    constant_weight_init,
    default_init_deep_relu,
    deprecated_init,
    he_before_saturating,
    init_needs_2d,
    init_never_applied,
    init_overwritten,
    missing_norm,
    not_analysed,
    syntax_error,
    uninitialised_parameter,
    unknown_rule,
    unreadable_file,
    unused_suppression,
    xavier_before_relu,
    zero_weight_init,
)
from initlint.rule import Rule

RULES: tuple[Rule[Any], ...] = (
    syntax_error.RULE,
    unused_suppression.RULE,
    unknown_rule.RULE,
    unreadable_file.RULE,
    not_analysed.RULE,
    zero_weight_init.RULE,
    constant_weight_init.RULE,
    xavier_before_relu.RULE,
    he_before_saturating.RULE,
    missing_norm.RULE,
    default_init_deep_relu.RULE,
    uninitialised_parameter.RULE,
    init_never_applied.RULE,
    init_overwritten.RULE,
    deprecated_init.RULE,
    init_needs_2d.RULE,
)

_BY_KEY = {key: rule for rule in RULES for key in (rule.code, rule.name)}


def find_rule(key: str) -> Rule[Any] | None:
    """The rule of that code (any case) or name; None where there is none."""
    return _BY_KEY.get(key.upper()) or _BY_KEY.get(key.lower())


def select_rules(keys: tuple[str, ...]) -> tuple[Rule[Any], ...]:
    """The rules that ``keys`` name, in the order of their codes: codes, prefixes of codes, names, or ``ALL``.

    Raises ValueError for a key that selects nothing.
    """
    chosen: set[str] = set()
    for key in keys:
        matched = [rule.code for rule in RULES if _matches(rule, key)]
        if not matched:
            raise ValueError(f"no rule has the code, prefix or name {key!r}")
        chosen.update(matched)
    return tuple(rule for rule in RULES if rule.code in chosen)


def _matches(rule: Rule[Any], key: str) -> bool:
    upper = key.upper()
    return upper == "ALL" or rule.name == key.lower() or (upper.startswith("IL") and rule.code.startswith(upper))
