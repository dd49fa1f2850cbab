"""The catalogue: what the outside world's callables are, by their qualified names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from initlint.catalog.factories import FactorySpec
from initlint.catalog.functions import FunctionSpec
from initlint.catalog.initializers import InitSpec
from initlint.catalog.layers import LayerSpec
from initlint.catalog.tables import Library, Stub, Table, read_library
from initlint.catalog.validate import validate
from initlint.ir.data import dataclass

FOLDER = Path(__file__).parent
_MOST_MOVES = 4
_TENSOR = "torch.Tensor."
_Spec = TypeVar("_Spec", LayerSpec, FunctionSpec, InitSpec, FactorySpec)


@dataclass(frozen=True, slots=True)
class Extension:
    """A project's own table, in the format of the TOML files, and the folder to which its stubs' paths are relative."""

    table: Table
    folder: str


@lru_cache(maxsize=1)
def shipped() -> Catalog:
    """The catalogue that comes with initlint; a library's file is read when one of its names is first asked for."""
    return Catalog()


_in_use: list[tuple[Extension | None, Catalog]] = []


def load() -> Catalog:
    """The catalogue in use: the shipped one, with the tables of the project that is being read if it has some."""
    return _in_use[-1][1] if _in_use else shipped()


def use(extension: Extension | None) -> bool:
    """Make :func:`load` give the catalogue with a project's tables; whether that is another one than before.

    :raises CatalogError: the tables don't follow the format.
    """
    if extension == (_in_use[-1][0] if _in_use else None):
        return False
    _in_use[:] = [(extension, shipped().extended(extension) if extension is not None else shipped())]
    return True


class Catalog:
    """All tables. Paths are canonicalised inside every method; what is not known gives None."""

    def __init__(self, own: Library | None = None) -> None:
        self._own = own
        self._files = {file.stem: file for file in sorted(FOLDER.glob("*.toml"))}
        self._libraries: dict[str, tuple[Library, ...]] = {}
        self._canonical: dict[str, str] = {}
        self._specs: dict[tuple[str, str], object] = {}
        self._stubs: dict[str, Stub | None] = {}
        self._inert: dict[str, bool] = {}
        self._known: dict[str, str] = {}

    def extended(self, extension: Extension) -> Catalog:
        """A catalogue that also knows a project's tables, which go first.

        :raises CatalogError: the tables don't follow the format.
        """
        return Catalog(validate(extension.table, Path(extension.folder)))

    def library(self, path: str) -> tuple[Library, ...]:
        """The tables that may know a path, the user's first."""
        root = path.partition(".")[0]
        found = self._libraries.get(root)
        if found is None:
            shipped = read_library(self._files[root]) if root in self._files else None
            found = tuple(library for library in (self._own, shipped) if library is not None)
            self._libraries[root] = found
        return found

    @property
    def roots(self) -> tuple[str, ...]:
        """The libraries with a table of their own."""
        return tuple(self._files)

    def canonical(self, path: str) -> str:
        """The one name under which the tables have a callable; an unknown path is returned as it is."""
        found = self._canonical.get(path)
        if found is None:
            found = self._canonical[path] = self._resolve(path)
        return found

    def _resolve(self, path: str, depth: int = 0) -> str:
        for library in self.library(path):
            if path in library.aliases:
                return library.aliases[path]
            if library.has(path):
                return path
            for prefix, target in library.prefixes.items():
                name = path.rpartition(".")[2]
                # Modules below a prefix are left out: torch.nn.modules.conv.Conv2d is torch.nn.Conv2d.
                if path.startswith(prefix) and path.count(".") <= prefix.count(".") + 1 and not name.startswith("_"):
                    # The name below may be an alias in its turn.
                    moved = target + name
                    return self._resolve(moved, depth + 1) if moved != path and depth < _MOST_MOVES else moved
        return path

    def layer(self, path: str) -> LayerSpec | None:
        """The layer class at that path."""
        return self._spec(LayerSpec, "layer", path)

    def is_subclass(self, path: str, base: str) -> bool:
        """Whether a known layer class is that class or derives from it (SyncBatchNorm from _BatchNorm, say); every
        layer derives from torch.nn.Module."""
        path, base = self.canonical(path), self.canonical(base)
        if path == base:
            return True
        for library in self.library(path):
            bases = library.bases(path)
            if base in bases or (base == "torch.nn.Module" and library.has_layer(path)):
                return True
        return False

    def functions_of(self, module: str) -> tuple[str, ...]:
        """The names of the functions that are known of a library module."""
        return tuple(name for library in self.library(f"{module}.") for name in library.functions_of(module))

    def function(self, path: str) -> FunctionSpec | None:
        """The function at that path."""
        return self._spec(FunctionSpec, "function", path)

    def method(self, name: str) -> FunctionSpec | None:
        """The tensor method of that name."""
        return self.function(_TENSOR + name)

    def initializer(self, path: str) -> InitSpec | None:
        """The initialisation function at that path."""
        return self._spec(InitSpec, "initializer", path)

    def tensor_initializer(self, method_name: str) -> InitSpec | None:
        """The tensor method of that name that overwrites all elements with draws or a constant."""
        return self.initializer(_TENSOR + method_name)

    def factory(self, path: str) -> FactorySpec | None:
        """The function at that path that makes a tensor; methods too (``torch.Tensor.new_zeros``)."""
        return self._spec(FactorySpec, "factory", path)

    def _spec(self, kind: type[_Spec], section: str, path: str) -> _Spec | None:
        key = (section, path)
        try:
            found = self._specs[key]
        except KeyError:
            name = self.canonical(path)
            made = (getattr(library, section)(name) for library in self.library(name))
            found = self._specs[key] = next((spec for spec in made if spec is not None), None)
        return found if isinstance(found, kind) else None

    def inert(self, path: str) -> bool:
        """Whether a call of it leaves the parameters of the modules and tensors it is given as they are."""
        found = self._inert.get(path)
        if found is None:
            found = self._inert[path] = self._is_inert(path)
        return found

    def _is_inert(self, path: str) -> bool:
        shipped = self.library("torch")  # its table also has the names of libraries without one
        return any(
            name in library.inert or name.startswith(library.inert_prefixes)
            for name in {path, self.canonical(path)}
            for library in (*shipped, *self.library(path))
        )

    def stub(self, path: str) -> Stub | None:
        """The Python source that stands for a composite layer, a helper function or a table of a library."""
        if path not in self._stubs:
            name = self.canonical(path)
            found = (library.stub(name) for library in self.library(name))
            self._stubs[path] = next((stub for stub in found if stub is not None), None)
        return self._stubs[path]

    def known(self, path: str) -> str:
        """What the tables have at that path: ``stub``, ``layer``, ``initializer``, ``factory`` or ``function``, the
        first of these, or an empty string. Answers with one look-up from the second time on."""
        found = self._known.get(path)
        if found is None:
            if self.stub(path) is not None:
                found = "stub"
            else:
                kinds = (self.layer, self.initializer, self.factory, self.function)
                found = next((look_up.__name__ for look_up in kinds if look_up(path) is not None), "")
            self._known[path] = found
        return found
