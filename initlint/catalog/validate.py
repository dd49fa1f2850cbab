"""Whether a table follows the catalogue's format: what is wrong with it is said with the entry and the key."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from initlint.catalog.expression import ExpressionError
from initlint.catalog.factories import FILLS
from initlint.catalog.functions import KINDS as OP_KINDS
from initlint.catalog.layers import KINDS as LAYER_KINDS
from initlint.catalog.schemes import SCHEMES
from initlint.catalog.signature import parse_signature
from initlint.catalog.tables import GROUPS, CatalogError, Library, names_in
from initlint.ir.unknown import Unknown

_TEXTS = ("name", "signature", "value", "measure")
_ANY = Unknown("an argument")
SECTIONS = ("alias", "factory", "function", "inert", "initializer", "layer", "stub")
LAYER_KEYS = ("attributes", "bases", "call", "define", "kind", "n", "parameters", *_TEXTS)
PARAMETER_KEYS = ("buffer", "fill", "name", "repeat", "shape", "trainable", "when")
INITIALIZER_KEYS = ("deprecated_by", "renamed", "scheme", "signature")
FACTORY_KEYS = ("fill", "scattered", "signature", "sizes")
FUNCTION_KEYS = (
    "bias",
    "inplace",
    "inputs",
    "kind",
    "multiple",
    "multiple_with_dim",
    "skip",
    "weight",
    *GROUPS,
    *_TEXTS,
)
STUB_KEYS = ("layers", "module", "names")


def validate(table: Mapping[str, Any], stubs: Path) -> Library:
    """The library that the table describes; ``stubs`` is the folder to which its stubs' paths are relative.

    :raises CatalogError: something in it is wrong; the message says where.
    """
    _keys("", table, SECTIONS)
    for section, value in table.items():
        if section == "inert":
            _strings("inert", value)
        elif section == "function":
            if not isinstance(value, list):
                raise CatalogError("function: must be an array of tables, [[function]]")
        elif not isinstance(value, Mapping):
            raise CatalogError(f"{section}: must be a table")
    for path, target in table.get("alias", {}).items():
        if not isinstance(target, str) or not target or path.endswith(".") != target.endswith("."):
            raise CatalogError(f'alias."{path}": must be the name of what it stands for (a prefix if it ends in a dot)')
    for number, row in enumerate(table.get("function", ())):
        _function_row(f"function {number + 1}", row)
    for file, row in table.get("stub", {}).items():
        _stub(f'stub."{file}"', row, stubs / file)
    for path, row in table.get("layer", {}).items():
        _layer_row(f'layer."{path}"', row)
    for path, row in table.get("initializer", {}).items():
        _row(f'initializer."{path}"', row, INITIALIZER_KEYS)
        target = row.get("deprecated_by")
        if target is not None and f"{path.rpartition('.')[0]}.{target}" not in table["initializer"]:
            raise CatalogError(f'initializer."{path}": deprecated_by: no initializer {target!r} beside it')
        if target is None:
            _one_of(f'initializer."{path}"', "scheme", row, SCHEMES)
    for path, row in table.get("factory", {}).items():
        _row(f'factory."{path}"', row, FACTORY_KEYS)
        _one_of(f'factory."{path}"', "fill", row, (*FILLS, "literal"))
        if "signature" not in row:
            raise CatalogError(f'factory."{path}": signature is missing')
    library = Library(table, stubs)
    _made(library)
    return library


def _made(library: Library) -> None:
    """Make every entry, and use it once on arguments of which nothing is known."""
    for section, use in _USES.items():
        for path in library.paths[section]:
            where = f'{section} "{path}"' if section == "function" else f'{section}."{path}"'
            try:
                spec = getattr(library, section)(path)
                use(spec, {p.name: _ANY for p in spec.signature if not p.star})
            except CatalogError:
                raise
            except ExpressionError as error:
                raise CatalogError(f"{where}: {error}") from None
            except KeyError as error:
                raise CatalogError(f"{where}: needs an argument {error.args[0]!r} in its signature") from None


_USES: dict[str, Callable[[Any, dict[str, object]], object]] = {
    "layer": lambda spec, names: spec.build(names),
    "initializer": lambda spec, names: spec.resolve((), names, (4, 3, 3)),
    "factory": lambda spec, names: spec.resolve((), names),
    "function": lambda spec, names: spec.value_of(names),
}


def _layer_row(where: str, row: Any) -> None:
    _row(where, row, LAYER_KEYS)
    _one_of(where, "kind", row, LAYER_KINDS)
    for key in ("define", "attributes"):
        texts = row.get(key, {})
        if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
            raise CatalogError(f"{where}: {key}: must be a table of expressions")
    parameters = row.get("parameters", [])
    if not isinstance(parameters, list):
        raise CatalogError(f"{where}: parameters: must be an array of tables")
    for number, entry in enumerate(parameters):
        place = f"{where}: parameter {number + 1}"
        _row(place, entry, PARAMETER_KEYS)
        for key in ("name", "shape", "fill"):
            if not isinstance(entry.get(key), str):
                raise CatalogError(
                    f"{place}: {key} is missing" if key not in entry else f"{place}: {key}: must be text"
                )


def _function_row(where: str, row: Any) -> None:
    _row(where, row, FUNCTION_KEYS)
    _one_of(where, "kind", row, OP_KINDS)
    if not any(row.get(group) for group in GROUPS):
        raise CatalogError(f"{where}: paths is missing: the names of the functions")
    for group in GROUPS:
        names_in(row.get(group, ""), f"{where}: {group}")


def _stub(where: str, row: Any, file: Path) -> None:
    _row(where, row, STUB_KEYS)
    if not isinstance(row.get("module"), str):
        raise CatalogError(f"{where}: module is missing: the library's module that the file stands for")
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError) as error:
        raise CatalogError(f"{where}: the file can't be read: {getattr(error, 'strerror', None) or error}") from None
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    bound = classes | {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    bound |= {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for key, found, what in (("layers", classes, "class"), ("names", bound, "function, class or value")):
        for name in names_in(row.get(key, ""), f"{where}: {key}"):
            if name not in found:
                raise CatalogError(f"{where}: {key}: the file has no {what} `{name}`")


def _row(where: str, row: Any, keys: Iterable[str]) -> None:
    if not isinstance(row, Mapping):
        raise CatalogError(f"{where}: must be a table")
    _keys(where, row, keys)
    for key in _TEXTS:
        if not isinstance(row.get(key, ""), str):
            raise CatalogError(f"{where}: {key}: must be text")
    try:
        parse_signature(row.get("signature", ""))
    except (SyntaxError, ValueError):
        message = f"{where}: signature: not one as Python has it, with literals as defaults: {row['signature']!r}"
        raise CatalogError(message) from None


def _keys(where: str, table: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in table:
        if key not in keys:
            prefix = f"{where}: " if where else ""
            raise CatalogError(f"{prefix}unknown key `{key}`{_meant(key, keys)}")


def _one_of(where: str, key: str, row: Mapping[str, Any], allowed: Iterable[str]) -> None:
    value = row.get(key)
    if value is None:
        raise CatalogError(f"{where}: {key} is missing: one of {', '.join(sorted(allowed))}")
    if value not in set(allowed):
        raise CatalogError(f"{where}: no {key} {value!r}{_meant(str(value), allowed)}")


def _meant(given: str, allowed: Iterable[str]) -> str:
    close = difflib.get_close_matches(given, list(allowed), 1)
    return f"; did you mean `{close[0]}`?" if close else f"; there are {', '.join(sorted(allowed))}"


def _strings(where: str, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CatalogError(f"{where}: must be a list of strings")
