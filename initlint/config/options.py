"""The keys of a configuration: what each may hold, and what it does. Everything that lists them is made from here."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from math import inf
from typing import Any

from initlint.diagnostics import Severity
from initlint.ir.data import dataclass
from initlint.patterns import problem
from initlint.signal.thresholds import DEFAULT, Thresholds

LEVELS = tuple(severity.value for severity in Severity)
_STRING: dict[str, Any] = {"type": "string"}
_STRINGS: dict[str, Any] = {"type": "array", "items": _STRING}
_LEVEL: dict[str, Any] = {"enum": list(LEVELS)}


class BadValue(Exception):
    """A value that a key can't have; the text goes on where the key has been named. ``inner`` is a key below it."""

    def __init__(self, text: str, inner: str = "") -> None:
        super().__init__(text)
        self.inner = f'."{inner}"' if inner else ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a key may hold. ``check`` raises :class:`BadValue`; ``schema`` says the same as JSON Schema."""

    check: Callable[[Any], None]
    schema: Mapping[str, Any]


def _strings(value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadValue("must be a list of strings")


def _patterns(value: Any) -> None:
    _strings(value)
    for pattern in value:
        _pattern(pattern)


def _pattern(pattern: str) -> None:
    wrong = problem(pattern)
    if wrong is not None:
        raise BadValue(f"has a pattern that can't be read: {wrong}")


def _flag(value: object) -> None:
    if not isinstance(value, bool):
        raise BadValue("must be true or false")


def _path(value: object) -> None:
    if not isinstance(value, str) or not value:
        raise BadValue("must be the path of a file")


def _level(value: object) -> None:
    if value not in LEVELS:
        raise BadValue(f"must be one of {', '.join(LEVELS)}")


def _table(value: object) -> None:
    if not isinstance(value, dict):
        raise BadValue("must be a table")


def _lists_by_pattern(value: Any) -> None:
    _table(value)
    for pattern, keys in value.items():
        _pattern(pattern)
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise BadValue("must be a list of strings", pattern)


def _levels_by_rule(value: Any) -> None:
    _table(value)
    for key, level in value.items():
        if level not in LEVELS:
            raise BadValue(f"must be one of {', '.join(LEVELS)}", key)


def _known(key: str, keys: Iterable[str]) -> None:
    if key not in (keys := list(keys)):
        close = difflib.get_close_matches(key, keys, 1)
        hint = f"; did you mean `{close[0]}`?" if close else f"; the keys are {', '.join(keys)}"
        raise BadValue(f"is no key{hint}", key)


def _thresholds(value: Any) -> None:
    _table(value)
    for key, number in value.items():
        _known(key, _LIMITS)
        whole = isinstance(_LIMITS[key], int)
        if isinstance(number, bool) or not isinstance(number, int if whole else (int, float)) or not 0 < number < inf:
            raise BadValue(f"must be a {'whole ' if whole else ''}number above 0", key)


def _probe_targets(value: Any) -> None:
    _table(value)
    for target, table in value.items():
        if not isinstance(table, dict):
            raise BadValue("must be a table", target)
        for key, given in table.items():
            _known(key, _TARGET)
            if key == "kwargs" and not isinstance(given, dict):
                raise BadValue("must have a table for its `kwargs`", target)
            if key == "inputs" and (not isinstance(given, list) or not all(isinstance(each, str) for each in given)):
                raise BadValue("must have a list of strings for its `inputs`", target)
            if key == "targets" and (type(given) is not int or given < 2):
                raise BadValue("must have a whole number above 1 for its `targets`", target)


_LIMITS: dict[str, float] = {each.name: getattr(DEFAULT, each.name) for each in fields(Thresholds)}
_LIMIT_SCHEMAS = {
    name: {"type": "integer" if isinstance(limit, int) else "number", "exclusiveMinimum": 0, "default": limit}
    for name, limit in _LIMITS.items()
}
_TARGET: dict[str, Any] = {
    "kwargs": {"type": "object"},
    "inputs": _STRINGS,
    "targets": {"type": "integer", "minimum": 2},
}
THRESHOLDS = Kind(_thresholds, {"type": "object", "additionalProperties": False, "properties": _LIMIT_SCHEMAS})
PROBE_TARGETS = Kind(
    _probe_targets,
    {
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": False, "properties": _TARGET},
    },
)
STRINGS = Kind(_strings, _STRINGS)
PATTERNS = Kind(_patterns, _STRINGS)
FLAG = Kind(_flag, {"type": "boolean"})
PATH = Kind(_path, _STRING | {"minLength": 1})
LEVEL = Kind(_level, _LEVEL)
TABLE = Kind(_table, {"type": "object"})
LISTS_BY_PATTERN = Kind(_lists_by_pattern, {"type": "object", "additionalProperties": _STRINGS})
LEVELS_BY_RULE = Kind(_levels_by_rule, {"type": "object", "additionalProperties": _LEVEL})


@dataclass(frozen=True, slots=True)
class Option:
    """One key. ``about`` is Markdown; ``example`` is the value of a line of TOML, or the lines of a table; ``default``
    what holds without it, in words or as TOML."""

    name: str
    kind: Kind
    about: str
    default: str
    example: str

    @property
    def is_table(self) -> bool:
        """Whether it is written as a table of its own."""
        return self.kind.schema.get("type") == "object"


OPTIONS: tuple[Option, ...] = (
    Option(
        "extend",
        PATH,
        "Another configuration file that this one builds on: a `.toml` file in the form of `initlint.toml`, or a "
        "`pyproject.toml`. What this file says goes first; tables are joined key by key.",
        "none",
        '"../initlint.toml"',
    ),
    Option(
        "select",
        STRINGS,
        "The rules to report: codes, prefixes of codes, names, or `ALL`. What an extended file selects and ignores is "
        "dropped.",
        "all rules but the optional ones",
        '["ALL"]',
    ),
    Option("extend-select", STRINGS, "Rules to report beside those selected.", "`[]`", '["IL005"]'),
    Option(
        "ignore",
        STRINGS,
        "Rules not to report. Where `select` and `ignore` both name a rule, the more specific key decides.",
        "`[]`",
        '["IL302"]',
    ),
    Option(
        "baseline",
        PATH,
        "A file of findings that are known and not reported: see [the baseline](baseline.md).",
        "none",
        '"initlint-baseline.json"',
    ),
    Option(
        "per-file-ignores",
        LISTS_BY_PATTERN,
        "Rules not to report in the files that a pattern matches.",
        "`{}`",
        '"tests/" = ["ALL"]',
    ),
    Option(
        "rules",
        STRINGS,
        "Python files with the project's own rules, which are run: see [custom rules](custom-rules.md). They come "
        "beside those of an extended file.",
        "`[]`",
        '["lint/our_rules.py"]',
    ),
    Option(
        "exclude",
        PATTERNS,
        "Files and folders to leave out when folders are searched, beside what `.gitignore` leaves out. Replaces the "
        "list of an extended file.",
        "`[]`",
        '["third_party/"]',
    ),
    Option("extend-exclude", PATTERNS, "More of them, beside those of an extended file.", "`[]`", '["generated_*.py"]'),
    Option(
        "force-exclude",
        FLAG,
        "Leave excluded files out even where they are given by name, as pre-commit does.",
        "`false`",
        "true",
    ),
    Option(
        "severity",
        LEVELS_BY_RULE,
        "How bad a rule's findings are, whatever the rule says: `error`, `warning` or `info`, by rule or prefix.",
        "each rule's own",
        'IL404 = "error"',
    ),
    Option(
        "fail-on",
        LEVEL,
        "The least severity that makes the exit status 1. What lies below is reported all the same.",
        '`"info"`',
        '"warning"',
    ),
    Option(
        "thresholds",
        THRESHOLDS,
        "From where on a predicted scale is a fault; see [below](#thresholds).",
        "`{" + ", ".join(f"{name} = {limit:g}" for name, limit in _LIMITS.items()) + "}`",
        "signal = 1e-4",
    ),
    Option(
        "probe",
        PROBE_TARGETS,
        "What `initlint probe` is to build and run: by target, as on the command line, the constructor's `kwargs`, the "
        "`inputs` of the forward and the number of classes, `targets`.",
        "found by the probe",
        '"net.py:Net" = { kwargs = { depth = 24 }, inputs = ["3x64x64"], targets = 10 }',
    ),
    Option(
        "catalog",
        TABLE,
        "Layers, initialisers and functions of libraries that initlint doesn't know: see [the catalogue](catalog.md). "
        "Replaces the tables of an extended file.",
        "`{}`",
        'alias."fastops.FusedGELU" = "torch.nn.GELU"',
    ),
)
BY_NAME = {option.name: option for option in OPTIONS}
