"""``--fix`` and its kin, through the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from initlint.atomic import ChangedMeanwhile, replace_file
from tests.cli.conftest import CLEAN, FAULTY, Run

FIXED = FAULTY.replace("xavier_uniform", "xavier_uniform_")
XAVIER = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 9))
        for layer in self.body:
            if isinstance(layer, nn.Linear):
                layer.weight.data.normal_(0, (2 / (64 + 64)) ** 0.5)
                nn.init.xavier_uniform_(layer.weight)  # Glorot

    def forward(self, x):
        return self.body(x)
"""
KAIMING = XAVIER.replace("xavier_uniform_(layer.weight)", 'kaiming_normal_(layer.weight, nonlinearity="relu")')


def test_fix_writes_and_reports_what_is_left(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY)
    (work / "broken.py").write_text("x = = 1\n")
    result = run("--fix", "--format", "concise", ".")
    assert (work / "net.py").read_text() == FIXED
    assert result.exit_code == 1
    assert result.stdout.startswith("broken.py:1:5: IL001 syntax-error error")
    assert "Fixed 1 finding\n" in result.stderr
    (work / "broken.py").unlink()
    result = run("--fix", ".")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "All checks passed (1 file)\n", "")


def test_what_has_nothing_to_fix_is_not_written(work: Path, run: Run) -> None:
    (work / "net.py").write_text(CLEAN)
    os.utime(work / "net.py", (1, 1))
    assert run("--fix", ".").exit_code == 0
    assert (work / "net.py").stat().st_mtime == 1


def test_unsafe_fixes_are_asked_for(work: Path, run: Run) -> None:
    (work / "net.py").write_text(XAVIER)
    result = run("--fix", "--select", "IL201", "net.py")
    assert (work / "net.py").read_text() == XAVIER
    assert result.exit_code == 1
    assert result.stdout.endswith("in 1 of 1 file; 1 can be fixed with --fix --unsafe-fixes\n")
    result = run("--fix", "--unsafe-fixes", "--select", "IL201", "net.py")
    assert (work / "net.py").read_text() == KAIMING
    assert result.exit_code == 0


def test_the_report_says_what_can_be_fixed(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY + XAVIER)
    result = run("--select", "IL2,IL6", "net.py")
    assert result.stdout.endswith("; 1 can be fixed with --fix, 1 more with --unsafe-fixes\n")
    assert "  = fix: use `nn.init.xavier_uniform_`, the same function (safe)\n" in result.stdout


def test_diff_changes_nothing_and_is_a_patch(work: Path, run: Run) -> None:
    data = b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").rstrip().encode() + "# é".encode()
    (work / "sub").mkdir()
    (work / "sub" / "net.py").write_bytes(data)
    result = run("--diff", ".")
    assert (result.exit_code, (work / "sub" / "net.py").read_bytes()) == (1, data)
    assert result.stderr == "Would fix 1 finding\n"
    assert result.stdout_bytes.startswith(b"--- a/sub/net.py\n+++ b/sub/net.py\n@@ ")
    git = shutil.which("git")
    if git is None:
        pytest.skip("needs git")
    (work / "a.patch").write_bytes(result.stdout_bytes)
    subprocess.run([git, "apply", "a.patch"], check=True)
    assert (work / "sub" / "net.py").read_bytes() == data.replace(b"xavier_uniform", b"xavier_uniform_")
    result = run("--diff", ".")
    assert (result.exit_code, result.stdout) == (0, "")


def test_fix_only_reports_nothing(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY + XAVIER)
    result = run("--fix-only", ".")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Fixed 1 finding\n")
    assert (work / "net.py").read_text() == FIXED + XAVIER


def test_stdin_is_fixed_to_stdout(work: Path, run: Run) -> None:
    result = run("--fix", "-", input=FAULTY)
    assert (result.exit_code, result.stdout) == (0, FIXED)
    assert "All checks passed" in result.stderr
    result = run("--fix", "--quiet", "--format", "concise", "-", input=FAULTY + "x = = 1\n")
    assert (result.exit_code, result.stdout) == (1, FAULTY + "x = = 1\n")
    assert "IL001" in result.stderr
    assert run("--diff", "-", "--stdin-filename", "net.py", input=FAULTY).stdout.startswith("--- a/net.py\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unsafe-fixes",),
        ("--diff", "--statistics"),
        ("--fix-only", "--output-file", "x"),
        ("--diff", "--show-unknown"),
    ],
)
def test_options_that_would_do_nothing(work: Path, run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, ".").exit_code == 2


def test_a_suppressed_finding_is_not_fixed(work: Path, run: Run) -> None:
    text = FAULTY.replace("weight)", "weight)  # initlint: ignore[IL601]")
    (work / "net.py").write_text(text)
    assert run("--fix", ".").exit_code == 0
    assert (work / "net.py").read_text() == text


def test_what_changed_meanwhile_is_left_as_it_is(work: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (work / "net.py").write_text(FAULTY)
    (work / "other.py").write_text(FAULTY)
    import initlint.check_command

    real = initlint.check_command.deliver

    def late(*arguments: object) -> object:
        (work / "net.py").write_text("edited = True\n")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("initlint.check_command.deliver", late)
    result = run("--fix", ".")
    assert result.exit_code == 2
    assert "Error: net.py: not fixed: it changed while it was being checked" in result.stderr
    assert (work / "net.py").read_text() == "edited = True\n"
    assert (work / "other.py").read_text() == FIXED


def test_a_file_that_cannot_be_written(work: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (work / "net.py").write_text(FAULTY)
    monkeypatch.setattr("os.access", lambda *_: False)  # what the tests' user may do is not known
    result = run("--fix", ".")
    assert result.exit_code == 2
    assert "Error: net.py: not fixed: it is read-only" in result.stderr
    assert (work / "net.py").read_text() == FAULTY


def test_many_files_in_several_processes(work: Path, run: Run) -> None:
    for number in range(12):
        (work / f"net{number}.py").write_text(FAULTY)
    assert run("--fix", "-j", "2", ".").exit_code == 0
    assert {path.read_text() for path in work.glob("*.py")} == {FIXED}


# -- replacing a file


def test_a_file_is_replaced_with_its_permissions_and_through_links(work: Path) -> None:
    (work / "real").write_bytes(b"old")
    (work / "real").chmod(0o751)
    (work / "link").symlink_to("real")
    replace_file("link", b"new", b"old")
    assert (work / "link").is_symlink()
    assert (work / "real").read_bytes() == b"new"
    assert (work / "real").stat().st_mode & 0o777 == 0o751
    replace_file("fresh", b"new")
    (work / "usual").write_bytes(b"")
    assert (work / "fresh").stat().st_mode == (work / "usual").stat().st_mode


@pytest.mark.parametrize("fails", ["os.fsync", "os.replace"])
def test_nothing_is_lost_where_writing_fails(work: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    (work / "file").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fails, full)
    with pytest.raises(OSError, match="No space left"):
        replace_file("file", b"new")
    assert [path.name for path in work.iterdir()] == ["file"]
    assert (work / "file").read_bytes() == b"old"


def test_a_file_that_changed_is_not_replaced(work: Path) -> None:
    (work / "file").write_bytes(b"newer")
    with pytest.raises(ChangedMeanwhile):
        replace_file("file", b"new", b"old")
    with pytest.raises(ChangedMeanwhile):
        replace_file("gone", b"new", b"old")
    assert [(path.name, path.read_bytes()) for path in work.iterdir()] == [("file", b"newer")]
