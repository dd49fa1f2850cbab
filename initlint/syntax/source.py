"""A file's bytes as text, with what is needed to write edits back byte for byte."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from initlint.ir.data import dataclass

_BOM = codecs.BOM_UTF8
_NEWLINE = re.compile(r"\r\n|\n|\r")
_NEWLINE_BYTES = re.compile(rb"\r\n|\n|\r")
# PEP 263: a comment on one of the first two lines, the second only behind a blank or comment line.
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#|$)")
_SURROGATE = re.compile("[\ud800-\udfff]")

# What model code cannot do without: torch or nn by name, a base class that may be a module of another file, or one of
# the spellings of an initialiser (``init_weights``, ``_init(``, ``nn.init``, ``normal_(``, ``.apply(``).
_MODELS = re.compile(
    rb"torch|\bnn\b|Module|Parameter|\.apply\(|init_(?!_)|_init(?!_)|\.init\b|[a-z0-9]_\(|\bclass\s+\w+\s*\(\s*[\w.]"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell of a notebook: its number (from 1, among all cells), its first line in the module that the cells make
    together, its lines as they are written, the line of the file on which each of them stands, and whether they are the
    very text of the file."""

    number: int
    first: int
    lines: tuple[str, ...]
    rows: tuple[int, ...]
    exact: bool = True

    def holds(self, line: int) -> bool:
        """Whether a line of the module is of this cell, or the empty one behind it."""
        return self.first <= line <= self.first + len(self.lines)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, or the module that the code cells of a notebook make together.

    ``text`` has only ``\\n`` as line end and no byte order mark. ``newline`` is the file's usual line end,
    ``odd_newlines`` the lines (counted from 0) that end otherwise. ``exact`` says that encoding the text again gives
    the very bytes that were read, which holds for all but a few stateful encodings. Of a notebook, ``raw`` is the text
    of the file.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "\n"
    odd_newlines: tuple[tuple[int, str], ...] = ()
    exact: bool = True
    cells: tuple[Cell, ...] = ()
    raw: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; the last one is empty where the file ends with a newline."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class SourceError:
    """Why bytes are not readable as Python source, and where (both counted from 1)."""

    message: str
    line: int
    column: int


def could_hold_models(data: bytes) -> bool:
    """False only where a file cannot hold model code, by one search over its bytes.

    Generous on purpose: any class with a base class passes, since that base may be a module of another file, and so
    does any mention of torch, ``nn``, ``Module``, ``Parameter``, ``.apply(``, a name ending in or beginning with
    ``init``, or a call in torch's in-place spelling (``normal_(``).
    """
    return _MODELS.search(data) is not None


def read_source(path: str, data: bytes) -> Source | SourceError:
    """Decode the bytes of a file as Python does: byte order mark, PEP 263 cookie, else UTF-8. A notebook
    (``.ipynb``) is read as :func:`initlint.syntax.notebook.read_notebook` does."""
    if path.endswith(".ipynb"):
        from initlint.syntax.notebook import read_notebook

        return read_notebook(path, data)
    bom = data.startswith(_BOM)
    body = data[len(_BOM) :] if bom else data
    zero = body.find(b"\0")
    if zero >= 0:
        return _error("a NUL byte: this is not Python source", body, zero)
    encoding = _declared(body)
    if isinstance(encoding, SourceError):
        return encoding
    if bom and encoding != "utf-8":
        return SourceError(f"the file starts with a UTF-8 byte order mark but declares {encoding}", 1, 1)
    try:
        raw = body.decode(encoding)
    except UnicodeDecodeError as error:
        return _error(f"cannot be decoded as {encoding}: {error.reason}", body, error.start)
    except (LookupError, UnicodeError, ValueError):
        return SourceError(f"cannot be decoded as {encoding}", 1, 1)
    exact = True
    if encoding != "utf-8":
        if not isinstance(raw, str) or "\0" in raw or _SURROGATE.search(raw):
            return SourceError(f"the text decoded as {encoding} is not Python source", 1, 1)
        exact = _encodes_back(raw, encoding, body)
    if "\r" not in raw:
        return Source(path, raw, encoding, bom, exact=exact)
    ends = _NEWLINE.findall(raw)
    newline = max(Counter(ends).items(), key=lambda pair: pair[1])[0]
    odd = tuple((number, end) for number, end in enumerate(ends) if end != newline)
    return Source(path, _NEWLINE.sub("\n", raw), encoding, bom, newline, odd, exact)


def _declared(body: bytes) -> str | SourceError:
    """The encoding of the cookie, under its usual name; UTF-8 without one."""
    start = 0
    for number in (1, 2):
        match = _NEWLINE_BYTES.search(body, start)
        line = body[start : match.start() if match else len(body)]
        cookie = _COOKIE.match(line)
        if cookie:
            return _known(cookie.group(1).decode("ascii", "replace"), number, cookie.start(1) + 1)
        if match is None or not _BLANK.match(line):
            break
        start = match.end()
    return "utf-8"


def _known(name: str, line: int, column: int) -> str | SourceError:
    plain = name.lower().replace("_", "-")
    for usual in ("utf-8", "latin-1", "iso-8859-1"):
        # Editors append their own suffix: utf-8-unix.
        if plain == usual or plain.startswith(f"{usual}-"):
            return usual
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return SourceError(f"the file declares an unknown encoding: {name}", line, column)
    return found


def _encodes_back(raw: str, encoding: str, body: bytes) -> bool:
    try:
        return raw.encode(encoding) == body
    except (UnicodeError, ValueError, LookupError):
        return False


def _error(message: str, body: bytes, offset: int) -> SourceError:
    before = _NEWLINE_BYTES.split(body[:offset])
    return SourceError(message, len(before), len(before[-1].decode("utf-8", "replace")) + 1)
