"""Notebooks as nbformat writes them: findings at cell and line, and fixes that change nothing but sources."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initlint import check_paths, check_source, fix_source
from initlint.diagnostics import Edit
from initlint.ir.place import Span
from initlint.syntax.edit import EditError, apply_edits
from initlint.syntax.source import Source, SourceError, read_source
from tests.cli.conftest import FAULTY, Run

nbformat = pytest.importorskip("nbformat")
v4 = nbformat.v4

NET = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 9))
        for layer in self.body:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)  # Glorot ×

    def forward(self, x):
        return self.body(x)"""
CELLS = [
    v4.new_markdown_cell("# A title"),
    v4.new_code_cell(
        "%matplotlib inline\n!pip install torch \\\n    torchvision\nimport torch\nfiles = !ls\nfrom torch import nn"
    ),
    v4.new_code_cell(NET, outputs=[v4.new_output("stream", text="é\n")], execution_count=7, metadata={"tags": ["a"]}),
    v4.new_code_cell("%%bash\nnn.init.xavier_uniform(w)"),
    v4.new_raw_cell("nn.init.xavier_uniform(w)"),
    v4.new_code_cell("%%time\nif True:\n    %time\nnn.init.xavier_uniform(w)\nnn.init?\n"),
]  # fmt: skip


def notebook(*cells: Any, language: str = "python") -> str:
    metadata = {"kernelspec": {"display_name": "K", "name": "k", "language": language}}
    return str(nbformat.writes(v4.new_notebook(cells=deepcopy(list(cells or CELLS)), metadata=metadata))) + "\n"


@pytest.fixture
def train(work: Path) -> Path:
    (work / "train.ipynb").write_text(notebook(), encoding="utf-8")
    return work / "train.ipynb"


def test_findings_stand_at_cell_and_line(train: Path, run: Run) -> None:
    result = run("--format", "concise", "--quiet", ".")
    assert [line.partition(": signal")[0].partition(" warning")[0] for line in result.stdout.splitlines()] == [
        "train.ipynb:cell 3:7:17: IL201 xavier-before-relu info",
        "train.ipynb:cell 6:4:1: IL601 deprecated-init",
    ]
    full = run("train.ipynb").stdout
    assert " --> train.ipynb:cell 3:7:17\n" in full
    assert "7 |                 nn.init.xavier_uniform_(layer.weight)  # Glorot ×\n" in full


@pytest.mark.parametrize("form", ["json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson"])
def test_every_format_names_the_cell_and_a_line_that_is_there(train: Path, run: Run, form: str) -> None:
    text = run("--format", form, "--select", "IL201", "train.ipynb").stdout
    row = next(n for n, line in enumerate(train.read_text().splitlines(), 1) if "xavier_uniform_(layer" in line)
    if form in {"json", "jsonl"}:
        found = json.loads(text)
        found = found[0] if form == "json" else found
        assert (found["cell"], found["line"], found["column"]) == (3, 7, 17)
        assert found["related"][0]["cell"] == 3
        assert found["fix"]["edits"][0]["cell"] == 3
        return
    assert "cell 3" in text
    places = {"github": f",line={row}::", "gitlab": f'"begin": {row},', "sarif": f'"startLine": {row}\n',
              "junit": f' line="{row}"', "rdjson": f'"line": {row}\n'}  # fmt: skip
    assert places[form] in text


def test_fixes_change_nothing_but_the_sources(train: Path, run: Run) -> None:
    before = train.read_bytes()
    assert run("--fix", "--unsafe-fixes", "train.ipynb").exit_code == 0
    after = train.read_bytes()
    expected = before.replace(b"nn.init.xavier_uniform(w)\\n", b"nn.init.xavier_uniform_(w)\\n", 1)
    expected = expected.replace(
        b"nn.init.xavier_uniform_(layer.weight)", b'nn.init.kaiming_normal_(layer.weight, nonlinearity=\\"relu\\")'
    )
    assert after == expected
    nbformat.validate(nbformat.reads(after.decode(), as_version=4))
    assert run("--fix", "--unsafe-fixes", "train.ipynb").exit_code == 0
    assert train.read_bytes() == after


def test_imports_and_lines_are_added_in_their_cells(work: Path, run: Run) -> None:
    first = v4.new_code_cell("%load_ext x\nimport torch\nimport torch.nn.functional as F")
    second = v4.new_code_cell(
        "class Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.bias = torch.nn.Parameter(torch.empty(3))"
    )
    (work / "a.ipynb").write_text(notebook(first, second, v4.new_code_cell("x = 1")))
    run("--fix-only", "--unsafe-fixes", "a.ipynb")
    found = nbformat.read(work / "a.ipynb", as_version=4)
    assert found.cells[0].source == first.source
    assert found.cells[1].source == f"{second.source}\n        torch.nn.init.zeros_(self.bias)"
    assert found.cells[2].source == "x = 1"


def test_standard_input(work: Path, run: Run) -> None:
    text = notebook(v4.new_code_cell(FAULTY))
    result = run("--fix", "-", "--stdin-filename", "a.ipynb", input=text)
    assert result.stdout == text.replace("xavier_uniform", "xavier_uniform_")


