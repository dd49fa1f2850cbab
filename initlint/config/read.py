"""From configuration files and ``key=value`` options to checked tables."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from initlint.catalog import CatalogError
from initlint.catalog.validate import validate
from initlint.config.options import BY_NAME, OPTIONS, BadValue
from initlint.config.settings import ConfigError, shown
from initlint.ir.data import dataclass

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OWN_FILE, SHARED_FILE = "initlint.toml", "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Layer:
    """One checked table, the folder that its paths are relative to, and how messages name where it stands (empty: the
    command line)."""

    table: Mapping[str, Any]
    folder: str
    origin: str = ""


def read_folder(folder: str) -> tuple[Layer, ...] | None:
    """The configuration that lies in a folder, under it what it extends; None where there is none. ``initlint.toml``
    goes before ``pyproject.toml``.

    :raises ConfigError: it cannot be used.
    """
    for name in (OWN_FILE, SHARED_FILE):
        found = _chain(os.path.join(folder, name), ())
        if found is not None:
            return found
    return None


def read_file(path: str) -> tuple[Layer, ...]:
    """The configuration of one file, under it what it extends.

    :raises ConfigError: there is none, or it cannot be used.
    """
    found = _chain(os.path.abspath(path), ())
    if found is None:
        raise ConfigError(f"{shown(path)}: {_absent(path)}")
    return found


def read_override(text: str) -> Layer:
    """The table that ``key=value`` means, as on the command line: one line of TOML, whose value may also be a word.

    :raises ConfigError: it is neither, or the key or the value is wrong.
    """
    key, _, value = text.partition("=")
    for line in (text, f"{key}={_quoted(value.strip())}"):
        try:
            table = tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            continue
        try:
            check(table, "", os.getcwd())
        except ConfigError as error:
            raise ConfigError(f"`{text}`: {error}") from None
        return Layer(table, os.getcwd())
    raise ConfigError(f"`{text}` is neither a file nor KEY=VALUE")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _chain(path: str, seen: Sequence[str]) -> tuple[Layer, ...] | None:
    """The layers of a file, the most basic first."""
    table = _table(path)
    if table is None:
        return None
    folder, origin = os.path.dirname(path), shown(path)
    where = "" if os.path.basename(path) != SHARED_FILE else " in [tool.initlint]"
    try:
        check(table, where, folder)
    except ConfigError as error:
        raise ConfigError(f"{origin}: {error}") from None
    own = (Layer(table, folder, origin),)
    if "extend" not in table:
        return own
    real = os.path.realpath(path)
    base = os.path.normpath(os.path.join(folder, os.path.expanduser(table["extend"])))
    if os.path.realpath(base) in (*seen, real):
        way = " → ".join(map(shown, (*seen, path, base)))
        raise ConfigError(f"{origin}: `extend` goes round in a circle: {way}")
    below = _chain(base, (*seen, real))
    if below is None:
        raise ConfigError(f"{origin}: `extend` names {shown(base)}, but {_absent(base)}")
    return below + own


def _absent(path: str) -> str:
    return "it has no [tool.initlint] table" if os.path.lexists(path) else "no such file"


def _table(path: str) -> dict[str, Any] | None:
    """initlint's table of one file; None where there is no file, or no table in it."""
    try:
        with open(path, "rb") as file:
            document = tomllib.load(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{shown(path)}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ConfigError(f"{shown(path)}: not valid TOML: {reason}") from None
    if os.path.basename(path) != SHARED_FILE:
        return document
    tool = document.get("tool", {})
    table = tool.get("initlint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{shown(path)}: `tool.initlint` must be a table")
    return table


def check(table: Mapping[str, Any], where: str, folder: str) -> None:
    """Check a table's keys and values; ``where`` follows the name of a key in messages.

    :raises ConfigError: one is wrong.
    """
    for key, value in table.items():
        option = BY_NAME.get(key)
        if option is None:
            raise ConfigError(f"unknown key `{key}`{where}{_hint(key)}")
        try:
            option.kind.check(value)
        except BadValue as error:
            raise ConfigError(f"`{key}{error.inner}`{where} {error}") from None
    try:
        validate(table.get("catalog", {}), Path(folder))
    except CatalogError as error:
        table_name = "[tool.initlint.catalog]" if where else "[catalog]"
        raise ConfigError(f"{table_name} {error}") from None


def _hint(key: str) -> str:
    close = difflib.get_close_matches(key.replace("_", "-"), list(BY_NAME), 1)
    return f"; did you mean `{close[0]}`?" if close else f"; the keys are {', '.join(each.name for each in OPTIONS)}"
