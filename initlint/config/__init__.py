"""Which settings hold for which file: those of the nearest configuration file, under those of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from functools import lru_cache
from typing import Any

from initlint.catalog import Extension
from initlint.checks import RULES
from initlint.config.read import Layer, read_file, read_folder, read_override
from initlint.config.settings import ConfigError, Policy, ProbeTarget, Settings, common_folder, shown
from initlint.custom import Plugins, RulesError
from initlint.diagnostics import Severity
from initlint.ir.data import dataclass
from initlint.patterns import Patterns
from initlint.selection import BUILT_IN, Choice, RuleSet
from initlint.signal.thresholds import DEFAULT

__all__ = ["ConfigError", "Configuration", "Layer", "Policy", "Settings", "from_options", "load"]


@dataclass(slots=True)
class Configuration:
    """Finds the settings of each file, and keeps them.

    ``file`` is a configuration that holds for all files in place of the nearest; ``isolated`` reads none; ``above``
    lies over whatever is found. ``move`` names two folders: what lies below the first is configured as if it lay
    below the second. ``sources`` are the configuration files read so far.
    """

    file: str | None = None
    isolated: bool = False
    above: tuple[Layer, ...] = ()
    move: tuple[str, str] | None = None
    sources: dict[str, None] = field(default_factory=dict)
    _folders: dict[str, Settings] = field(default_factory=dict)
    _files: dict[str, Settings] = field(default_factory=dict)

    def folder(self, path: str) -> Settings:
        """The settings of what lies in a folder.

        :raises ConfigError: a file that they come from cannot be used.
        """
        if self.isolated or self.file is not None:
            return self._settings((), self.file or "")
        path = self._moved(path)
        way = []
        while path not in self._folders:
            way.append(path)
            layers = read_folder(path)
            parent = os.path.dirname(path)
            if layers is not None or parent == path:
                self._folders[path] = self._settings(layers or (), path if layers else "")
            else:
                path = parent
        found = self._folders[path]
        self._folders |= dict.fromkeys(way, found)
        return found

    def of(self, path: str) -> Settings:
        """The settings of one file."""
        return self.folder(os.path.dirname(os.path.abspath(path)))

    def of_all(self, paths: Sequence[str]) -> Settings:
        """The settings of the folder that holds all of the paths."""
        return self.folder(common_folder(paths))

    def policy(self, path: str) -> Policy:
        """How one file's findings are judged."""
        settings = self.of(path)
        return settings.policy(self._moved(path), self.rules(settings))

    def plugins(self, settings: Settings) -> Plugins:
        """Where the rules are that are not initlint's."""
        return Plugins(settings.rule_files, not self.isolated)

    def rules(self, settings: Settings) -> RuleSet:
        """The rules that there are.

        :raises ConfigError: those of the project or of a package can't be used.
        """
        return rule_set(self.plugins(settings))

    def moved(self, source: str, target: str) -> Configuration:
        """The same, for a copy: what lies below ``source`` has the settings of its like below ``target``."""
        return replace(self, move=(os.path.abspath(source), os.path.abspath(target)))

    def _moved(self, path: str) -> str:
        path = os.path.abspath(path)
        if self.move is not None and os.path.commonpath([self.move[0], path]) == self.move[0]:
            return os.path.normpath(os.path.join(self.move[1], os.path.relpath(path, self.move[0])))
        return path

    def _settings(self, layers: tuple[Layer, ...], key: str) -> Settings:
        if key not in self._files:
            if self.file is not None and not self.isolated:
                layers = read_file(self.file)
            self.sources |= dict.fromkeys(layer.origin for layer in layers)
            settings = resolve((*layers, *self.above))
            self.sources |= dict.fromkeys(settings.rule_files)
            settings.check_keys(self.rules(settings))
            self._files[key] = settings
        return self._files[key]


@lru_cache(maxsize=64)
def rule_set(plugins: Plugins) -> RuleSet:
    """initlint's rules and those of plugins.

    :raises ConfigError: the latter can't be used.
    """
    try:
        own = plugins.load()
    except RulesError as error:
        raise ConfigError(str(error)) from None
    named = {rule.name for rule in RULES}
    for rule in own:
        if rule.name in named:
            raise ConfigError(f"{rule.origin}: {rule.name} is the name of a rule of initlint")
    return RuleSet((*RULES, *own)) if own else BUILT_IN


def load(path: str) -> Settings:
    """The settings of one file or folder.

    :raises ConfigError: the configuration cannot be used.
    """
    return Configuration().of_all([path])


def from_options(
    config: Iterable[str] = (), isolated: bool = False, options: dict[str, Any] | None = None
) -> Configuration:
    """The configuration of a command line: ``config`` are files (at most one) and ``key=value`` settings, ``options``
    is a table that lies over all.

    :raises ConfigError: one of them cannot be used.
    """
    file: str | None = None
    above: list[Layer] = []
    for each in config:
        if "=" in each and not os.path.lexists(each):
            above.append(read_override(each))
        elif file is not None:
            raise ConfigError(f"--config: only one file can be given, not both {file} and {each}")
        else:
            file = each
    if file is not None and isolated:
        raise ConfigError("--config: a file can't be given beside --isolated")
    if options:
        above.append(Layer(options, os.getcwd()))
    return Configuration(file, isolated, tuple(above))


def resolve(layers: Sequence[Layer]) -> Settings:
    """One layer over the other, the last on top."""
    values: dict[str, Any] = {}
    choices: list[tuple[str, Choice]] = []
    ignores: list[tuple[str, Patterns, tuple[str, ...]]] = []
    exclude: list[Patterns] = []
    for layer in layers:
        table = layer.table
        severity = tuple((key, Severity(level)) for key, level in table.get("severity", {}).items())
        select = tuple(table["select"]) if "select" in table else None
        choice = Choice(select, tuple(table.get("extend-select", ())), tuple(table.get("ignore", ())), severity)
        if choice != Choice():
            choices.append((layer.origin, choice))
        for pattern, keys in table.get("per-file-ignores", {}).items():
            ignores.append((layer.origin, Patterns(layer.folder, (pattern,)), tuple(keys)))
        if "exclude" in table:
            exclude.clear()
        lines = (*table.get("exclude", ()), *table.get("extend-exclude", ()))
        if lines:
            exclude.append(Patterns(layer.folder, lines))
        if "fail-on" in table:
            values["fail_on"] = Severity(table["fail-on"])
        if "force-exclude" in table:
            values["force_exclude"] = table["force-exclude"]
        if "baseline" in table:
            values["baseline"] = os.path.normpath(os.path.join(layer.folder, os.path.expanduser(table["baseline"])))
        for each in table.get("rules", ()):
            path = os.path.normpath(os.path.join(layer.folder, os.path.expanduser(each)))
            values["rule_files"] = tuple(dict.fromkeys((*values.get("rule_files", ()), path)))
        if "thresholds" in table:
            values["thresholds"] = replace(values.get("thresholds", DEFAULT), **table["thresholds"])
        for target, given in table.get("probe", {}).items():
            inputs = tuple(given.get("inputs", ()))
            one = ProbeTarget(
                target, layer.folder, given.get("kwargs"), inputs, given.get("targets"), layer.origin or "--config"
            )
            values["probe"] = (one, *values.get("probe", ()))
        if "catalog" in table:
            values["catalog"] = Extension(table["catalog"], shown(layer.folder))
        values["origin"] = layer.origin or values.get("origin", "")
    return Settings(tuple(choices), tuple(ignores), tuple(exclude), **values)
