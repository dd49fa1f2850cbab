"""Jupyter notebooks: their code cells as one module, and edits of it written back into the JSON where they belong.

https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import ast
import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from initlint.diagnostics import Edit
from initlint.syntax.depth import quiet
from initlint.syntax.source import Cell, Source, SourceError

# What a notebook that trains has somewhere.
_TRAINS = re.compile(
    r"\.backward\(|\bgrad\(|\boptim\b|optimi[sz]er|Trainer|\b(?:fit|train)\w*\(|\.step\(", re.IGNORECASE
)
_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\r\n]*")
# Lines of IPython's own: magics, shell commands, questions, and what is assigned from the first two.
_MAGIC = re.compile(r"([ \t]*)(?:[%!?]|[\w.]+\?{1,2}[ \t]*$)")
# A question mark where a value belongs: an exercise, whose reader is to complete the cell.
_GAP = re.compile(r"[(,=]\s*\?\s*[,)\n]")
_ASSIGNED = re.compile(r"([ \t]*[\w.\[\]'\", ]+=[ \t]*)[%!]")
# Cell magics whose cell is still Python.
_PYTHON = re.compile(r"\s*%%(?:time|timeit|capture|prun|python3?)\b")


def read_notebook(path: str, data: bytes) -> Source | SourceError:
    """The code cells of a notebook in their order, each followed by an empty line. Magics and cells of other languages
    leave empty lines and comments; a notebook of another language is an empty module."""
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        raw = data[len(codecs.BOM_UTF8) * bom :].decode("utf-8")
        document = json.loads(raw, strict=False)
    except UnicodeDecodeError as error:
        return SourceError(f"a notebook that cannot be decoded as utf-8: {error.reason}", 1, 1)
    except json.JSONDecodeError as error:
        return SourceError(f"a notebook that is not valid JSON: {error.msg.lower()}", error.lineno, error.colno)
    except RecursionError:
        return SourceError("a notebook nested too deeply to be read", 1, 1)
    if not isinstance(document, dict):
        return SourceError("a notebook that is no JSON object", 1, 1)
    if "worksheets" in document:
        return SourceError("a notebook of an old format; save it anew with Jupyter", 1, 1)
    cells: list[Cell] = []
    lines: list[str] = []
    if _is_python(document.get("metadata")):
        for number, source, at in _code_cells(raw):
            text = _text(source)
            if text is None:
                return SourceError(f"a notebook whose cell {number} has no source that is text", 1, 1)
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            read = _python(plain)
            cells.append(Cell(number, len(lines) + 1, tuple(plain.split("\n")), _rows(raw, source, at), plain == text))
            lines += [*read, ""]
    return Source(path, "\n".join(lines), bom=bom, cells=tuple(cells), raw=raw)


def trains_nothing(source: Source) -> bool:
    """Whether a notebook holds neither an optimiser, nor a gradient, nor a call that may train for it."""
    return bool(source.cells) and not _TRAINS.search(source.text)


def _is_python(metadata: object) -> bool:
    if not isinstance(metadata, dict):
        return True
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        found = metadata.get(key)
        if isinstance(found, dict) and isinstance(found.get(name), str):
            return "python" in found[name].lower()
    return True


def _python(text: str) -> list[str]:
    """The lines of a cell with what is IPython's replaced, line for line."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if first.lstrip().startswith("%%"):
        if not _PYTHON.match(first):
            return [""] * len(lines)
    elif _parses(text):
        return lines
    if _GAP.search(text):
        return [""] * len(lines)
    found: list[str] = []
    going_on = False
    for line in lines:
        assigned = _ASSIGNED.match(line)
        if going_on:
            new = ""
        elif magic := _MAGIC.match(line):
            # A block may hold nothing else; at the margin, a comment stands between imports without parting them.
            new = f"{magic[1]}pass" if magic[1] else "#"
        else:
            new = f"{assigned[1]}None" if assigned else line
        going_on = (going_on or new != line) and line.endswith("\\")
        found.append(new)
    return found


def _parses(text: str) -> bool:
    try:
        with quiet:
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _text(source: object) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else None


# -- places in the JSON


def _code_cells(raw: str) -> Iterator[tuple[int, object, int]]:
    """The number of each code cell (from 1, among all cells), its source, and where that stands in the text."""
    cells = next((at for key, at, _ in _members(raw, _skip(raw, 0)) if key == "cells"), None)
    if cells is None or raw[cells] != "[":
        return
    for number, (at, _) in enumerate(_items(raw, cells), 1):
        if raw[at] == "{":
            members = {key: where for key, where, _ in _members(raw, at)}
            if "source" in members and "cell_type" in members:
                kind, _ = _DECODER.raw_decode(raw, members["cell_type"])
                if kind == "code":
                    yield number, _DECODER.raw_decode(raw, members["source"])[0], members["source"]


