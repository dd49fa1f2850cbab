"""The catalogue's tables: one library's TOML read into specs, each made when it is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from initlint.catalog.distributions import DEFAULT_CALL
from initlint.catalog.factories import FactorySpec
from initlint.catalog.functions import KINDS as OP_KINDS
from initlint.catalog.functions import FunctionSpec
from initlint.catalog.initializers import InitSpec
from initlint.catalog.layers import KINDS, LayerSpec, PlanRow
from initlint.catalog.schemes import SCHEMES
from initlint.catalog.signature import parse_signature
from initlint.ir.data import dataclass

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Table = Mapping[str, Any]
_TENSOR = "torch.Tensor."
# Groups of functions name their members without the library's prefix.
GROUPS = {"functional": "torch.nn.functional.", "torch": "torch.", "tensor": _TENSOR, "paths": ""}


class CatalogError(ValueError):
    """A table that does not follow the catalogue's format; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Stub:
    """Python source that the interpreter reads in place of a library's: ``name`` in ``file`` stands for ``path``, which
    is a module class if ``layer``."""

    path: str
    file: str
    layer: bool

    @property
    def module(self) -> str:
        """The library's module that the file stands for."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The name in the file."""
        return self.path.rpartition(".")[2]


class Library:
    """The entries of one TOML file. Keys: ``alias`` (path to canonical path; a key that ends in ``.`` is a prefix),
    ``layer``, ``initializer``, ``factory`` (tables by path), ``function`` (groups), ``inert``, ``stub`` (tables by
    file: ``module``, and the names of it that the file binds: ``layers``, which are modules, and ``names``, all else).
    """

    def __init__(self, data: Table, stubs: Path) -> None:
        aliases: dict[str, str] = dict(data.get("alias", {}))
        self.prefixes = {key: value for key, value in aliases.items() if key.endswith(".")}
        self.aliases = {key: value for key, value in aliases.items() if not key.endswith(".")}
        self._layers = dict(_expanded(data.get("layer", {})))
        self._initializers: dict[str, Table] = data.get("initializer", {})
        self._factories: dict[str, Table] = data.get("factory", {})
        self._functions = dict(_members(data.get("function", ())))
        self.inert = frozenset(name for name in data.get("inert", ()) if not name.endswith("*"))
        self.inert_prefixes = tuple(name[:-1] for name in data.get("inert", ()) if name.endswith("*"))
        self._stubs = {stub.path: stub for stub in _stubs(data.get("stub", {}), stubs)}

    @property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """All paths by section, for checks against the library itself."""
        return {
            "layer": tuple(self._layers), "initializer": tuple(self._initializers), "factory": tuple(self._factories),
            "function": tuple(self._functions), "stub": tuple(self._stubs),
        }  # fmt: skip

    def has_layer(self, path: str) -> bool:
        """Whether there is a layer at that canonical path."""
        return path in self._layers

    def has(self, path: str) -> bool:
        """Whether any table has that very path."""
        tables: tuple[Mapping[str, object], ...] = (
            self._layers, self._initializers, self._factories, self._functions, self._stubs,
        )  # fmt: skip
        return any(path in table for table in tables)

    def layer(self, path: str) -> LayerSpec | None:
        """The layer at that canonical path."""
        row = self._layers.get(path)
        return _layer(path, row) if row is not None else None

    def bases(self, path: str) -> tuple[str, ...]:
        """The superclasses of a layer, without making its spec."""
        row = self._layers.get(path)
        return names_in(row.get("bases", "")) if row is not None else ()

    def initializer(self, path: str) -> InitSpec | None:
        """The initialiser at that path."""
        row = self._initializers.get(path)
        if row is None:
            return None
        deprecated = row.get("deprecated_by", "")
        if deprecated:
            row = self._initializers[f"{path.rpartition('.')[0]}.{deprecated}"]
        if row.get("scheme") not in SCHEMES:
            raise CatalogError(f"initializer {path}: no scheme {row.get('scheme')!r}")
        signature = parse_signature(row.get("signature", ""))
        return InitSpec(path, row["scheme"], signature, deprecated, tuple(row.get("renamed", {}).items()))

    def factory(self, path: str) -> FactorySpec | None:
        """The factory at that path."""
        row = self._factories.get(path)
        if row is None:
            return None
        signature = parse_signature(row["signature"])
        return FactorySpec(path, row["fill"], signature, row.get("sizes", "size"), row.get("scattered", True))

    def functions_of(self, module: str) -> tuple[str, ...]:
        """The names of the known functions of a library module."""
        paths = (path.rpartition(".") for path in self._functions)
        return tuple(name for prefix, _, name in paths if prefix == module)

    def function(self, path: str) -> FunctionSpec | None:
        """The function or tensor method at that path; one that ends in an underscore may be the in-place form of a
        known one."""
        row = self._functions.get(path)
        if row is not None:
            return _function(path, row, False)
        if path.endswith("_") and not path.endswith("__"):
            row = self._functions.get(path[:-1])
            return _function(path, row, True) if row is not None else None
        return None

    def stub(self, path: str) -> Stub | None:
        """The source that stands for the class, function or value at that path."""
        return self._stubs.get(path)


