"""Mentions: whether anything in a project uses a function or method, judged from the text of its files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from initlint.files import Files, relative
from initlint.interpret.link import Namespace
from initlint.ir.data import dataclass

INITIALISER_NAME = re.compile(r"init|reset|weight|xavier|kaiming|glorot|orthogonal", re.I)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_NAME = re.compile(INITIALISER_NAME.pattern.encode(), re.I)
_MOST_FILES = 8_000
_MOST_SETTINGS = 500
_LARGEST_SETTINGS = 200_000
_SETTINGS = (".yaml", ".yml", ".json", ".toml", ".cfg", ".ini", ".gin")
# A text that is a name and nothing else: what reports, comments and descriptions say of a function is no use of it.
_JSON_NAME = re.compile(r'"([\w.:/-]+)"')
_VALUE = re.compile(r"""(?:^|[:=\[,{-])[ \t]*["']?([\w.:/-]+)["']?[ \t]*(?=$|[,\]}#])""", re.M)
_ROOT_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg")
# What a copy of a repository has at its top, where it came without those.
_COPY_MARKS = ("requirements.txt", "environment.yml", "LICENSE", "README.md", "README.rst", "README", ".gitignore")
_INSTALLED = frozenset({"site-packages", "dist-packages"})
_TOKEN = re.compile(
    r"""[rbfu]{0,2}(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|\#[^\n]*|[()\[\]{}]|\\\n|\n""",
    re.S | re.I,
)
_TRIPLE = re.compile(r"[rbfu]{0,2}(?:\"{3}|'{3})", re.I)
_IMPORT = re.compile(r"\s*(?:from\s+\S+\s+import\b|import\b)")
_CLASS = re.compile(r"\s*class\s+(\w+)")
# A class and its bases; a name that an import or an assignment gives a class.
_HEADER = re.compile(rb"^[ \t]*class\s+(\w+)[^(:\n]*\(([^:]{0,400})", re.M)
_RENAMED = re.compile(rb"\b([A-Z]\w*)\s+as\s+(\w+)")
_ASSIGNED = re.compile(rb"^[ \t]*([A-Z]\w*)[ \t]*=([^=\n][^\n]*)$", re.M)


@dataclass(slots=True)
class _File:
    """One file: its bytes, of a notebook those names that may be an initialiser's, and its statements once read."""

    path: str
    raw: bytes
    lines: list[str] | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return self.raw.decode("utf-8", "replace")


class _Files:
    """The files of one project, and for each class what its definition names as bases, and what derives from it."""

    def __init__(self, files: list[_File], read: frozenset[str]) -> None:
        self.files = files
        self.read = read

    @cached_property
    def bases(self) -> dict[str, set[str]]:
        """The names that each class's definition gives as bases."""
        found: dict[str, set[str]] = {}
        for file in self.files:
            _add_bases(found, file.raw)
        return found

    @cached_property
    def derived(self) -> dict[str, set[str]]:
        """The classes that derive from each."""
        return _turned(self.bases)


class Words:
    """Which names the files of a project mention, read once and only when asked."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._kin: dict[tuple[str, str, str], frozenset[str]] = {}

    def used(self, namespace: Namespace, name: str, class_name: str) -> bool:
        """Whether anything may use the function or method. Its definition, an import, a docstring, a bare
        ``self.name`` and ``self.name(...)`` in a class that has nothing to do with ``class_name`` are no uses."""
        if _uses_own(namespace, name, class_name, frozenset({class_name})):
            return True
        root = self._files.keep(("root", namespace.path), lambda: _root_of(self._files, namespace.path))
        project = self._files.keep(("mentions", root), lambda: _read(self._files, root))
        if project is None:
            return True
        kin = self._kin_of(root, project, namespace, class_name) if class_name else frozenset[str]()
        if len(kin) > 1 and _uses_own(namespace, name, class_name, kin):
            return True
        wanted, word = name.encode(), re.compile(rf"\b{re.escape(name)}\b".encode())
        private = _is_private(name, class_name)
        owner = re.compile(rf"\b{re.escape(class_name)}\b".encode())
        for file in project.files:
            if file.path == namespace.path or wanted not in file.raw or not word.search(file.raw):
                continue
            if private and not owner.search(file.raw):
                continue
            if file.path.endswith(".ipynb"):
                return True
            if not class_name and _another(file.text, name, namespace.module):
                continue
            if file.lines is None:
                file.lines = logical_lines(file.text)
            if _uses(file.lines, name, class_name, kin, file.path.endswith("__init__.py")):
                return True
        settings = self._files.keep(("settings", root), lambda: _settings(self._files, root))
        return re.search(rf"\b{re.escape(name)}\b", settings) is not None

    def _kin_of(self, root: str, project: _Files, namespace: Namespace, owner: str) -> frozenset[str]:
        """The classes whose ``self`` may be an ``owner``: those that some class derives from as it does from it."""
        bases, derived, key = project.bases, project.derived, (root, "", owner)
        if namespace.path not in project.read:  # a file of its own, or one that is not on disk
            key = (root, namespace.path, owner)
            bases = {name: set(found) for name, found in project.bases.items()}
            _add_bases(bases, namespace.source.text.encode())
            derived = _turned(bases)
        if key not in self._kin:
            self._kin[key] = _closure(_closure({owner}, derived), bases)
        return self._kin[key]


def _is_private(name: str, class_name: str) -> bool:
    return bool(class_name) and name.startswith("_")


def _uses_own(namespace: Namespace, name: str, class_name: str, kin: frozenset[str]) -> bool:
    """Whether the function's own file uses it."""
    private = _is_private(name, class_name)
    for segment in namespace.outline.segments:
        # A private method of another class in the file is another method, unless that class derives from this one.
        if private and "class" in segment.kinds and class_name not in segment.text:
            continue
        if name in segment.text and _uses(logical_lines(segment.text), name, class_name, kin, namespace.is_package):
            return True
    return False


def _another(text: str, name: str, module: str) -> bool:
    """Whether a file has a function of its own of that name, and takes none from the module that is asked about."""
    if not re.search(rf"^def {re.escape(name)}\b", text, re.M):
        return False
    last = re.escape(module.rpartition(".")[2])
    return not re.search(
        rf"^\s*(?:from\s+\S*\b{last}\s+import|import\s.*\b{last}\b|from\s.*\bimport\b.*\b{last}\b)", text, re.M
    )


@lru_cache(maxsize=256)
def logical_lines(text: str) -> list[str]:
    """The statements of a file, one a line, without comments and docstrings; a comment ``noqa`` leaves that word."""
    lines: list[str] = []
    parts: list[str] = []
    depth = last = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[last : match.start()])
        last, token = match.end(), match.group()
        if token == "\n" and not depth:
            lines.append("".join(parts))
            parts = []
        elif token in {"\n", "\\\n"}:
            parts.append(" ")
        elif token[0] == "#":
            parts.append(" noqa" if "noqa" in token else "")
        elif not (_TRIPLE.match(token) and not depth and not "".join(parts).strip()):
            depth += (token in "([{") - (token in ")]}")
            parts.append(token)
    lines.append("".join([*parts, text[last:]]))
    return lines if depth == 0 else text.splitlines()


def _uses(lines: Iterable[str], name: str, class_name: str, kin: frozenset[str], package: bool) -> bool:
    quoted = re.escape(name)
    mention = re.compile(rf"\b{quoted}\b")
    definition = re.compile(rf"\bdef\s+{quoted}\b")
    bare = re.compile(rf"\s*(?:\w+\.)*{quoted}\s*")
    own = re.compile(rf"(?<![\w.])(?:self|super\([^()]*\))\.{quoted}\b")
    renamed = re.compile(rf"\b{quoted}\s+as\s+(?!{quoted}\b)")
    for line, enclosing in _with_classes(lines):
        if name not in line:
            continue
        if _IMPORT.match(line) and ";" not in line:
            # A package re-exports what it imports, and so does who silences the warning about it.
            if mention.search(line) and (package or "noqa" in line or renamed.search(line)):
                return True
            continue
        if bare.fullmatch(line):
            continue
        rest = definition.sub("", line)
        if not class_name or (enclosing and enclosing not in kin):
            rest = own.sub("", rest)
        if mention.search(rest):
            return True
    return False


def _with_classes(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each line with the name of the class that it stands in; empty outside of classes."""
    around: list[tuple[int, str]] = []
    for line in lines:
        text = line.lstrip()
        if not text:
            continue
        indent = len(line) - len(text)
        while around and around[-1][0] >= indent:
            around.pop()
        yield line, around[-1][1] if around else ""
        if found := _CLASS.match(line):
            around.append((indent, found.group(1)))


def _closure(start: Iterable[str], edges: dict[str, set[str]]) -> frozenset[str]:
    """Everything that can be reached."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(edges.get(one, ()))
    return frozenset(found)


def _turned(bases: dict[str, set[str]]) -> dict[str, set[str]]:
    """For each class those that derive from it."""
    derived: dict[str, set[str]] = {}
    for name, found in bases.items():
        for base in found:
            derived.setdefault(base, set()).add(name)
    return derived


def _add_bases(bases: dict[str, set[str]], text: bytes) -> None:
    for header in (_HEADER, _ASSIGNED):
        for name, named in header.findall(text):
            bases.setdefault(name.decode(), set()).update(word.decode() for word in _WORD.findall(named))
    for name, alias in _RENAMED.findall(text):
        bases.setdefault(alias.decode(), set()).add(name.decode())


def _read(files: Files, root: str) -> _Files | None:
    """What the project's files say; None where there are too many to look through."""
    found: list[_File] = []
    read: set[str] = set()
    for path in files.tree(root, (".py", ".ipynb")):
        if len(found) >= _MOST_FILES:
            return None
        try:
            raw = files.peek(path)
        except OSError:
            continue
        path = relative(path) if root.startswith("..") else path  # as the file to ask about is called
        if path not in files.overlay:
            read.add(path)
        if path.endswith(".ipynb"):
            raw = b" ".join(word for word in set(_WORD.findall(raw)) if _NAME.search(word))
        found.append(_File(path, raw))
    return _Files(found, frozenset(read))


def _settings(files: Files, root: str) -> str:
    """The text of the project's configuration, which may name a function that is looked up by it."""
    texts: list[str] = []
    for path in files.tree(root, _SETTINGS, _LARGEST_SETTINGS)[:_MOST_SETTINGS]:
        try:
            text = files.peek(path).decode("utf-8", "replace")
        except OSError:
            continue
        if not path.endswith(".gin"):
            text = "\n".join((_JSON_NAME if path.endswith(".json") else _VALUE).findall(text))
        texts.append(text)
    return "\n".join(texts)


def _root_of(files: Files, path: str) -> str:
    """The project's folder: the nearest with a mark of one, else the nearest around the outermost package with what a
    copy of a repository has, else that package, else the file's folder. It is relative where the file's path is."""
    spelt = (lambda folder: Path(folder).as_posix()) if os.path.isabs(path) else relative
    folder = os.path.dirname(os.path.abspath(path))
    marked = _nearest(files, folder, _ROOT_MARKS, spelt)
    if marked is not None:
        return marked
    while (around := os.path.dirname(folder)) != folder and files.is_file(f"{Path(around).as_posix()}/__init__.py"):
        folder = around
    return _nearest(files, folder, _COPY_MARKS, spelt) or spelt(folder)


def _nearest(files: Files, folder: str, marks: Iterable[str], spelt: Callable[[str], str]) -> str | None:
    """The nearest of the folder and those around it with one of the marks, but for where packages are installed."""
    for candidate in [folder, *map(str, Path(folder).parents)][:6]:
        found = spelt(candidate)
        if os.path.basename(candidate) not in _INSTALLED and any(files.exists(f"{found}/{mark}") for mark in marks):
            return found
    return None
