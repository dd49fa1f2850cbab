"""The command line: selection, exit statuses, outputs, paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from initlint import cli, report
from initlint.diagnostics import Severity
from initlint.results import FileResult
from tests.cli.conftest import CLEAN, FAULTY, Fake, Run, finding


@pytest.fixture
def tree(work: Path) -> Path:
    (work / "faulty.py").write_text(FAULTY)
    (work / "clean.py").write_text(CLEAN)
    return work


def codes(output: str) -> list[str]:
    return [line.split(" ")[1] for line in output.splitlines() if ": IL" in line]


def test_a_path_is_a_check(tree: Path, run: Run) -> None:
    short, long = run("faulty.py"), run("check", "faulty.py")
    assert short.stdout == long.stdout
    assert short.exit_code == long.exit_code == 1


def test_options_before_paths_are_a_check(tree: Path, run: Run) -> None:
    assert codes(run("--format", "concise", "faulty.py").stdout) == ["IL601"]


def test_check_without_paths_reads_the_current_folder(tree: Path, run: Run) -> None:
    assert codes(run("check", "--format=concise").stdout) == ["IL601"]


def test_no_arguments_show_the_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_clean_files(tree: Path, run: Run) -> None:
    result = run("clean.py")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "All checks passed (1 file)\n", "")


def test_exit_zero(tree: Path, run: Run) -> None:
    result = run("--exit-zero", "faulty.py")
    assert result.exit_code == 0
    assert "IL601" in result.stdout


def test_exit_zero_does_not_hide_trouble(tree: Path, run: Run) -> None:
    assert run("--exit-zero", "faulty.py", "gone.py").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--select", "IL601"], ["IL601"]),
        (["--select", "IL6"], ["IL601"]),
        (["--select", "il6"], ["IL601"]),
        (["--select", "deprecated-init"], ["IL601"]),
        (["--select", "ALL"], ["IL601"]),
        (["--select", "IL1,IL2"], []),
        (["--select", "IL1, IL601"], ["IL601"]),
        (["--select", "IL1", "--select", "IL6"], ["IL601"]),
        (["--ignore", "IL6"], []),
        (["--ignore", "ALL"], []),
        (["--ignore", "IL6", "--select", "IL601"], ["IL601"]),
        (["--ignore", "IL601", "--select", "IL6"], []),
        (["--ignore", "IL601", "--select", "IL601"], []),
        (["--ignore", "deprecated-init", "--select", "ALL"], []),
    ],
)
def test_selection(tree: Path, run: Run, arguments: list[str], found: list[str]) -> None:
    result = run("--format", "concise", *arguments, ".")
    assert codes(result.stdout) == found
    assert result.exit_code == (1 if found else 0)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_a_usage_error(tree: Path, run: Run, option: str) -> None:
    result = run(option, "xavier-befor-relu", ".")
    assert result.exit_code == 2
    assert option in result.stderr
    assert "did you mean `xavier-before-relu`?" in result.stderr
    assert result.stdout == ""


def test_a_missing_path_is_named_and_loses_no_finding(tree: Path, run: Run) -> None:
    result = run("--format", "concise", "gone.py", "faulty.py")
    assert result.exit_code == 2
    assert "no such file or directory: gone.py" in result.stderr
    assert codes(result.stdout) == ["IL601"]


def test_a_misspelt_command_is_recognised(work: Path, run: Run) -> None:
    result = run("explian", "IL601")
    assert result.exit_code == 2
    assert "did you mean the command `explain`?" in result.stderr


def test_a_file_named_like_a_command(work: Path, run: Run) -> None:
    (work / "rules").mkdir()
    (work / "rules" / "a.py").write_text(FAULTY)
    assert codes(run("./rules", "--format=concise").stdout) == ["IL601"]
    assert codes(run("check", "rules", "--format=concise").stdout) == ["IL601"]


@pytest.mark.parametrize("form", cli.FORMATS)
def test_an_empty_selection_is_no_failure(work: Path, run: Run, form: str) -> None:
    result = run("--format", form, ".")
    assert result.exit_code == 0
    assert result.stderr == "No Python files to check\n"
    assert (result.stdout == "") == (form in {"full", "concise", "jsonl", "github"})
    assert (result.stdout == "[]\n") == (form in {"json", "gitlab"})


def test_the_formats_are_those_that_exist() -> None:
    assert tuple(report.RENDERERS) == cli.FORMATS


def test_output_file(tree: Path, run: Run) -> None:
    expected = run("--format", "json", ".").stdout
    result = run("--format", "json", "--output-file", "report.json", ".")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (tree / "report.json").read_text() == expected


def test_an_output_file_that_cannot_be_written(tree: Path, run: Run) -> None:
    result = run("--output-file", "none/report.txt", ".")
    assert result.exit_code == 2
    assert "none/report.txt: can't be written" in result.stderr


def test_quiet_prints_findings_only(tree: Path, run: Run) -> None:
    result = run("--quiet", "--format", "concise", ".")
    assert len(result.stdout.splitlines()) == 1
    assert run("--quiet", "clean.py").output == ""


def test_statistics(tree: Path, run: Run) -> None:
    (tree / "two.py").write_text(FAULTY)
    result = run("--statistics", ".")
    assert result.stdout == "2  IL601  deprecated-init\nFound 2 warnings in 2 of 3 files; 2 can be fixed with --fix\n"
    assert run("--statistics", "--format", "json", ".").exit_code == 2


def test_stdin(tree: Path, run: Run) -> None:
    result = run("-", "--format", "concise", "--quiet", input=FAULTY)
    assert result.stdout.startswith("<stdin>:5:5: IL601 ")
    result = run("-", "--stdin-filename", "pkg/net.py", input=FAULTY)
    assert result.exit_code == 1
    assert "--> pkg/net.py:5:5" in result.stdout
    assert "5 |     nn.init.xavier_uniform(m.weight)" in result.stdout


def test_stdin_stands_alone(tree: Path, run: Run) -> None:
    assert run("-", "clean.py", input="").exit_code == 2
    assert run("clean.py", "--stdin-filename", "x.py").exit_code == 2


def test_an_empty_notebook_gives_nothing(tree: Path, run: Run) -> None:
    (tree / "a.ipynb").write_text("{}")
    assert run("a.ipynb").exit_code == 0
    assert run("-", "--stdin-filename", "a.ipynb", input="{}").exit_code == 0


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_jobs_must_be_a_positive_number(tree: Path, run: Run, jobs: str) -> None:
    assert run("--jobs", jobs, ".").exit_code == 2


def test_the_number_of_processes_changes_nothing(work: Path, run: Run) -> None:
    for number in range(20):
        (work / f"m{number}.py").write_text(FAULTY if number % 3 else CLEAN)
    assert run("-j1", "--no-cache", ".").stdout == run("-j2", ".").stdout


def test_an_internal_error_names_its_file_and_keeps_the_other_findings(tree: Path, run: Run, fake: Fake) -> None:
    bad = FileResult("clean.py", failure="internal error (KeyError: 'x'; machine.py:3)")
    fake(bad, FileResult("faulty.py", (finding("faulty.py"),)))
    result = run("--format", "concise", ".")
    assert result.exit_code == 2
    assert result.stderr == "Error: clean.py: internal error (KeyError: 'x'; machine.py:3)\n"
    assert codes(result.stdout) == ["IL201"]
    assert "2 files; 1 file could not be analysed" in result.stdout


def test_findings_come_in_the_order_of_their_places(work: Path, run: Run, fake: Fake) -> None:
    (work / "a.py").touch()
    (work / "b.py").touch()
    fake(FileResult("b.py", (finding("b.py", 2), finding("b.py", 1), finding("a.py", 9))))
    lines = run("--quiet", "--format", "concise", "b.py", "a.py").stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["a.py:9:1", "b.py:1:1", "b.py:2:1"]


def test_the_summary_counts_by_severity(work: Path, run: Run, fake: Fake) -> None:
    (work / "net.py").touch()
    several = [finding(line=n, severity=s) for n, s in enumerate([Severity.INFO, Severity.ERROR, Severity.ERROR], 1)]
    fake(FileResult("net.py", tuple(several)))
    assert run(".").stdout.endswith("Found 2 errors, 1 info in 1 of 1 file\n")


def test_rules(run: Run) -> None:
    assert "IL201  xavier-before-relu " in run("rules").stdout
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert {"code", "name", "summary", "default", "url"} == set(listed[0])


def test_dump(work: Path, run: Run) -> None:
    (work / "net.py").write_text(
        "from torch import nn\nclass Net(nn.Module):\n def __init__(self):\n"
        "  super().__init__()\n  self.fc = nn.Linear(3, 4)\n"
    )
    assert "fc.weight" in run("dump", "net.py:Net").stdout
    assert run("dump", "net.py").stdout == run("dump", "net.py:Net").stdout
    missing = run("dump", "net.py:Nothing")
    assert missing.exit_code == 2
    assert "Nothing" in missing.stderr
    assert run("dump", "gone.py").exit_code == 2
