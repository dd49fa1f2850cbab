"""Linking: which file an import means, and what a name of a module is bound to.

Everything happens on demand: a module's top-level segment is lowered and run only when one of the names it binds is
looked up, so that linting one file reads of its imports just what the models in it use.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from initlint import catalog
from initlint.files import Files
from initlint.interpret.answers import Answers
from initlint.interpret.changers import CHANGES, changers
from initlint.interpret.exports import exported, star_imports
from initlint.interpret.hierarchy import canonical, is_module_class
from initlint.interpret.registrations import Registries
from initlint.interpret.values import MISSING, External, Missing, NamespaceValue, Store, Value
from initlint.ir import code
from initlint.ir.data import dataclass
from initlint.ir.place import Place, Span
from initlint.syntax.locate import locate
from initlint.syntax.lower import LoweringError, lower
from initlint.syntax.outline import Outline, Segment, outline
from initlint.syntax.source import Source, read_source

_BUILTINS = frozenset(dir(builtins))
_HIGHEST_CLIMB = 12
_REGISTRY = re.compile(r"=\s*(?:\w+\.)*\w*Registry\(")
# A call at the top level that enters something of this module in a table, perhaps of another module.
_ENTERS = re.compile(r"(?:\w+\.)*\w*regist\w*\(", re.I)
# Packages that a folder of the same name inside a project must not shadow.
_FOREIGN = frozenset(sys.stdlib_module_names) | {"torch", "numpy", "scipy", "typing_extensions"}


@dataclass(frozen=True, slots=True)
class Imported:
    """A name bound by an import and not yet looked up: ``name`` (or all of it, if empty) of the module that ``dotted``
    with so many dots before it means in ``importer``."""

    importer: Namespace
    dotted: str
    level: int
    name: str

    @property
    def module(self) -> Namespace | External:
        """The module; its file is read when it is first asked for."""
        return self.importer.project.find(self.importer, self.dotted, self.level)

    @property
    def library(self) -> str | None:
        """The dotted name of what is imported, where it is no file of the project."""
        if self.importer.project.where(self.importer.parsed, self.dotted, self.level) is not None:
            return None
        module = _absolute(self.importer, self.dotted, self.level)
        return f"{module}.{self.name}" if self.name else module


class Parsed:
    """The text of one module, split, and what of it has been lowered; shared by all projects that read the file."""

    __slots__ = ("code", "entries", "module", "outline", "path", "segments", "source", "stars")

    def __init__(self, path: str, module: str, source: Source, outlined: Outline) -> None:
        self.path = path
        self.module = module
        self.source = source
        self.outline = outlined
        self.code: dict[int, tuple[code.Stmt, ...]] = {}
        self.segments: dict[str, list[Segment]] = {}
        self.stars: list[Segment] = []
        self.entries = [each for each in outlined.segments if not each.names and _ENTERS.match(each.text)]
        for segment in outlined.segments:
            for name in segment.names:
                self.segments.setdefault(name, []).append(segment)
            if segment.star:
                self.stars.append(segment)
        for name, segment in list(changers(outlined.segments, self.segments)):
            if segment not in self.segments[name]:
                self.segments[name].append(segment)

    def lowered(self, number: int) -> tuple[code.Stmt, ...]:
        """The statements of one segment; empty where it is too deep to be read."""
        found = self.code.get(number)
        if found is None:
            try:
                found = lower(self.outline.segments[number])
            except LoweringError:
                found = ()
            self.code[number] = found
        return found


class Namespace(Store):
    """One module of the project and the names it binds; ``data`` holds those that were looked up."""

    __slots__ = (
        "_entries",
        "_running",
        "_segments",
        "_stars",
        "is_package",
        "module",
        "outline",
        "parsed",
        "path",
        "project",
        "source",
    )

    def __init__(self, project: Project, parsed: Parsed) -> None:
        super().__init__()
        self.project = project
        self.parsed = parsed
        self.path = parsed.path
        self.module = parsed.module
        self.source = parsed.source
        self.outline = parsed.outline
        self.is_package = Path(parsed.path).stem == "__init__"
        self._running: set[int] = set()
        self._segments = parsed.segments
        self._stars = parsed.stars
        self._entries = parsed.entries

    def is_registry(self, name: str) -> bool:
        """Whether the name is bound to a table that functions of this module write to, or to an object of a class that
        is called a registry."""
        bound = [segment for segment in self._segments.get(name, ()) if name in segment.names]
        if any(_REGISTRY.search(segment.text) for segment in bound):
            return True
        return any("function" in each.kinds and name in CHANGES.findall(each.text) for each in self.outline.segments)

    def defines(self, name: str) -> bool:
        """Whether a statement of this module binds the name (star imports apart)."""
        return name in self._segments

    def lookup(self, name: str, run: Callable[[Namespace, Segment], None]) -> Value:
        """The value of a module-level name, or MISSING. ``run`` executes a segment in this namespace."""
        found = self.data.get(name)
        if found is not None and not isinstance(found, Missing):
            return found
        if name not in self.data:
            if name not in self._segments and not self._stars and not self.is_package:
                return MISSING
            if self._entries and name in self._segments:
                entries, self._entries = self._entries, []
                for segment in entries:
                    self._run_once(segment, run)
            for segment in self._segments.get(name, ()):
                self._run_once(segment, run)
        value = self.data.get(name, MISSING)
        if isinstance(value, Missing):
            value = self._lookup_in_stars(name, run)
        if isinstance(value, Missing):
            value = self._submodule(name)
        if isinstance(value, Missing):  # asked last: packages list all their parts there, for type checkers
            value = self._lookup_in_stars(name, run, conditional=True)
        return value

    def _run_once(self, segment: Segment, run: Callable[[Namespace, Segment], None]) -> None:
        if segment.number in self._running:
            return
        self._running.add(segment.number)  # never taken out: each segment runs once
        run(self, segment)

    def _lookup_in_stars(
        self, name: str, run: Callable[[Namespace, Segment], None], conditional: bool = False
    ) -> Value:
        if name.startswith("_"):
            return MISSING
        foreign: list[External] = []
        for segment in reversed(self._stars):
            for statement in star_imports(self.project.code(self.path, segment.number), conditional):
                if not self.project.may_export(self.parsed, statement.module, statement.level, name):
                    continue
                target = self.project.find(self, statement.module, statement.level)
                key = -1 - segment.number
                if isinstance(target, Namespace) and target is not self and key not in self._running:
                    self._running.add(key)
                    try:
                        value = target.lookup(name, run)
                    finally:
                        self._running.discard(key)
                    circular = isinstance(value, Imported) and value.module is self and value.name == name
                    if not isinstance(value, Missing) and not circular:
                        return value
                elif isinstance(target, External) and name not in _BUILTINS:
                    foreign.append(External(f"{target.path}.{name}"))
        # Of several libraries, the one that is known to have the name.
        return next((each for each in foreign if _is_known(each)), (*foreign, MISSING)[0])

    def _submodule(self, name: str) -> Value:
        if not self.is_package:
            return MISSING
        found = self.project.child(self, name)
        return NamespaceValue(found) if found is not None else MISSING


class Project:
    """The files that a run may read. ``stubs`` are those that stand for a library's source."""

    def __init__(self, overlay: dict[str, bytes] | None = None, files: Files | None = None) -> None:
        self.files = files if files is not None else Files(overlay)
        self._namespaces: dict[str, Namespace | None] = {}
        self._found: dict[tuple[str, str, int], Namespace | External] = {}
        self._children: dict[tuple[str, str], Namespace | None] = {}
        self.stubs: set[str] = set()
        self.answers = Answers()
        self.registries = Registries()

    def namespace(self, path: str, module: str | None = None) -> Namespace | None:
        """The module in that file; None where it cannot be read or parsed. ``module`` is its dotted name where the
        file's place does not tell it."""
        path = path.replace("\\", "/")
        if path not in self._namespaces:
            parsed = self.parsed(path, module)
            self._namespaces[path] = Namespace(self, parsed) if parsed is not None else None
        return self._namespaces[path]

    def parsed(self, path: str, module: str | None = None) -> Parsed | None:
        """The text of one module, split; None where it cannot be read or parsed."""
        return self.files.keep((path, module), lambda: self._parse(path, module), large=True)

    def _parse(self, path: str, module: str | None) -> Parsed | None:
        try:
            data = self.files.read(path)
        except OSError:
            return None
        source = read_source(path, data)
        if not isinstance(source, Source):
            return None
        outlined = outline(source)
        if not isinstance(outlined, Outline):
            return None
        return Parsed(path, module or self._module_name(Path(path)), source, outlined)

    def code(self, path: str, segment: int) -> tuple[code.Stmt, ...]:
        """The lowered statements of one segment; empty where it is too deep to be read."""
        namespace = self._namespaces[path]
        assert namespace is not None
        return namespace.parsed.lowered(segment)

    def locate(self, places: Iterable[Place]) -> dict[Place, Span]:
        """The source positions of places."""
        wanted: dict[tuple[str, int], set[int]] = {}
        for place in places:
            wanted.setdefault((place.path, place.segment), set()).add(place.number)
        found: dict[Place, Span] = {}
        for (path, number), indices in wanted.items():
            namespace = self.namespace(path)
            if namespace is None:
                continue
            segment = namespace.outline.segments[number]
            for index, span in locate(segment, indices, path).items():
                found[Place(path, number, index)] = span
        return found

    def find(self, importer: Namespace, module: str, level: int) -> Namespace | External:
        """What ``from <level dots><module> import …`` in ``importer`` refers to."""
        key = (importer.path, module, level)
        found = self._found.get(key)
        if found is None:
            where = self.where(importer.parsed, module, level)
            namespace = self.namespace(where) if where is not None else None
            found = namespace or External(_absolute(importer, module, level))
            self._found[key] = found
        return found

    def where(self, importer: Parsed, module: str, level: int) -> str | None:
        """The file of a module that a file imports; None where it is none of the project's."""
        if not level and (importer.path in self.stubs or module.split(".")[0] in _FOREIGN):
            return None
        return self.files.keep((importer.path, module, level), lambda: self._find(importer, module, level))

    def may_export(self, importer: Parsed, module: str, level: int, name: str) -> bool:
        """Whether a star import of the module may bind a name: to ask costs much less than to look it up there."""
        where = self.where(importer, module, level)
        names = exported(self, where) if where is not None else None
        return names is None or name in names

    def _find(self, importer: Parsed, module: str, level: int) -> str | None:
        folder = Path(importer.path).parent
        if level:
            for _ in range(level - 1):
                folder = folder.parent
            return self._module_at(folder, module.split(".") if module else [])
        for _ in range(_HIGHEST_CLIMB):
            for base in (folder, folder / "src"):
                if self._holds(base, module.split(".")[0]):
                    found = self._module_at(base, module.split("."))
                    if found is not None and found != importer.path:
                        return found
            if folder.parent == folder or self.files.exists((folder / ".git").as_posix()):
                break
            folder = folder.parent
        return None

    def child(self, package: Namespace, name: str) -> Namespace | None:
        """The submodule ``name`` of a package."""
        key = (package.path, name)
        if key not in self._children:
            where = self.files.keep(("child", *key), lambda: self._module_at(Path(package.path).parent, [name]))
            self._children[key] = self.namespace(where) if where is not None else None
        return self._children[key]

    def _holds(self, folder: Path, head: str) -> bool:
        path = (folder / head).as_posix()
        return self.files.is_file(f"{path}.py") or self.files.is_folder(path)

    def _module_at(self, folder: Path, parts: list[str]) -> str | None:
        """The file of a module below a folder, where there is one."""
        base = folder.joinpath(*parts)
        candidates = [base / "__init__.py"]
        if parts:
            candidates.insert(0, base.with_name(base.name + ".py"))
        for candidate in candidates:
            path = candidate.as_posix()
            if self.files.is_file(path):
                return path
        return self._bare_package(base) if parts and not known_library(parts[0]) else None

    def _bare_package(self, folder: Path) -> str | None:
        """A folder without ``__init__.py`` that holds modules: a package all the same, with no code of its own."""
        path = (folder / "__init__.py").as_posix()

        def read() -> Parsed | None:
            if not self.files.is_bare_package(folder.as_posix()):
                return None
            return Parsed(path, self._module_name(folder / "__init__.py"), Source(path, ""), Outline(()))

        return path if self.files.keep((path, None), read, large=True) is not None else None

    def _module_name(self, path: Path) -> str:
        """The dotted name under which the file would be imported from outside its outermost package."""
        parts = [] if path.stem == "__init__" else [path.stem]
        folder = path.parent
        while self.files.is_file((folder / "__init__.py").as_posix()) and folder.name:
            parts.insert(0, folder.name)
            folder = folder.parent
        return ".".join(parts) or path.parent.name


def _absolute(importer: Namespace, module: str, level: int) -> str:
    """The dotted name that an import means."""
    if not level:
        return module
    parent = importer.module.split(".")[: -level if not importer.is_package else 1 - level or None]
    return ".".join([*parent, module] if module else parent)


def _is_known(name: External) -> bool:
    return is_module_class(name) or bool(catalog.load().known(canonical(name.path)))


def known_library(head: str) -> bool:
    """Whether the catalogue has a library of that name, which an installed program imports before a bare folder."""
    return head in catalog.load().roots
