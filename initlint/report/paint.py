"""Colours and hyperlinks, and text made fit for one line of a terminal."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from typing import TextIO

from initlint.diagnostics import Severity
from initlint.ir.data import dataclass

_CODES = {"bold": "1", "red": "1;31", "yellow": "1;33", "cyan": "1;36", "blue": "1;34", "green": "1;32", "dim": "2"}
SEVERITY_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
# Also the two Unicode line separators and the directions' overrides, with which text can show what it isn't.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Painter:
    """Adds colour and hyperlinks to text, or doesn't."""

    colour: bool = False
    links: bool = False

    def paint(self, text: str, style: str) -> str:
        """The text in a style: ``bold``, ``dim``, or the name of a colour."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, url: str | None) -> str:
        """The text as a hyperlink (OSC 8)."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and url else text


def painter_for(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Painter:
    """Colour and links on a terminal only; NO_COLOR takes the colour away, FORCE_COLOR gives it to any stream."""
    terminal = stream.isatty() and environment.get("TERM") != "dumb"
    if environment.get("NO_COLOR"):
        return Painter(False, terminal)
    forced = environment.get("FORCE_COLOR", "") not in ("", "0")
    return Painter(terminal or forced, terminal)


def one_line(text: str) -> str:
    """The text with control characters escaped: a path or a name cannot break a line, nor give orders to a terminal."""
    return _CONTROL.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shown(line: str) -> list[str]:
    """What a terminal shall show for each character of a source line: a tab as four spaces, others of no width as
    marks."""
    return ["    " if c == "\t" else "\N{REPLACEMENT CHARACTER}" if _CONTROL.match(c) else c for c in line]