def _members(raw: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The keys of the object at ``at``, each with the start and end of its value."""
    at = _skip(raw, at + 1)
    while raw[at] == '"':
        key, at = _DECODER.raw_decode(raw, at)
        start = _skip(raw, _skip(raw, at) + 1)
        _, end = _DECODER.raw_decode(raw, start)
        yield key, start, end
        at = _skip(raw, end)
        at = _skip(raw, at + 1) if raw[at] == "," else at


def _items(raw: str, at: int) -> Iterator[tuple[int, int]]:
    """The starts and ends of the items of the array at ``at``."""
    at = _skip(raw, at + 1)
    while raw[at] != "]":
        _, end = _DECODER.raw_decode(raw, at)
        yield at, end
        at = _skip(raw, end)
        at = _skip(raw, at + 1) if raw[at] == "," else at


def _skip(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _rows(raw: str, source: object, at: int) -> tuple[int, ...]:
    """The line of the file (from 1) on which each line of a cell stands."""
    first = raw.count("\n", 0, at) + 1
    if not isinstance(source, list):
        return (first,) * (str(source).count("\n") + 1)
    rows, at_start = [first], True
    for start, _ in _items(raw, at):
        row = first + raw.count("\n", at, start)
        text: str = _DECODER.raw_decode(raw, start)[0]
        if at_start:
            rows[-1] = row
        rows += [row] * text.count("\n")
        at_start = text.endswith("\n") if text else at_start
    return tuple(rows)


# -- writing


def splice(source: Source, edits: Iterable[Edit]) -> str:
    """The JSON text of the notebook after edits of its module; everything but the sources of changed cells stays.

    :raises EditError: an edit lies in no cell or in two, or touches a line that is IPython's own.
    """
    from initlint.syntax.edit import EditError, apply_edits

    by_cell: dict[int, list[Edit]] = {}
    lines = source.lines
    for edit in edits:
        span = edit.span
        index = next(
            (i for i, cell in enumerate(source.cells) if cell.holds(span.line) and cell.holds(span.end_line)), -1
        )
        if index < 0:
            raise EditError(f"an edit at line {span.line} lies in no cell of the notebook")
        cell = source.cells[index]
        rows = range(span.line, min(span.end_line, cell.first + len(cell.lines) - 1) + 1)
        if not cell.exact or any(lines[row - 1] != cell.lines[row - cell.first] for row in rows):
            raise EditError(f"an edit in cell {cell.number} touches what is no Python")
        shift = cell.first - 1
        moved = replace(span, line=span.line - shift, end_line=span.end_line - shift)
        by_cell.setdefault(index, []).append(Edit(moved, edit.text))
    places = {number: (value, at) for number, value, at in _code_cells(source.raw)}
    raw = source.raw
    for index, listed in sorted(by_cell.items(), reverse=True):
        cell = source.cells[index]
        # The empty line behind the cell stands for its end, where lines may be added.
        before = Source(source.path, "\n".join([*cell.lines, ""]))
        text = apply_edits(before, listed).decode("utf-8").removesuffix("\n")
        value, at = places[cell.number]
        _, end = _DECODER.raw_decode(raw, at)
        raw = raw[:at] + _written(raw, value, at, end, text) + raw[end:]
    return raw


def _written(raw: str, value: object, at: int, end: int, text: str) -> str:
    """A cell's source as JSON, in the way in which the old one is written."""
    ascii_only = "\\u" in raw[at:end] or ("\\u" in raw and raw.isascii())
    if not isinstance(value, list):
        return json.dumps(text, ensure_ascii=ascii_only)
    spans = list(_items(raw, at))
    kept = {_DECODER.raw_decode(raw, start)[0]: raw[start:stop] for start, stop in spans}
    parts = text.split("\n")
    lines = [f"{part}\n" for part in parts[:-1]] + parts[-1:] * bool(parts[-1])
    written = [kept.get(line) or json.dumps(line, ensure_ascii=ascii_only) for line in lines]
    opening = raw[at + 1 : spans[0][0]] if spans else ""
    closing = raw[spans[-1][1] : end - 1] if spans else ""
    joint = raw[spans[0][1] : spans[1][0]] if len(spans) > 1 else f",{opening or ' '}"
    return f"[{opening}{joint.join(written)}{closing}]"
