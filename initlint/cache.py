"""Results kept between runs, in one SQLite file.

A result is used again only where everything that it depends on is the same: what is true of the whole run
(:func:`circumstances`), and the answer to each look at the disk that the analysis of its file took
(:class:`initlint.files.Files`), be it at the file, at what it imports, or for a file that does not exist.

Nothing depends on the store: where it can't be opened, read or written, or holds anything unexpected, the run goes on
without it.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from time import time

from initlint import __version__
from initlint.catalog import Extension
from initlint.custom import NO_PLUGINS, Plugins
from initlint.files import Files, Looks
from initlint.results import FileResult
from initlint.signal.thresholds import DEFAULT, Thresholds

_STORE = "results.sqlite3"
_FORMAT = 1
_OWN = {
    ".gitignore": "# Made by initlint\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by initlint; see https://bford.info/cachedir/\n",
}
_WAIT = 2.0  # seconds for another run to let go of the store
_DAY = 86_400
_KEPT_FOR = 30  # days without use
_AT_ONCE = 500
# The modules whose classes a result consists of; a store may have come with a checkout, and must not run anything else.
_HOLD_RESULTS = frozenset(
    {"initlint.results", "initlint.diagnostics", "initlint.ir.place", "initlint.ir.gaps", "initlint.syntax.comments"}
)


def circumstances(
    extension: Extension | None,
    optional: frozenset[str],
    plugins: Plugins = NO_PLUGINS,
    thresholds: Thresholds = DEFAULT,
) -> str:
    """A digest of all that results depend on besides files: initlint's own source, the Python and the libcst that read
    code, the current folder that paths start from, the project's tables, the optional rules, the
    thresholds, and, for rules of others, the source of every module that loading them imports.

    Whatever else comes to decide what the analysis of a file gives must be added here."""
    parts = (
        _FORMAT, __version__, _own_source(), sys.version, _source_of("libcst", "_version.py"), os.getcwd(),
        repr(extension), sorted(optional), plugins, [(path, _sum_of(path)) for path in plugins.sources()],
        thresholds,
    )  # fmt: skip
    return _digest(repr(parts).encode("utf-8", "surrogateescape"))


def _sum_of(path: str) -> str:
    with suppress(OSError), open(path, "rb") as file:
        return _digest(file.read())
    return ""


def _own_source() -> str:
    digest = blake2b(digest_size=16)
    for folder, folders, names in os.walk(os.path.dirname(os.path.abspath(__file__))):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", "rules"})
        for name in sorted(names):
            if name.endswith((".py", ".toml")):
                with open(os.path.join(folder, name), "rb") as file:
                    digest.update(name.encode() + b"\0" + blake2b(file.read()).digest())
    return digest.hexdigest()


def _source_of(package: str, name: str) -> str:
    spec = find_spec(package)
    folder = os.path.dirname(spec.origin or "") if spec is not None else ""
    with suppress(OSError), open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()
    return ""


class Cache:
    """The results in the store of one folder that were got under the given :func:`circumstances`."""

    def __init__(self, folder: str, under: str) -> None:
        self._folder = folder
        self._under = under
        self._new: list[tuple[bytes, bytes, bytes, bytes, int]] = []

    def results(self, paths: Sequence[str]) -> dict[str, FileResult]:
        """The results that still hold, by path."""
        if not os.path.exists(os.path.join(self._folder, _STORE)):
            return {}
        files = Files()
        keys = {self._key(path): path for path in paths}
        found: dict[str, FileResult] = {}
        today = int(time() // _DAY)
        for key, looks, result, digest, used in self._rows(list(keys)):
            held = _held(files, looks, result, digest)
            if held is not None and held.path == keys[key]:
                found[held.path] = held
                if used != today:
                    self._new.append((key, looks, result, digest, today))
        return found

    def keep(self, result: FileResult, looks: Looks) -> None:
        """Take a result in; :meth:`write` stores it."""
        told = json.dumps([[*look, answer] for look, answer in looks.items()]).encode()
        data = pickle.dumps(result, protocol=5)
        self._new.append((self._key(result.path), told, data, _sum(told, data), int(time() // _DAY)))

    def write(self) -> None:
        """Store what was taken in, and forget what was not used for long."""
        if not self._new or not _make(self._folder):
            return
        rows, self._new = self._new, []
        for _ in range(2):  # again, where the first try finds a store that is none
            try:
                with self._open() as store:
                    store.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)
                    store.execute("DELETE FROM results WHERE used < ?", (int(time() // _DAY) - _KEPT_FOR,))
                return
            except sqlite3.OperationalError:  # busy, full, read-only
                return
            except sqlite3.DatabaseError:
                _remove_store(self._folder)

    def _key(self, path: str) -> bytes:
        return blake2b(f"{self._under} {path}".encode("utf-8", "surrogateescape"), digest_size=16).digest()

    def _rows(self, keys: Sequence[bytes]) -> list[tuple[bytes, bytes, bytes, bytes, int]]:
        rows: list[tuple[bytes, bytes, bytes, bytes, int]] = []
        try:
            with self._open() as store:
                for start in range(0, len(keys), _AT_ONCE):
                    some = keys[start : start + _AT_ONCE]
                    marks = ",".join("?" * len(some))
                    rows += store.execute(f"SELECT * FROM results WHERE key IN ({marks})", some).fetchall()
        except sqlite3.Error:
            return []
        return rows

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(os.path.join(self._folder, _STORE), timeout=_WAIT)) as store, store:
            store.execute("PRAGMA journal_mode = WAL")
            store.execute("PRAGMA synchronous = NORMAL")
            store.execute(
                "CREATE TABLE IF NOT EXISTS results"
                " (key BLOB PRIMARY KEY, looks BLOB, result BLOB, digest BLOB, used INTEGER) WITHOUT ROWID"
            )
            yield store


def clean(folder: str) -> bool:
    """Remove what initlint has put into a cache folder, and the folder if it is empty then; whether there was any.

    :raises OSError: something can't be removed.
    """
    if not os.path.exists(os.path.join(folder, "CACHEDIR.TAG")):
        return False
    _remove_store(folder)
    for name in _OWN:
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))
    if not os.listdir(folder):
        os.rmdir(folder)
    return True


def _remove_store(folder: str) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, _STORE + ending))


def _make(folder: str) -> bool:
    """Make the folder, where it is not there; whether it is there then."""
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in _OWN.items():
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
    except OSError:
        return False
    return True


def _held(files: Files, looks: bytes, result: bytes, digest: bytes) -> FileResult | None:
    """A stored result, where it is whole and every look has the same answer as it had."""
    try:
        if _sum(looks, result) != digest:
            return None
        if any(files.ask((kind, path)) != answer for kind, path, answer in json.loads(looks)):
            return None
        found = _Unpickler(io.BytesIO(result)).load()
    except Exception:  # whatever a damaged store holds
        return None
    return found if isinstance(found, FileResult) else None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Only classes that results consist of."""
        found = getattr(import_module(module), name, None) if module in _HOLD_RESULTS else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a result")
        return found


def _sum(looks: bytes, result: bytes) -> bytes:
    return blake2b(b"%d %b%b" % (len(looks), looks, result), digest_size=16).digest()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
