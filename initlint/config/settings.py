"""What a run is told of one file, once all configuration has been read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from initlint.catalog import Extension
from initlint.diagnostics import Severity
from initlint.ir.data import dataclass
from initlint.patterns import Patterns, matched
from initlint.selection import BUILT_IN, Choice, RuleSet, UnknownRuleError, keys_in
from initlint.signal.thresholds import DEFAULT, Thresholds


class ConfigError(Exception):
    """A configuration that cannot be used; the text says why, and in which file."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How the findings of one file are judged: the codes of the rules reported, the rules that there are, and the
    severities that are not the rules' own."""

    codes: frozenset[str]
    rules: RuleSet = BUILT_IN
    severities: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeTarget:
    """What a configuration says of one target of the probe. ``folder`` is what a path in ``target`` is relative to;
    ``inputs`` are as on the command line; None and empty mean that nothing is said."""

    target: str
    folder: str
    kwargs: Mapping[str, Any] | None = None
    inputs: tuple[str, ...] = ()
    targets: int | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the files that one configuration governs.

    ``choices`` say which rules are reported, each with the file it comes from (empty: the command line), what is
    extended first. ``per_file_ignores`` and ``exclude`` hold patterns with their folders;
    one of the former that starts with ``!`` means the files that the rest doesn't match. ``catalog`` holds the
    project's own tables of layers and functions. ``baseline`` is the absolute path of a file of known findings, or
    empty; ``rule_files`` those of the files of the project's own rules. ``thresholds`` are what predictions are
    compared with; ``probe`` says how its targets are built. ``origin`` is the file that all this was read
    from, or empty.
    """

    choices: tuple[tuple[str, Choice], ...] = ()
    per_file_ignores: tuple[tuple[str, Patterns, tuple[str, ...]], ...] = ()
    exclude: tuple[Patterns, ...] = ()
    force_exclude: bool = False
    fail_on: Severity = Severity.INFO
    catalog: Extension | None = None
    baseline: str = ""
    rule_files: tuple[str, ...] = ()
    thresholds: Thresholds = DEFAULT
    probe: tuple[ProbeTarget, ...] = ()
    origin: str = ""

    def check_keys(self, rules: RuleSet) -> None:
        """Check the keys of the configuration files; those of the command line are checked once, where it is read.

        :raises ConfigError: a key names no rule; the text says which, and where it stands.
        """
        named = [(origin, key) for origin, choice in self.choices for key in keys_in(choice)]
        for origin, key in [*named, *((origin, key) for origin, _, keys in self.per_file_ignores for key in keys)]:
            try:
                rules.matching(key)
            except UnknownRuleError as error:
                if origin:
                    raise ConfigError(f"{origin}: {error}") from None

    def policy(self, path: str, rules: RuleSet) -> Policy:
        """How that file's findings are judged. A key of the command line that names no rule here may name one of
        another folder's configuration."""
        common = self.common_policy(rules)
        if not self.per_file_ignores:
            return common
        codes = set(common.codes)
        whole = os.path.abspath(path)
        for _, patterns, keys in self.per_file_ignores:
            verdict = patterns.verdict(whole, False)
            if verdict or (verdict is None and patterns.lines[0].startswith("!")):
                codes.difference_update(*(rules.matching(key) for key in keys if rules.names(key)))
        return Policy(frozenset(codes), rules, common.severities)

    def common_policy(self, rules: RuleSet) -> Policy:
        """How the findings of a file are judged that no pattern names."""
        return _common_policy(self.choices, rules)

    def known_choices(self, rules: RuleSet) -> list[Choice]:
        """What the configuration says of rules that there are."""
        return _known_choices(self.choices, rules)

    def excludes(self, path: str, is_folder: bool) -> bool:
        """Whether it leaves out a file or folder."""
        return bool(self.exclude) and matched(os.path.abspath(path), is_folder, self.exclude)


def _known_choices(choices: Sequence[tuple[str, Choice]], rules: RuleSet) -> list[Choice]:
    return [choice if origin else rules.known(choice) for origin, choice in choices]


@lru_cache(maxsize=256)  # of thousands of files, most share one
def _common_policy(choices: tuple[tuple[str, Choice], ...], rules: RuleSet) -> Policy:
    known = _known_choices(choices, rules)
    return Policy(rules.selected(known), rules, tuple(sorted(rules.severities(known).items())))


def shown(path: str) -> str:
    """A path as messages name it: relative where it lies below the current folder."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def common_folder(paths: Sequence[str]) -> str:
    """The folder that holds all of the paths."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
    try:
        return os.path.commonpath(folders) if folders else os.getcwd()
    except ValueError:  # different drives
        return os.getcwd()
