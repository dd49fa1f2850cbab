"""`--show-unknown`, IL005 and the end of a dump: what could not be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.reasons import main
from tests.cli.conftest import FAULTY, Run

PARTLY = """\
from torch import nn
from sizes import read_width


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        width = read_width()
        self.fc = nn.Linear(width, 4)

    def forward(self, x):
        return self.fc(x)


class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 4)

    def forward(self, x):
        return self.fc(x)
"""


@pytest.fixture(autouse=True)
def net(work: Path) -> None:
    (work / "net.py").write_text(PARTLY)


def test_is_off_by_default(run: Run) -> None:
    result = run("net.py")
    assert result.exit_code == 0 and "IL005" not in result.output and "Read" not in result.output


def test_shows_the_line_that_stands_in_the_way_and_the_counts(run: Run) -> None:
    result = run("check", "--show-unknown", "net.py")
    assert result.exit_code == 0
    assert "info[IL005] not-analysed: 2 of 2 parameters not known" in result.output
    assert "width = read_width()" in result.output
    assert "Read 1 of 2 classes fully, 1 partly\n" in result.output


def test_leaves_the_exit_status_alone_but_selection_does_not(run: Run, work: Path) -> None:
    assert run("check", "--select", "IL005", "net.py").exit_code == 1
    assert run("check", "--select", "IL005", "--show-unknown", "net.py").exit_code == 1
    assert run("check", "--show-unknown", "net.py").exit_code == 0
    (work / "faulty.py").write_text(FAULTY)
    assert run("check", "--show-unknown", ".").exit_code == 1


@pytest.mark.parametrize("form", ["concise", "json", "github"])
def test_every_format_says_it(run: Run, form: str) -> None:
    result = run("check", "--show-unknown", "--format", form, "net.py")
    assert "IL005" in result.output and "read_width" in result.output
    if form == "json":
        (found,) = json.loads(result.output)
        assert [(each["line"], each["column"]) for each in found["related"]] == [(8, 17)]


def test_is_the_same_in_two_processes(run: Run, work: Path) -> None:
    for number in range(9):
        (work / f"net{number}.py").write_text(PARTLY)
    once = run("check", "--show-unknown", "--jobs", "1", ".").output
    assert run("check", "--show-unknown", "--jobs", "2", ".").output == once
    assert "Read 10 of 20 classes fully, 10 partly\n" in once


def test_a_suppression_comment_hides_it(run: Run, work: Path) -> None:
    (work / "net.py").write_text(PARTLY.replace("(nn.Module):", "(nn.Module):  # initlint: ignore[IL005]", 1))
    assert "IL005" not in run("check", "--select", "IL005,IL002", "net.py").output


def test_a_dump_ends_with_it(run: Run) -> None:
    output = run("dump", "net.py").output
    assert "  read fully\n" in output
    assert (
        "  read partly: 2 of 2 parameters not known\n    3 × the result of `sizes.read_width`  net.py:8:17\n" in output
    )


def test_figures_of_folders(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(work), "--jobs", "1"]) == 0
    output = capsys.readouterr().out
    assert "| 2 | 1 | 1 | 0 | 50.0 % | 50.0 % |" in output
    assert "      1  the result of `sizes.read_width`\n" in output
