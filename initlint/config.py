"""The ``[tool.initlint]`` table of the nearest ``pyproject.toml``."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from initlint.catalog import CatalogError, Extension
from initlint.catalog.validate import validate

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KEYS = ("select", "ignore", "exclude", "catalog")


class ConfigError(Exception):
    """A configuration that cannot be used; the text says why, and in which file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told. ``select`` and ``ignore`` hold codes, prefixes, names or ``ALL``; an empty ``select`` means
    the default selection. ``exclude`` holds patterns as in ``.gitignore``, relative to ``root``. ``origin`` is the file
    that they were read from, or empty. ``catalog`` holds the project's own tables of layers and functions."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    root: str = "."
    origin: str = ""
    catalog: Extension | None = None


def load(paths: Sequence[str]) -> Settings:
    """The settings for a run over ``paths``: of the first ``pyproject.toml`` with a ``[tool.initlint]`` table from the
    folder that holds all of them upwards.

    :raises ConfigError: one on the way is not valid TOML, or the table says something unknown.
    """
    folder = _common(paths)
    while True:
        path = os.path.join(folder, "pyproject.toml")
        table = _table(path)
        if table is not None:
            return _settings(table, path)
        parent = os.path.dirname(folder)
        if parent == folder:
            return Settings()
        folder = parent


def _common(paths: Sequence[str]) -> str:
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
    try:
        return os.path.commonpath(folders) if folders else os.getcwd()
    except ValueError:  # different drives
        return os.getcwd()


def _table(path: str) -> dict[str, Any] | None:
    """The table of one file; None where there is no file, or no table in it."""
    try:
        with open(path, "rb") as file:
            document = tomllib.load(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ConfigError(f"{_shown(path)}: not valid TOML: {reason}") from None
    tool = document.get("tool", {})
    table = tool.get("initlint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{_shown(path)}: `tool.initlint` must be a table")
    return table


def _settings(table: dict[str, Any], path: str) -> Settings:
    values: dict[str, tuple[str, ...]] = {}
    extension: Extension | None = None
    for key, value in table.items():
        if key not in KEYS:
            close = difflib.get_close_matches(key, KEYS, 1)
            hint = f"; did you mean `{close[0]}`?" if close else f"; the keys are {', '.join(KEYS)}"
            raise ConfigError(f"{_shown(path)}: unknown key `{key}` in [tool.initlint]{hint}")
        if key == "catalog":
            extension = _extension(value, path)
            continue
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{_shown(path)}: `{key}` in [tool.initlint] must be a list of strings")
        values[key] = tuple(value)
    return Settings(**values, root=os.path.dirname(path), origin=_shown(path), catalog=extension)


def _extension(value: object, path: str) -> Extension:
    if not isinstance(value, dict):
        raise ConfigError(f"{_shown(path)}: `catalog` in [tool.initlint] must be a table")
    try:
        validate(value, Path(path).parent)
    except CatalogError as error:
        raise ConfigError(f"{_shown(path)}: [tool.initlint.catalog] {error}") from None
    return Extension(value, os.path.dirname(_shown(path)) or ".")


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")
