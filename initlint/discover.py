"""From the paths a user gives to the files to lint, in one fixed order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field

from initlint.ir.data import dataclass
from initlint.patterns import Patterns, matched, problem

SUFFIXES = (".py", ".pyi", ".ipynb")
# Folders that never hold a project's own code. A virtual environment of any name is known by its pyvenv.cfg.
SKIPPED_FOLDERS = frozenset(
    {
        ".bzr", ".direnv", ".eggs", ".git", ".hg", ".initlint_cache", ".ipynb_checkpoints", ".mypy_cache", ".nox",
        ".pytest_cache", ".ruff_cache", ".svn", ".tox", ".venv", ".venvs", "__pycache__", "__pypackages__", "build",
        "dist", "node_modules", "site-packages", "venv",
    }
)  # fmt: skip
# In names of folders and files that a project is made from: what they hold is text of another language.
_PLACEHOLDER = "{{"


@dataclass(frozen=True, slots=True)
class Found:
    """The files to lint, sorted, as paths with ``/``; the given paths that don't exist; and the folders that could not
    be read, each with the reason."""

    files: tuple[str, ...]
    missing: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the configuration of one folder leaves out of it; ``forced`` says also of what is given by name."""

    exclude: tuple[Patterns, ...] = ()
    forced: bool = False


def _nothing(_: str) -> Exclusion:
    return Exclusion()


@dataclass(slots=True)
class _Walk:
    exclusion: Callable[[str], Exclusion]
    files: dict[str, str] = field(default_factory=dict)  # real path -> path to show
    unreadable: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str) -> None:
        self.files.setdefault(os.path.realpath(path), _shown(path))

    def folder(self, path: str, ignores: tuple[Patterns, ...]) -> None:
        """Collect the files below a folder. Links to folders are not followed, so that no loop can arise; a link to a
        file is, and a broken one is passed over."""
        try:
            with os.scandir(path) as scan:
                entries = sorted((each for each in scan if _PLACEHOLDER not in each.name), key=lambda each: each.name)
        except OSError as error:
            self.unreadable.append((_shown(path), (error.strerror or str(error)).lower()))
            return
        names = {entry.name for entry in entries}
        if ".gitignore" in names:
            ignores = (*ignores, *_patterns(path, ".gitignore"))
        exclude = self.exclusion(path).exclude
        folders: list[os.DirEntry[str]] = []
        for entry in entries:
            if _is(entry, folder=True):
                folders.append(entry)
            elif (
                entry.name.endswith(SUFFIXES)
                and _is(entry, folder=False)
                and not _skips(entry, False, ignores, exclude)
            ):
                self.add(entry.path)
        for entry in folders:
            if entry.name in SKIPPED_FOLDERS or _skips(entry, True, ignores, exclude):
                continue
            if os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):
                continue
            # A repository inside another one has its own rules.
            nested = os.path.exists(os.path.join(entry.path, ".git"))
            self.folder(entry.path, () if nested else ignores)

    def forced_out(self, path: str, is_folder: bool) -> bool:
        """Whether what was given by name is left out all the same."""
        exclusion = self.exclusion(os.path.dirname(os.path.abspath(path)))
        return exclusion.forced and matched(os.path.abspath(path), is_folder, exclusion.exclude)


def _skips(
    entry: os.DirEntry[str], is_folder: bool, ignores: tuple[Patterns, ...], exclude: tuple[Patterns, ...]
) -> bool:
    path = os.path.abspath(entry.path)
    return matched(path, is_folder, ignores) or matched(path, is_folder, exclude)


def discover(paths: Sequence[str], exclusion: Callable[[str], Exclusion] = _nothing) -> Found:
    """The files that ``paths`` mean.

    A folder stands for the Python files and notebooks below it, without those that ``.gitignore`` files or
    ``exclusion``, asked for each folder, leave out. A file is taken whatever its name, unless its folder's exclusion is
    forced. The same file reached twice is given once.
    """
    walk = _Walk(exclusion)
    missing = []
    for path in paths:
        if os.path.lexists(path) and walk.forced_out(path, os.path.isdir(path)):
            continue
        if os.path.isdir(path):
            walk.folder(path, _above(path))
        elif not os.path.lexists(path):
            missing.append(path)
        else:
            walk.add(path)
    return Found(tuple(sorted(walk.files.values())), tuple(missing), tuple(walk.unreadable))


def _is(entry: os.DirEntry[str], *, folder: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) if folder else entry.is_file()
    except OSError:
        return False


def _shown(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")


def _above(path: str) -> tuple[Patterns, ...]:
    """The patterns of the folders from the root of the repository down to, but without, ``path``; none outside of a
    repository, and none where they ignore ``path`` itself, since then the user asked for an ignored folder."""
    folder = os.path.abspath(path)
    chain = []
    current = folder
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return ()
        chain.append(parent)
        current = parent
    ignores = [*_patterns(current, os.path.join(".git", "info", "exclude"))]
    for each in reversed(chain):
        ignores += _patterns(each, ".gitignore")
    down = [*reversed(chain[:-1]), folder] if chain else []
    if any(matched(each, True, ignores) for each in down):
        return ()
    return tuple(ignores)


def _patterns(folder: str, name: str) -> Iterator[Patterns]:
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    usable = tuple(line for line in lines if problem(line) is None)  # git, too, passes over what it cannot read
    if usable:
        yield Patterns(os.path.abspath(folder), usable)
