"""Settings as text that is a configuration file again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from initlint.config.settings import Settings, shown
from initlint.patterns import Patterns
from initlint.selection import RuleSet
from initlint.signal.thresholds import DEFAULT


def as_toml(settings: Settings, rules: RuleSet) -> str:
    """The settings, as ``initlint.toml`` would say them; patterns of other folders stand with their folder in a
    comment. What is selected is said by code."""
    return "".join(f"{line}\n" for line in _lines(settings, rules))


def _lines(settings: Settings, rules: RuleSet) -> Iterator[str]:
    yield f"# from {settings.origin or 'the defaults'}"
    choices = settings.known_choices(rules)
    codes = rules.selected(choices)
    yield f"select = {_value([rule.code for rule in rules.rules if rule.code in codes])}"
    if settings.rule_files:
        yield f"rules = {_value(tuple(map(shown, settings.rule_files)))}"
    for patterns in settings.exclude:
        yield f"extend-exclude = {_value(patterns.lines)}{_below(patterns)}"
    yield f"force-exclude = {_value(settings.force_exclude)}"
    if settings.baseline:
        yield f"baseline = {_value(shown(settings.baseline))}"
    yield f"fail-on = {_value(settings.fail_on.value)}"
    severities = rules.severities(choices)
    if severities:
        yield "\n[severity]"
    for code, severity in severities.items():
        yield f"{code} = {_value(severity.value)}"
    if settings.per_file_ignores:
        yield "\n[per-file-ignores]"
    for _, patterns, keys in settings.per_file_ignores:
        yield f"{_value(patterns.lines[0])} = {_value(keys)}{_below(patterns)}"
    if settings.thresholds != DEFAULT:
        yield "\n[thresholds]"
        yield from (f"{name} = {value:g}" for name, value in asdict(settings.thresholds).items())
    for target in settings.probe:
        yield f"\n# [probe.{_value(target.target)}]{_below(Patterns(target.folder, ()))}"
    if settings.catalog is not None:
        for section, table in settings.catalog.table.items():
            yield f"\n# [catalog.{section}]: {len(table)} {'entry' if len(table) == 1 else 'entries'}"


def _below(patterns: Patterns) -> str:
    return f"  # below {shown(patterns.folder)}"


def _value(value: str | bool | Sequence[str]) -> str:
    """TOML for a value: for these kinds, it is what JSON says."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
