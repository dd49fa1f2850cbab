"""The formats, on findings made by hand."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from initlint.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity
from initlint.engine import Report
from initlint.ir.place import Span
from initlint.report import RENDERERS
from initlint.report.paint import Painter, painter_for
from initlint.sources import Sources
from tests.cli.conftest import finding

PLAIN = Painter()
SOURCE = b"first = 1\nsecond = make(2)\nthird = 3\n\n\nsixth = 6\n"


def render(form: str, *diagnostics: Diagnostic, painter: Painter = PLAIN, **overlay: bytes) -> str:
    files = {f"{name}.py": data for name, data in overlay.items()} or {"net.py": SOURCE}
    return RENDERERS[form](Report(diagnostics, len(files)), Sources(files), painter)


RICH = finding(
    line=2,
    column=10,
    span=Span("net.py", 2, 10, 2, 17),
    related=((Span("net.py", 6, 1, 6, 6), "wiped here"), (Span("other.py", 1, 1, 1, 5), "applied here")),
    fix=Fix("use `other`", Applicability.SAFE, (Edit(Span("net.py", 2, 10, 2, 14), "other"),)),
    class_name="Net",
    layer="fc1",
)


def test_full() -> None:
    assert render("full", RICH, net=SOURCE, other=b"init()\n") == (
        "warning[IL201] xavier-before-relu: variance halves\n"
        " --> net.py:2:10\n"
        "  |\n"
        "2 | second = make(2)\n"
        "  |          ^^^^^^^\n"
        " ...\n"
        "6 | sixth = 6\n"
        "  | ----- wiped here\n"
        "  |\n"
        " ::: other.py:1:1\n"
        "  |\n"
        "1 | init()\n"
        "  | ---- applied here\n"
        "  |\n"
        "  = in: class `Net`, layer `fc1`\n"
        "  = fix: use `other` (safe)\n"
        "  = help: `initlint explain xavier-before-relu`\n"
        "\n"
    )


def test_full_without_the_source() -> None:
    text = render("full", finding("gone.py", 3))
    assert " --> gone.py:3:1\n  = help" in text


@pytest.mark.parametrize(
    ("line", "column", "shown", "marks"),
    [
        ("\tx = f()", 6, "    x = f()", "        ^^^"),
        ("x = «é» + f()", 11, "x = «é» + f()", "          ^^^"),
        ("層 = 重 + fgh", 9, "層 = 重 + fgh", "          ^^^"),
        ("e\u0301 = f()", 6, "e\u0301 = f()", "    ^^^"),
        ("x = '\x1b[31m' + f", 15, "x = '\ufffd[31m' + f", "              ^"),
    ],
)
def test_carets_stand_under_what_they_mark(line: str, column: int, shown: str, marks: str) -> None:
    lines = render("full", finding(column=column), net=line.encode()).splitlines()
    assert lines[3] == f"1 | {shown}"
    assert lines[4].removeprefix("  | ") == marks


def test_long_lines_are_cut_around_the_place() -> None:
    data = b"x = [" + b"1, " * 100_000 + b"bad]"
    lines = render("full", finding(column=300_006), net=data).splitlines()
    assert len(lines[3]) < 200
    assert lines[3].endswith("bad]")
    start = lines[4].index("^^^")
    assert lines[3][start : start + 3] == "bad"


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    text = render("full", finding(span=Span("net.py", 2, 10, 3, 2)))
    assert "  |          ^^^^^^^\n" in text


def test_concise() -> None:
    assert render("concise", RICH) == "net.py:2:10: IL201 xavier-before-relu warning: variance halves\n"


def test_concise_stays_on_one_line() -> None:
    text = render("concise", finding("a\nb.py", message="one\r\ntwo\x1b[0m"))
    assert text == "a\\nb.py:1:1: IL201 xavier-before-relu warning: one\\r\\ntwo\\x1b[0m\n"


def test_json() -> None:
    (first,) = json.loads(render("json", RICH))
    assert list(first) == [
        "code", "name", "severity", "confidence", "message", "path", "cell", "line", "column", "end_line", "end_column",
        "related", "fix", "url", "class", "layer", "fingerprint",
    ]  # fmt: skip
    assert first["related"][0] == {
        "label": "wiped here", "path": "net.py", "cell": None, "line": 6, "column": 1, "end_line": 6, "end_column": 6
    }  # fmt: skip
    assert first["fix"]["applicability"] == "safe"
    assert first["fix"]["edits"][0]["text"] == "other"
    assert (first["class"], first["layer"], first["column"], first["end_column"]) == ("Net", "fc1", 10, 17)
    assert first["url"].endswith("/rules/xavier-before-relu/README.md")


def test_json_of_little() -> None:
    assert json.loads(render("json")) == []
    (first,) = json.loads(render("json", finding()))
    assert (first["fix"], first["related"], first["class"], first["layer"]) == (None, [], None, None)


def test_json_survives_odd_names() -> None:
    text = render("json", finding("caf\udce9.py", message="×"))
    assert text.isascii()
    assert json.loads(text)[0]["path"] == "caf\udce9.py"


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "notice")])
def test_github(severity: str, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    text = render("github", finding("a,b:c.py", 2, 4, severity=Severity(severity), message="50 %\nof it"))
    place = "file=a%2Cb%3Ac.py,line=2,col=4,endLine=2,endColumn=7"
    start = f"::{level} title=IL201 xavier-before-relu,{place}::"
    assert text == f"{start}a,b:c.py:2:4: IL201 50 %25%0Aof it\n"


def test_github_paths_start_at_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=sub/net.py," in render("github", finding())


def test_github_gives_no_columns_over_several_lines() -> None:
    text = render("github", finding(span=Span("net.py", 1, 5, 3, 2)))
    assert "line=1,endLine=3::" in text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "painter"),
    [
        (io.StringIO(), {}, Painter(False, False)),
        (Terminal(), {}, Painter(True, True)),
        (Terminal(), {"NO_COLOR": "1"}, Painter(False, True)),
        (Terminal(), {"NO_COLOR": ""}, Painter(True, True)),
        (Terminal(), {"TERM": "dumb"}, Painter(False, False)),
        (io.StringIO(), {"FORCE_COLOR": "1"}, Painter(True, False)),
        (io.StringIO(), {"FORCE_COLOR": "0"}, Painter(False, False)),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, Painter(False, False)),
    ],
)
def test_colour_and_links(stream: io.StringIO, environment: dict[str, str], painter: Painter) -> None:
    assert painter_for(stream, environment) == painter


@pytest.mark.parametrize("form", ["full", "concise"])
def test_colour_changes_no_text(form: str) -> None:
    import re

    text = render(form, RICH, painter=Painter(True, True))
    assert "\x1b[1;33m" in text
    assert ("\x1b]8;;file:" in text) == (form == "full")
    assert re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", text) == render(form, RICH)
