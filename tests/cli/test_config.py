"""The configuration file."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.config import ConfigError, Settings, load
from tests.cli.conftest import FAULTY, Run


def write(root: Path, text: str) -> None:
    root.mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text(text)


def test_none(work: Path) -> None:
    assert load(["."]) == Settings()


def test_the_nearest_table_counts(work: Path) -> None:
    write(work, '[tool.initlint]\nignore = ["IL1"]')
    write(work / "a", '[tool.initlint]\nselect = ["IL2"]\nexclude = ["gen"]')
    write(work / "a/b", '[project]\nname = "b"')
    assert load(["a/b/net.py"]) == Settings(("IL2",), (), ("gen",), str(work / "a"), "a/pyproject.toml")
    assert load(["a/b", "."]).ignore == ("IL1",)
    assert load(["a/b", "a/c/x.py"]).select == ("IL2",)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[tool.initlint", "not valid TOML"),
        ("[tool.initlint]\nselct = []", "unknown key `selct` in [tool.initlint]; did you mean `select`?"),
        ("[tool.initlint]\nwidth = 1", "unknown key `width` in [tool.initlint]; the keys are"),
        ('[tool.initlint]\nselect = "IL1"', "`select` in [tool.initlint] must be a list of strings"),
        ("[tool.initlint]\nignore = [1]", "`ignore` in [tool.initlint] must be a list of strings"),
        ("tool.initlint = 3", "`tool.initlint` must be a table"),
    ],
)
def test_errors_name_the_file(work: Path, run: Run, text: str, error: str) -> None:
    write(work, text)
    with pytest.raises(ConfigError, match=r"^pyproject\.toml: ") as raised:
        load(["."])
    assert error in str(raised.value)
    result = run(".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: pyproject.toml: ")
    assert len(result.stderr.splitlines()) == 1


def test_bytes_that_are_not_text(work: Path) -> None:
    (work / "pyproject.toml").write_bytes(b"x = '\xff'")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(["."])


def test_a_tool_that_is_no_table_is_another_tools_trouble(work: Path) -> None:
    write(work, "tool = 3")
    assert load(["."]) == Settings()


def test_an_unknown_rule_is_an_error(work: Path, run: Run) -> None:
    write(work, '[tool.initlint]\nselect = ["IL60", "deprecated-int"]')
    result = run(".")
    assert result.exit_code == 2
    assert "pyproject.toml: no rule has the code, prefix or name `deprecated-int`; did you mean" in result.stderr


def test_the_command_line_goes_before_the_file(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY)
    write(work, '[tool.initlint]\nignore = ["IL6"]')
    assert run(".").exit_code == 0
    assert run("--isolated", ".").exit_code == 1
    assert run("--select", "IL6", ".").exit_code == 1
    write(work, '[tool.initlint]\nselect = ["IL6"]')
    assert run(".").exit_code == 1
    assert run("--ignore", "IL6", ".").exit_code == 0
    assert run("--select", "IL1", ".").exit_code == 0


def test_exclude(work: Path, run: Run) -> None:
    (work / "gen").mkdir()
    (work / "gen/net.py").write_text(FAULTY)
    write(work, '[tool.initlint]\nexclude = ["gen/"]')
    assert "No Python files" in run(".").stderr
    assert run("gen/net.py").exit_code == 1


def test_isolated_does_not_even_read(work: Path, run: Run) -> None:
    write(work, "not toml")
    (work / "net.py").touch()
    assert run("--isolated", ".").exit_code == 0


def test_stdin_is_configured_by_its_name(work: Path, run: Run) -> None:
    write(work / "a", '[tool.initlint]\nignore = ["IL6"]')
    assert run("-", "--stdin-filename", "a/net.py", input=FAULTY).exit_code == 0
    assert run("-", "--stdin-filename", "net.py", input=FAULTY).exit_code == 1
