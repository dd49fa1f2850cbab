"""The baseline: written, used, pruned, and what can be wrong with it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from initlint.baseline import DEFAULT_NAME
from tests.cli.conftest import FAULTY, Run

HEAD = "from torch import nn\n"
CALL = "nn.init.normal(w)\n"


@pytest.fixture
def project(work: Path, run: Run) -> Path:
    """Two faulty files, known to a baseline that is configured."""
    (work / "a.py").write_text(HEAD + CALL)
    (work / "sub").mkdir()
    (work / "sub/b.py").write_text(FAULTY)
    (work / "initlint.toml").write_text(f'baseline = "{DEFAULT_NAME}"\n')
    result = run("--write-baseline", ".")
    assert result.exit_code == 0 and result.stderr == f"{DEFAULT_NAME}: 2 findings written\n"
    return work


def rows(root: Path) -> list[dict[str, Any]]:
    document = json.loads((root / DEFAULT_NAME).read_text())
    assert document["version"] == 1
    return list(document["findings"])


def found(run: Run, *arguments: str) -> list[str]:
    lines = run("--format", "concise", "-q", *arguments).stdout.splitlines()
    return [":".join(line.split(":")[:2]) for line in lines]


def test_what_it_knows_is_not_reported(project: Path, run: Run) -> None:
    assert run(".").exit_code == 0
    assert found(run, "--no-baseline", ".") == ["a.py:2", "sub/b.py:5"]
    assert [row["path"] for row in rows(project)] == ["a.py", "sub/b.py"]


def test_lines_may_move_and_new_findings_show(project: Path, run: Run) -> None:
    (project / "a.py").write_text("'''A page.'''\n\n\n" + HEAD + "if 1:\n    " + CALL)
    assert run(".").exit_code == 0
    (project / "a.py").write_text(HEAD + CALL + "nn.init.uniform(w)\n")
    assert found(run, ".") == ["a.py:3"]
    (project / "a.py").write_text(HEAD + CALL + CALL)
    assert found(run, ".") == ["a.py:3"]


def test_from_another_folder(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "sub")
    assert run(".", "../a.py").exit_code == 0
    assert run(".", "--baseline", f"../{DEFAULT_NAME}", "--isolated").exit_code == 0
    assert run(".", "--isolated").exit_code == 1


def test_stale_entries_are_reported_and_pruned(project: Path, run: Run) -> None:
    (project / "a.py").write_text(HEAD)
    result = run(".")
    assert result.exit_code == 0
    assert f"{DEFAULT_NAME}: stale: IL601 in a.py\n" in result.stderr
    assert f"{DEFAULT_NAME}: 1 finding no longer there; --prune-baseline takes them out\n" in result.stderr
    for silent in (["sub"], ["--select", "IL1", "."]):  # what was not looked at is not stale
        assert run(*silent, "--prune-baseline").stderr == ""
    assert len(rows(project)) == 2
    result = run("--prune-baseline", ".")
    assert result.stderr == f"{DEFAULT_NAME}: 1 finding taken out\n"
    assert [row["path"] for row in rows(project)] == ["sub/b.py"]
    (project / "sub/b.py").unlink()
    assert "stale: IL601 in sub/b.py" in run("a.py").stderr


def test_a_broken_file_is_reported_and_its_entries_stay(project: Path, run: Run) -> None:
    (project / "a.py").write_text(HEAD + CALL + "x = = 1\n")
    assert found(run, "--prune-baseline", ".") == ["a.py:3"]
    assert len(rows(project)) == 2
    assert found(run, "--write-baseline", ".") == ["a.py:3"]
    assert len(rows(project)) == 2


def test_a_baseline_that_nothing_uses_says_how_to(work: Path, run: Run) -> None:
    (work / "a.py").write_text(HEAD + CALL)
    said = run("--write-baseline", ".").stderr
    hint = f'; `baseline = "{DEFAULT_NAME}"` in the configuration makes later runs use it'
    assert said == f"{DEFAULT_NAME}: 1 finding written{hint}\n"
    (work / "initlint.toml").write_text(f'baseline = "{DEFAULT_NAME}"\n')
    assert run(".").exit_code == 0


def test_writing_again_keeps_reasons_and_what_was_not_looked_at(project: Path, run: Run) -> None:
    written = rows(project)
    written[0]["reason"] = "until torch 1.0"
    (project / DEFAULT_NAME).write_text(json.dumps({"version": 1, "findings": written}))
    (project / "a.py").write_text(HEAD + CALL + "nn.init.uniform(w)\n")
    assert run("--write-baseline", "a.py").stderr == f"{DEFAULT_NAME}: 2 findings written\n"
    assert [(row["path"], row.get("reason")) for row in rows(project)].count(("a.py", "until torch 1.0")) == 1
    assert [row["path"] for row in rows(project)] == ["a.py", "a.py", "sub/b.py"]
    before = (project / DEFAULT_NAME).read_bytes()
    run("--write-baseline", ".")
    assert (project / DEFAULT_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "not a baseline: "),
        ("[" * 100_000, "not a baseline: "),
        ("\udcff", "not a baseline: "),
        ("[]", "not a baseline of version 1"),
        ('{"version": 2, "findings": []}', "not a baseline of version 1"),
        ('{"version": 1}', "`findings` must be a list"),
        ('{"version": 1, "findings": [3]}', "finding 1 must have `fingerprint`, `code` and `path`"),
        (
            '{"version": 1, "findings": [{"fingerprint": "a", "code": "b", "path": "c", "layer": 1}]}',
            "finding 1: its values must be text",
        ),
        (None, "no such baseline; --write-baseline writes it"),
    ],
)
def test_one_that_cannot_be_used(project: Path, run: Run, text: str | None, error: str) -> None:
    path = project / DEFAULT_NAME
    if text is None:
        path.unlink()
    else:
        path.write_bytes(os.fsencode(text))
    result = run(".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert error in result.stderr and DEFAULT_NAME in result.stderr and len(result.stderr.splitlines()) == 1
    assert run("--no-baseline", ".").exit_code == 1
    if text is not None:
        assert run("--write-baseline", ".").exit_code == 2
        assert path.read_bytes() == os.fsencode(text)


def test_a_full_disk_loses_nothing(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (project / DEFAULT_NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("--write-baseline", ".")
    assert result.exit_code == 2 and "can't be written: no space left on device" in result.stderr
    assert (project / DEFAULT_NAME).read_bytes() == before
    assert sorted(path.name for path in project.glob("[!.]*")) == ["a.py", DEFAULT_NAME, "initlint.toml", "sub"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--write-baseline", "--since", "HEAD", "."],
        ["--no-baseline", "--prune-baseline", "."],
        ["--no-baseline", "--baseline", "x.json", "."],
        ["--write-baseline", "-"],
    ],
)
def test_usage(work: Path, run: Run, arguments: list[str]) -> None:
    assert run(*arguments, input="").exit_code == 2


def test_without_a_configuration(work: Path, run: Run) -> None:
    (work / "a.py").write_text(HEAD + CALL)
    assert run("--write-baseline", ".").exit_code == 0
    assert run(".").exit_code == 1
    assert run(".", "--baseline", DEFAULT_NAME).exit_code == 0