def test_suppression_and_syntax_errors(work: Path, run: Run) -> None:
    fault = "nn.init.normal(w)"
    cells = [v4.new_code_cell(f"from torch import nn\n{fault}  # initlint: ignore[IL601] why"), v4.new_code_cell(fault)]
    (work / "a.ipynb").write_text(notebook(*cells))
    assert run("--format", "concise", "-q", ".").stdout.startswith("a.ipynb:cell 2:1:1: IL601 ")
    (work / "a.ipynb").write_text(notebook(*cells, v4.new_code_cell("x = 1\ny = = 2")))
    assert run("--format", "concise", "-q", ".").stdout.startswith("a.ipynb:cell 3:2:5: IL001 ")


def test_the_same_from_python(train: Path) -> None:
    places = [(each.code, each.span.cell, each.span.line) for each in check_paths([train.name])]
    assert places == [("IL201", 3, 7), ("IL601", 6, 4)]
    assert [each.span.cell for each in check_source(train.read_bytes(), "train.ipynb")] == [3, 6]
    assert fix_source(notebook(), "train.ipynb") == notebook().replace(
        "xavier_uniform(w)\\n", "xavier_uniform_(w)\\n", 1
    )


def read(text: str) -> Source:
    source = read_source("a.ipynb", text.encode())
    assert isinstance(source, Source), source
    return source


@pytest.mark.parametrize(
    ("cell", "module"),
    [
        ("%magic\nx = 1", "#\nx = 1\n"),
        ("x = (a\n% b)", "x = (a\n% b)\n"),
        ("for x in y:\n\t!ls {x}\n?help", "for x in y:\n\tpass\n#\n"),
        ("a.b = %who_ls\nx, y = !ls", "a.b = None\nx, y = None\n"),
        ("%%html\n<b>", "\n\n"),
        ("\n%%capture out\nx = 1", "\n#\nx = 1\n"),
        ("nn.Linear??\n'%no'", "#\n'%no'\n"),
        ("s = '''\n%kept\n'''", "s = '''\n%kept\n'''\n"),
        ("", "\n"),
    ],
)
def test_magics(cell: str, module: str) -> None:
    source = read(notebook(v4.new_code_cell(cell)))
    assert source.text == module
    assert source.cells[0].lines == tuple(cell.split("\n"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "a notebook that is not valid JSON: expecting property name"),
        ("[]", "a notebook that is no JSON object"),
        ('{"worksheets": []}', "a notebook of an old format"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "a notebook whose cell 1 has no source that is text"),
        ("[" * 100_000, "a notebook nested too deeply to be read"),
    ],
)
def test_what_is_no_notebook(text: str, message: str) -> None:
    error = read_source("a.ipynb", text.encode())
    assert isinstance(error, SourceError)
    assert error.message.startswith(message)


@pytest.mark.parametrize("text", ["{}", '{"cells": 3}', '{"cells": [3, {}, {"cell_type": "code"}]}', '{"cells":[]}'])
def test_what_has_no_cells(text: str) -> None:
    assert read(text).text == ""


def test_other_languages() -> None:
    assert read(notebook(v4.new_code_cell("x <- 1"), language="R")).text == ""


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ('["a\\n","b"]', '["a\\n","c"]'),
        ('"a\\nb"', '"a\\nc"'),
        ('["\\u00e9\\n", "b"]', '["\\u00e9\\n", "c"]'),
        ('[\r\n "a\\nb"\r\n]', '[\r\n "a\\n",\r\n "c"\r\n]'),
    ],
)
def test_the_way_in_which_it_is_written_stays(text: str, new: str) -> None:
    for bom in (b"", b"\xef\xbb\xbf"):
        before, after = (
            bom + b'{"cells":[{"source": %s,"cell_type":\n"code"}], "x": [1.0]}' % s.encode() for s in (text, new)
        )
        source = read_source("a.ipynb", before)
        assert isinstance(source, Source)
        assert apply_edits(source, [Edit(Span("a.ipynb", 2, 1, 2, 2), "c")]) == after


@pytest.mark.parametrize("place", [(1, 1, 1, 2), (4, 1, 6, 1), (9, 1, 9, 1)])
def test_edits_that_belong_in_no_cell(place: tuple[int, int, int, int]) -> None:
    source = read(notebook(v4.new_code_cell("%magic\nx = 1\ny = 2"), v4.new_code_cell("z = 3\nz")))
    with pytest.raises(EditError):
        apply_edits(source, [Edit(Span("a.ipynb", *place), "c")])


pieces = st.lists(st.sampled_from(["x = 1", "é", "\n", "\\", '"', "\x0c", "%m", "\t", "'''"])).map("".join)


@settings(deadline=None)
@given(st.lists(pieces, max_size=4), st.integers(0, 20), st.booleans())
def test_any_cells_round_trip(sources: list[str], line: int, ascii_only: bool) -> None:
    document = {
        "cells": [{"cell_type": "code", "source": text.splitlines(True), "outputs": [1.50]} for text in sources],
        "metadata": {"é": "  "},
    }
    text = json.dumps(document, indent=1, ensure_ascii=ascii_only)
    source = read(text)
    assert apply_edits(source, []).decode() == text
    for cell in source.cells:
        assert len(cell.rows) == len(cell.lines)
    # What is added at the end of a cell is in that cell, and nothing else changes.
    cell = next((each for each in source.cells if each.holds(line)), None)
    if cell is not None and cell.exact:
        at = cell.first + len(cell.lines)
        new = json.loads(apply_edits(source, [Edit(Span("a.ipynb", at, 1, at, 1), "new = 1\n")]))
        changed = new["cells"][cell.number - 1]
        assert "".join(changed["source"]) == sources[cell.number - 1] + "\nnew = 1"
        changed["source"] = document["cells"][cell.number - 1]["source"]
        assert new == document
