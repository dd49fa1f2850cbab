"""A baseline: the findings that a project lives with for now, in a file beside its code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from initlint.atomic import replace_file
from initlint.diagnostics import Diagnostic
from initlint.files import relative
from initlint.fingerprint import Line, fingerprints
from initlint.ir.data import dataclass

DEFAULT_NAME = "initlint-baseline.json"
_VERSION = 1
_TEXTS = ("fingerprint", "code", "path", "class", "layer", "message", "reason")
# A file that can't be read as Python says nothing of its other findings, and must be seen.
NEVER = frozenset({"IL001", "IL004"})


class BaselineError(Exception):
    """A baseline that cannot be used; the text says why, and in which file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding of a baseline. ``path`` is relative to its folder; ``reason`` is for people, and kept."""

    fingerprint: str
    code: str
    path: str
    class_name: str = ""
    layer: str = ""
    message: str = ""
    reason: str = ""

    def __str__(self) -> str:
        where = ", ".join(each for each in (self.class_name, self.layer) if each)
        return f"{self.code} in {self.path}{f' ({where})' if where else ''}"


@dataclass(frozen=True, slots=True)
class Match:
    """A run beside a baseline: the findings that are not in it, those that are, each with its entry, the entries that
    nothing was found for though their files and rules were looked at, and the entries of what was not looked at."""

    new: list[Diagnostic]
    known: list[tuple[Diagnostic, Entry]]
    stale: list[Entry]
    unseen: list[Entry]


def read(path: str) -> tuple[Entry, ...]:
    """The entries of a baseline.

    :raises BaselineError: there is none, or it can't be read.
    """
    try:
        with open(path, encoding="utf-8", errors="surrogatepass") as file:
            document = json.load(file)
    except FileNotFoundError:
        raise BaselineError(f"{path}: no such baseline; --write-baseline writes it") from None
    except OSError as error:
        raise BaselineError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path}: not a baseline: {error}") from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise BaselineError(f"{path}: not a baseline of version {_VERSION}")
    findings = document.get("findings")
    if not isinstance(findings, list):
        raise BaselineError(f"{path}: not a baseline: `findings` must be a list")
    return tuple(_entry(each, f"{path}: finding {number}") for number, each in enumerate(findings, 1))


def _entry(row: Any, where: str) -> Entry:
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in _TEXTS[:3]):
        raise BaselineError(f"{where} must have `fingerprint`, `code` and `path`")
    if not all(isinstance(row.get(key, ""), str) for key in _TEXTS):
        raise BaselineError(f"{where}: its values must be text")
    return Entry(*(row.get(key, "") for key in _TEXTS))


def write(path: str, entries: Iterable[Entry]) -> None:
    """Write a baseline, in an order that depends on nothing but its entries, each on a line of its own. The file that
    was there stays until the new one is complete.

    :raises BaselineError: it can't be written.
    """
    lines = []
    for entry in sorted(entries, key=lambda e: (e.path, e.code, e.class_name, e.layer, e.fingerprint)):
        values = dict(zip(_TEXTS, (getattr(entry, "class_name" if key == "class" else key) for key in _TEXTS)))
        row = {key: value for key, value in values.items() if value}
        lines.append(f"    {json.dumps(row, ensure_ascii=False)}")
    rows = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    text = f'{{\n  "version": {_VERSION},\n  "findings": {rows}\n}}\n'
    try:
        replace_file(path, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise BaselineError(f"{path}: can't be written: {(error.strerror or str(error)).lower()}") from None


def entries_of(path: str, diagnostics: Sequence[Diagnostic], line: Line) -> list[tuple[Diagnostic, Entry]]:
    """The findings with the entries that a baseline at ``path`` would have for them."""
    root = os.path.dirname(os.path.abspath(path))
    able = [each for each in diagnostics if each.code not in NEVER]
    found = []
    for each, fingerprint in zip(able, fingerprints(able, line, root), strict=True):
        where = relative(each.span.path, root)
        found.append((each, Entry(fingerprint, each.code, where, each.class_name, each.layer, each.message)))
    return found


def match(
    path: str,
    diagnostics: Sequence[Diagnostic],
    line: Line,
    looked_at: Callable[[str, str], bool],
) -> Match:
    """Set findings beside the baseline at ``path``. ``looked_at`` says of a file and a code whether the run would have
    found it.

    :raises BaselineError: the baseline can't be read.
    """
    root = os.path.dirname(os.path.abspath(path))
    entries = {entry.fingerprint: entry for entry in read(path)}
    new = [each for each in diagnostics if each.code in NEVER]
    known: list[tuple[Diagnostic, Entry]] = []
    seen = set()
    for diagnostic, own in entries_of(path, diagnostics, line):
        entry = entries.get(own.fingerprint)
        if entry is None:
            new.append(diagnostic)
        else:
            known.append((diagnostic, entry))
            seen.add(entry.fingerprint)
    broken = {relative(each.span.path, root) for each in new if each.code in NEVER}
    stale: list[Entry] = []
    unseen: list[Entry] = []
    for entry in entries.values():
        if entry.fingerprint not in seen:
            where = os.path.join(root, entry.path)
            gone = not os.path.exists(where)
            judged = entry.path not in broken and looked_at(where, entry.code)
            (stale if gone or judged else unseen).append(entry)
    return Match(sorted(new, key=lambda each: each.sort_key), known, stale, unseen)
