"""The configuration of a command: that of the files, under that of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from initlint.config import ConfigError, Configuration, from_options
from initlint.config.show import as_toml
from initlint.console import Trouble
from initlint.ir.data import dataclass
from initlint.selection import RuleSet, UnknownRuleError

_LISTS = ("select", "extend_select", "ignore", "exclude", "extend_exclude")


@dataclass(frozen=True, slots=True)
class ConfigOptions:
    """What a command line says of the configuration. ``config`` are files and ``key=value`` settings; the others are
    those of a configuration file."""

    config: tuple[str, ...] = ()
    isolated: bool = False
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    fail_on: str | None = None
    baseline: str | None = None

    def table(self) -> dict[str, Any]:
        """The same as a table of a configuration file."""
        table: dict[str, Any] = {name.replace("_", "-"): list(getattr(self, name)) for name in _LISTS}
        table |= {"force-exclude": self.force_exclude, "fail-on": self.fail_on, "baseline": self.baseline}
        return {key: value for key, value in table.items() if value}


def split(values: Iterable[str]) -> tuple[str, ...]:
    """The keys of options that may be repeated and hold lists with commas."""
    return tuple(key.strip() for value in values for key in value.split(",") if key.strip())


def configuration(options: ConfigOptions, paths: Sequence[str]) -> Configuration:
    """The configuration of a command that is given those paths, of which the nearest file is read at once, so that a
    mistake is said even where nothing is found.

    :raises Trouble: a configuration file or a ``key=value`` setting can't be used.
    :raises click.UsageError: an option names no rule.
    """
    try:
        found = from_options(options.config, options.isolated, options.table())
    except ConfigError as error:
        raise Trouble(str(error)) from None
    try:
        rules = found.rules(found.of_all(paths))
    except ConfigError as error:
        raise Trouble(str(error)) from None
    for layer in found.above:
        _check_keys(layer.table, rules)
    return found


def _check_keys(table: Mapping[str, Any], rules: RuleSet) -> None:
    ignored = [key for keys in table.get("per-file-ignores", {}).values() for key in keys]
    for name in ("select", "extend-select", "ignore", "severity", "per-file-ignores"):
        for key in ignored if name == "per-file-ignores" else table.get(name, ()):
            try:
                rules.matching(key)
            except UnknownRuleError as error:
                hint = name if name in ("severity", "per-file-ignores") else f"--{name}"
                raise click.BadParameter(f"{error}; `initlint rules` lists them", param_hint=hint) from None


def settings_text(files: Sequence[str], found: Configuration) -> str:
    """The settings of the files as TOML, once for all that share them; those of the current folder without files.

    :raises ConfigError: a configuration can't be used.
    """
    groups: dict[str, list[str]] = {}
    for path in files:
        settings = found.of(path)
        groups.setdefault(as_toml(settings, found.rules(settings)), []).append(path)
    if not groups:
        settings = found.folder(os.curdir)
        return as_toml(settings, found.rules(settings))
    return "\n".join(f"# for {_files(paths)}\n{text}" for text, paths in groups.items())


def _files(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
