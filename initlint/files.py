"""What a run reads of the disk, and a record of it: on which files a result depends, also on those that don't exist."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
# One question about the disk, ``kind`` and path, and the answer to it.
Look = tuple[str, str]
Looks = dict[Look, str]

_MOST_LARGE = 200
_HEAD = 1024  # bytes in which a file says what it is
_MADE_FROM = re.compile(rb"generated\b[^\n]{0,40}\bfrom\s+(?:[\w.-]+/)*([\w.-]+\.py)\b")
_PASSED_OVER = frozenset({"node_modules", "site-packages"})


class Files:
    """The files of a run; ``overlay`` gives the bytes of some that are not, or not so, on disk.

    ``looks`` is what was asked since it was last emptied, with the answers. Each answer is kept, so that a run sees one
    state of the disk; ``steady`` says that nothing was seen to change meanwhile. The kinds of looks are ``read`` (the
    answer is a digest of the bytes, or why they can't be read), ``file``, ``folder``, ``there`` (is it a file, a
    folder, anything), ``modules`` (does it hold any), ``made from`` (the files that others of a folder say they were
    generated from) and ``tree`` (a digest of the names and bytes of what :meth:`tree` gives).
    """

    def __init__(self, overlay: Mapping[str, bytes] | None = None) -> None:
        self.overlay = overlay or {}
        self.looks: Looks = {}
        self.steady = True
        self._answers: Looks = {}
        self._trees: dict[str, list[str]] = {}
        self._kept: dict[Hashable, tuple[object, Looks]] = {}
        self._large: dict[Hashable, tuple[object, Looks]] = {}  # the last that was asked for last

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        :raises OSError: it can't be read.
        """
        try:
            data = self.overlay[path] if path in self.overlay else _bytes(path)
        except OSError as error:
            self._note(("read", path), _unreadable(error))
            raise
        self._note(("read", path), _digest(data))
        return data

    def peek(self, path: str) -> bytes:
        """The bytes of a file that :meth:`tree` gave: the look at the tree is one at them, too.

        :raises OSError: it can't be read.
        """
        looks, self.looks = self.looks, {}
        try:
            return self.read(path)
        finally:
            self.looks = looks

    def is_file(self, path: str) -> bool:
        """Whether there is a file."""
        return bool(self.ask(("file", path)))

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder."""
        return bool(self.ask(("folder", path)))

    def exists(self, path: str) -> bool:
        """Whether there is anything."""
        return bool(self.ask(("there", path)))

    def is_bare_package(self, path: str) -> bool:
        """Whether a folder, or one in it, holds modules."""
        return bool(self.ask(("modules", path)))

    def is_source_of_another(self, path: str) -> bool:
        """Whether a file beside it says that it was generated from this one, which then does not run as it stands."""
        folder, name = os.path.split(path)
        return name in self.ask(("made from", folder)).split("\n")

    def tree(self, root: str, endings: tuple[str, ...], largest: int = 0) -> list[str]:
        """The files below a folder with such names, in order, up to that size in bytes where one is given. What is
        hidden or installed is left out. Their names and bytes are one look."""
        kind = " ".join(("tree", str(largest), *endings))
        self.ask((kind, root))
        return self._trees[f"{kind} {root}"]

    def ask(self, look: Look) -> str:
        """The answer to a look; empty for no."""
        answer = self._answers.get(look)
        if answer is None:
            answer = self._answers[look] = self._answer(*look)
        self.looks[look] = answer
        return answer

    def keep(self, key: Hashable, work: Callable[[], T], large: bool = False) -> T:
        """The result of ``work``, done once; that it is asked for again is a look at all that it looked at. Of
        ``large`` results only those that were asked for last are kept."""
        store = self._large if large else self._kept
        kept = store.pop(key, None)
        if kept is None:
            around, self.looks = self.looks, {}
            try:
                kept = (work(), self.looks)
            finally:
                around.update(self.looks)
                self.looks = around
        else:
            self.looks.update(kept[1])
        store[key] = kept
        if large and len(store) > _MOST_LARGE:
            del store[next(iter(store))]
        return kept[0]  # type: ignore[return-value]

    def _note(self, look: Look, answer: str) -> None:
        self.steady = self.steady and self._answers.setdefault(look, answer) == answer
        self.looks[look] = answer

    def _answer(self, kind: str, path: str) -> str:
        match kind:
            case "file":
                return "yes" if path in self.overlay or os.path.isfile(path) else ""
            case "folder":
                return "yes" if os.path.isdir(path) else ""
            case "there":
                return "yes" if os.path.exists(path) else ""
            case "modules":
                return "yes" if any(True for pattern in ("*.py", "*/*.py") for _ in Path(path).glob(pattern)) else ""
            case "made from":
                return "\n".join(sorted(set(_made_from(path))))
            case "read":
                try:
                    return _digest(self.overlay[path] if path in self.overlay else _bytes(path))
                except OSError as error:
                    return _unreadable(error)
        _, largest, *endings = kind.split(" ")
        return self._of_tree(f"{kind} {path}", path, tuple(endings), int(largest))

    def _of_tree(self, key: str, root: str, endings: tuple[str, ...], largest: int) -> str:
        self._trees[key] = found = sorted(_below(root, endings, largest))
        digest = blake2b(digest_size=16)
        for path in found:
            answer = self._answers.get(("read", path)) or self._answers.setdefault(
                ("read", path), self._answer("read", path)
            )
            digest.update(f"{path}\0{answer}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def _made_from(folder: str) -> Iterator[str]:
    for path in Path(folder).glob("*.py"):
        try:
            if not path.is_file():
                continue
            with path.open("rb") as file:
                found = _MADE_FROM.search(file.read(_HEAD))
        except OSError:
            continue
        if found is not None and found[1] != path.name.encode():
            yield found[1].decode("ascii", "replace")


def _below(root: str, endings: tuple[str, ...], largest: int) -> Iterator[str]:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder or ".") as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name in _PASSED_OVER:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(_joined(folder, entry.name))
                    elif entry.name.endswith(endings) and entry.is_file():  # a pipe would never end
                        if largest and entry.stat().st_size > largest:
                            continue
                        yield _joined(folder, entry.name)
        except OSError:
            continue


def relative(path: str, root: str = ".") -> str:
    """A path from a folder, with slashes; the path itself where there is no way, on another drive."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return path.replace(os.sep, "/")


def _joined(folder: str, name: str) -> str:
    return name if folder in ("", ".") else f"{folder.rstrip('/')}/{name}"


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _unreadable(error: OSError) -> str:
    return f"!{(error.strerror or str(error)).lower()}"
