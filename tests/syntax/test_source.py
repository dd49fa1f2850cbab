"""Bytes to text, and edits back to bytes."""

from __future__ import annotations

import codecs
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initlint.diagnostics import Edit
from initlint.ir.place import Span
from initlint.syntax.edit import EditError, apply_edits
from initlint.syntax.source import Source, SourceError, could_hold_models, read_source


def read(data: bytes) -> Source:
    source = read_source("a.py", data)
    assert isinstance(source, Source), source
    return source


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit(Span("a.py", line, column, end_line, end_column), text)


ROUND_TRIPS = [
    b"",
    b"x = 1",
    b"x = 1\n",
    b"x = 1\r\ny = 2\r\n",
    b"x = 1\ry = 2\r",
    b"a\r\nb\nc\rd\r\n\r\n",
    codecs.BOM_UTF8 + b"x = 1\r\n",
    codecs.BOM_UTF8 + b"# coding: utf-8\nx = 1\n",
    "# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"),
    "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '€'\n".encode("cp1252"),
    "# coding: utf-8-unix\nx = 'é'\n".encode(),
    "# coding: shift_jis\r\nx = '漢字'\r\n".encode("shift_jis"),
    b"if x:\n\ty = 1\n\x0c\nz = 2\x0b\x1c\n",
    "x = '\u2028\x85'\n".encode(),
]


@pytest.mark.parametrize("data", ROUND_TRIPS)
def test_no_edits_give_the_same_bytes(data: bytes) -> None:
    source = read(data)
    assert "\r" not in source.text
    assert apply_edits(source, []) == data
    assert pickle.loads(pickle.dumps(source)) == source


@given(st.lists(st.sampled_from(["x = 1", "\r", "\n", "\r\n", "é", "\x0c", "\t"])))
def test_any_mix_of_line_ends_round_trips(parts: list[str]) -> None:
    data = "".join(parts).encode()
    assert apply_edits(read(data), []) == data


@given(st.binary())
def test_any_bytes_give_a_source_or_one_error(data: bytes) -> None:
    source = read_source("a.py", data)
    if isinstance(source, SourceError):
        assert "\n" not in source.message and source.line >= 1 and source.column >= 1
    elif source.exact:
        assert apply_edits(source, []) == data


def test_lines_end_only_where_python_ends_them() -> None:
    assert read(b"a\x0cb\x0bc\x1cd\r\ne\rf\n").lines == ["a\x0cb\x0bc\x1cd", "e", "f", ""]
    assert read("a\u2028b\x85c".encode()).lines == ["a\u2028b\x85c"]


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"x = 1\ny = '\0'\n", "NUL", 2, 6),
        (b"x = 1\r\nyy\xff\n", "cannot be decoded as utf-8", 2, 3),
        ("é".encode() + b"\xff", "cannot be decoded as utf-8", 1, 2),
        (b"# coding: klingon\n", "unknown encoding: klingon", 1, 11),
        (b"\n# coding: hex\nab\n", "cannot be decoded as hex", 1, 1),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "byte order mark", 1, 1),
        ("x = 1\n".encode("utf-16"), "NUL", 1, 4),
    ],
)
def test_unreadable_bytes(data: bytes, message: str, line: int, column: int) -> None:
    error = read_source("a.py", data)
    assert isinstance(error, SourceError)
    assert message in error.message
    assert (error.line, error.column) == (line, column)


def test_a_cookie_counts_only_on_the_first_two_lines() -> None:
    assert read(b"\n\n# coding: latin-1\n").encoding == "utf-8"
    assert read(b"x = 1\n# coding: latin-1\n").encoding == "utf-8"
    assert read(b"# a\r# coding: latin-1\r").encoding == "latin-1"


@pytest.mark.parametrize(
    "data",
    [
        b"import torch",
        b"class Block(BaseBlock): pass",
        b"class Block(\n    BaseBlock): pass",
        b"def f(m): m.weight.data.normal_(0, 1)",
        b"def weights_init(m): ...",
        b"from .utils import init_weights",
        b"model.apply(f)",
    ],
)
def test_files_that_could_hold_models(data: bytes) -> None:
    assert could_hold_models(data)


@pytest.mark.parametrize(
    "data", [b"", b"WIDTH = 3", b"class A:\n    def __init__(self): self.x = 1", b"print('hello')"]
)
def test_files_that_cannot_hold_models(data: bytes) -> None:
    assert not could_hold_models(data)


def test_edits_keep_encoding_mark_and_line_ends() -> None:
    source = read(codecs.BOM_UTF8 + b"a = 1\r\n\tb = 2\nc = 3\r\n")
    edits = [edit(3, 5, 3, 6, "30"), edit(2, 6, 2, 7, "20\n\tb2 = 4"), edit(1, 5, 1, 6, "10\na2 = 4")]
    expected = codecs.BOM_UTF8 + b"a = 10\r\na2 = 4\r\n\tb = 20\n\tb2 = 4\nc = 30\r\n"
    assert apply_edits(source, edits) == expected


def test_columns_count_characters() -> None:
    source = read("x = '😀é', 1\n".encode())
    assert apply_edits(source, [edit(1, 11, 1, 12, "2")]) == "x = '😀é', 2\n".encode()


def test_an_edit_may_span_lines_and_insert() -> None:
    source = read(b"f(a,\r\n  b)\r\n")
    assert apply_edits(source, [edit(1, 3, 2, 4, "c"), edit(1, 1, 1, 1, "g = ")]) == b"g = f(c)\r\n"


def test_the_same_edit_twice_counts_once() -> None:
    assert apply_edits(read(b"x\n"), [edit(1, 1, 1, 2, "y")] * 2) == b"y\n"


@pytest.mark.parametrize(
    "edits",
    [
        [edit(1, 1, 1, 4, "a"), edit(1, 3, 1, 5, "b")],
        [edit(1, 1, 1, 1, "a"), edit(1, 1, 1, 1, "b")],
        [edit(1, 1, 1, 9, "a"), edit(1, 3, 1, 4, "b")],
    ],
)
def test_overlapping_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError, match="two edits overlap, on lines 1 and 1"):
        apply_edits(read(b"abcdefgh\n"), edits)


def test_edits_that_cannot_be_written_are_refused() -> None:
    with pytest.raises(EditError, match="cannot be written in the file's encoding"):
        apply_edits(read(b"# coding: latin-1\nx\n"), [edit(2, 1, 2, 2, "'€'")])
    with pytest.raises(EditError, match="outside of the file"):
        apply_edits(read(b"x\n"), [edit(9, 1, 9, 1, "y")])
    with pytest.raises(EditError, match="ends before it starts"):
        apply_edits(read(b"abc\n"), [edit(1, 3, 1, 1, "y")])