def read_library(file: Path) -> Library:
    """The library in a TOML file."""
    return Library(tomllib.loads(file.read_text(encoding="utf-8")), file.parent / "stubs")


def names_in(value: object, where: str = "names") -> tuple[str, ...]:
    """Names in a list, or in one text with spaces between them."""
    if isinstance(value, str):
        return tuple(value.split())
    if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise CatalogError(f"{where}: must be text or a list of strings")


def _expanded(rows: Table) -> Iterator[tuple[str, Table]]:
    """Every layer by its path; ``{n}`` in a path stands for each of the row's ``n``."""
    for path, row in rows.items():
        if "n" in row:
            for n in row["n"]:
                yield path.replace("{n}", str(n)), {**row, "n": n, "bases": row.get("bases", "").replace("{n}", str(n))}
        else:
            yield path, row


def _stubs(tables: Table, folder: Path) -> Iterator[Stub]:
    for file, row in tables.items():
        for key in ("layers", "names"):
            for name in names_in(row.get(key, "")):
                yield Stub(f"{row['module']}.{name}", (folder / file).as_posix(), key == "layers")


def _members(groups: object) -> Iterator[tuple[str, Table]]:
    assert isinstance(groups, (list, tuple))
    for group in groups:
        for key, prefix in GROUPS.items():
            for name in names_in(group.get(key, "")):
                yield prefix + name, group


def _layer(path: str, row: Table) -> LayerSpec:
    if row.get("kind") not in KINDS:
        raise CatalogError(f"layer {path}: no kind {row.get('kind')!r}")
    try:
        rows = tuple(PlanRow(**entry) for entry in row.get("parameters", ()))
        signature = parse_signature(row.get("signature", ""))
    except (TypeError, ValueError, SyntaxError) as error:
        raise CatalogError(f"layer {path}: {error}") from error
    return LayerSpec(
        path, row["kind"], row.get("name", row["kind"]), signature, row.get("value"),
        names_in(row.get("bases", "")), row.get("call", DEFAULT_CALL), row.get("measure"),
        (("n", row["n"]),) if "n" in row else (), tuple(row.get("define", {}).items()),
        tuple(row.get("attributes", {}).items()), rows,
    )  # fmt: skip


def _function(path: str, row: Table, inplace: bool) -> FunctionSpec:
    if row.get("kind") not in OP_KINDS:
        raise CatalogError(f"function {path}: no kind {row.get('kind')!r}")
    signature = parse_signature(row.get("signature", ""))
    own = path.rpartition(".")[2]
    return FunctionSpec(
        path, row["kind"], row.get("name", own.rstrip("_")), row.get("inputs", 1), row.get("skip", 0), signature,
        row.get("value"), row.get("weight"), row.get("bias"), row.get("multiple", False),
        row.get("multiple_with_dim", False), inplace or row.get("inplace", False), row.get("measure"),
    )  # fmt: skip
