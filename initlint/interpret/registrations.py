"""Registries that other files fill: what a table of a package holds stands wherever a file registers something in it.

A program imports those files before it asks a table for a name; we look for the file when the name is asked for. A
table of one module that its functions write to, in a package of which other files register something, therefore has
more keys than can be seen (it is *open*), and a key that is asked for is looked for among what the files register.
"""

from __future__ import annotations

import re
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from initlint.files import Files
from initlint.interpret.values import DictValue, Obj, Value
from initlint.ir.data import dataclass

if TYPE_CHECKING:
    from initlint.interpret.link import Namespace
    from initlint.interpret.machine import Machine

_MOST_FILES = 3_000  # of one package
_DECORATED = re.compile(
    r"^@(?=\S*regist)[\w.]+[^\S\n]*(?:\(([^()]*)\))?[^\n]*\n(?:[@# )][^\n]*\n|\n)*(?:async )?(?:def|class)[ ]+(\w+)",
    re.M | re.I,
)
_CALLED = re.compile(r"^(?:\w+\.)*\w*regist\w*\(([^()]*)\)", re.M | re.I)
_TEXTS = re.compile(r"""["']([^"'\n]+)["']""")
_NAMES = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*")


@dataclass(slots=True)
class Registrations:
    """What the files of one package register: for each name under which it may be, files and names to look up there."""

    places: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def read(self, file: str, data: bytes) -> None:
        """Add those of one file."""
        if b"regist" not in data.lower():
            return
        text = data.decode("utf-8", "replace")
        for given, name in _DECORATED.findall(text):
            self._add(file, name, {name, name.lower(), *_TEXTS.findall(given)})
        for given in _CALLED.findall(text):
            for name in _NAMES.findall(given):
                self._add(file, name, {name, name.lower(), *_TEXTS.findall(given)})

    def _add(self, file: str, name: str, keys: set[str]) -> None:
        self.files.add(file)
        for key in keys:
            self.places.setdefault(key, []).append((file, name))


class Registries:
    """The tables of a project that other files fill."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self._tables: dict[int, tuple[DictValue, Registrations]] = {}

    def note(self, namespace: Namespace, name: str, value: Value) -> None:
        """Say what a module-level name was found to be."""
        if (namespace.path, name) in self._seen:
            return
        self._seen.add((namespace.path, name))
        tables = [value] if isinstance(value, DictValue) else []
        if isinstance(value, Obj) and value.made.path == namespace.path:
            tables = [each for each in value.data.values() if isinstance(each, DictValue)]
        if not tables or not namespace.is_registry(name):
            return
        files = namespace.project.files
        package = files.keep(("package", namespace.path), lambda: _package(files, Path(namespace.path)))
        known = files.keep(("registrations", package), lambda: _registrations(files, package))
        if known.files - {namespace.path}:
            for table in tables:
                table.open = True
                self._tables[id(table)] = (table, known)

    def seek(self, machine: Machine, table: Value, key: Value) -> None:
        """Run what registers something under the key, where the table does not have it yet."""
        if not isinstance(table, DictValue) or id(table) not in self._tables or not isinstance(key, str):
            return
        places = self._tables[id(table)][1].places.get(key, ())
        for path, name in places:
            if key in table.data:
                return
            namespace = machine.project.namespace(path)
            if namespace is not None and namespace.defines(name):
                machine.module_name(namespace, name)


def _registrations(files: Files, package: str) -> Registrations:
    found = Registrations()
    for path in files.tree(package, (".py",))[:_MOST_FILES]:
        try:
            found.read(path, files.peek(path))
        except OSError:
            continue
    return found


def _package(files: Files, path: Path) -> str:
    """The outermost package that a file is in; its folder, where that is none."""
    folder = path.parent
    while all(files.is_file((each / "__init__.py").as_posix()) for each in (folder, folder.parent)):
        folder = folder.parent
    return folder.as_posix()
