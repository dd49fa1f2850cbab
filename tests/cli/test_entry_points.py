"""The real program: imports, streams, signals of the shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, FAULTY

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "initlint"]


def start(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    environment = {name: text for name, text in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"PYTHONPATH": str(ROOT)} | dict(options.pop("env", {}))  # type: ignore[call-overload]
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, env=environment, timeout=120, **options)  # type: ignore[call-overload]


@pytest.mark.parametrize("argument", ["--help", "--version", "-h", "-V"])
def test_answers_at_once(argument: str) -> None:
    code = (
        "import sys; from initlint.cli import app\n"
        f"app.main([{argument!r}], standalone_mode=False)\n"
        "heavy = {'libcst', 'rich', 'torch', 'numpy', 'pathspec', 'initlint.analysis', 'initlint.checks'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60)
    assert result.returncode == 0, result.stderr


def test_a_run_imports_neither_torch_nor_rich(work: Path) -> None:
    (work / "net.py").write_text(FAULTY)
    code = (
        "import sys; from initlint.cli import app\n"
        "app.main(['net.py'], standalone_mode=False)\n"
        "sys.exit(3 if {'rich', 'torch', 'numpy'} & set(sys.modules) else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60)
    assert result.returncode == 0


@pytest.mark.parametrize(("text", "status"), [(FAULTY, 1), (CLEAN, 0)])
def test_exit_statuses(work: Path, text: str, status: int) -> None:
    (work / "net.py").write_text(text)
    assert start("net.py").returncode == status
    assert start("gone.py").returncode == 2
    assert start("--no-such-option").returncode == 2


def test_stdin_is_bytes(work: Path) -> None:
    result = start("-", "--format", "concise", input=FAULTY.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    assert b"<stdin>:5:5: IL601" in result.stdout


def test_a_reader_that_goes_away(work: Path) -> None:
    (work / "net.py").write_text("from torch import nn\n" + "nn.init.xavier_uniform(w)\n" * 2000)
    shell = f"{sys.executable} -m initlint net.py | head -1; exit ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(["bash", "-c", shell], capture_output=True, env=environment, timeout=120)
    assert (result.returncode, result.stderr) == (1, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_knows_few_characters(work: Path, encoding: str) -> None:
    (work / "net.py").write_text("# 層\nfrom torch import nn\nnn.init.xavier_uniform(w, '層')\n", encoding="utf-8")
    result = start("net.py", env={"PYTHONIOENCODING": encoding})
    assert (result.returncode, result.stderr) == (1, b"")
    assert b"3 | nn.init.xavier_uniform(w, '" in result.stdout


def test_colours_only_where_they_are_wanted(work: Path) -> None:
    (work / "net.py").write_text(FAULTY)
    assert b"\x1b" not in start("net.py").stdout
    assert b"\x1b[" in start("net.py", env={"FORCE_COLOR": "1"}).stdout
    assert b"\x1b" not in start("net.py", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert b"\x1b" not in start("net.py", "--format", "json", env={"FORCE_COLOR": "1"}).stdout


def test_on_a_terminal(work: Path) -> None:
    pty = pytest.importorskip("pty")
    (work / "net.py").write_text(FAULTY)
    leader, follower = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    process = subprocess.Popen([*PROGRAM, "net.py"], stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    output = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        output += piece
    os.close(leader)
    assert process.wait() == 1
    assert b"\x1b]8;;file:" in output
    assert b"\x1b[1;33mwarning[" in output


def test_a_fault_of_our_own_is_one_line(work: Path) -> None:
    code = (
        "import initlint.engine, initlint.cli, sys\n"
        "def fail(*_): raise KeyError('lost')\n"
        "initlint.engine.merge = fail\n"
        "sys.argv = ['initlint', 'net.py']\n"
        "initlint.cli.main()"
    )
    (work / "net.py").write_text(FAULTY)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    assert result.returncode == 2
    assert result.stderr.startswith("Error: internal error (KeyError: 'lost'; ")
    assert len(result.stderr.splitlines()) == 1


def test_the_version_is_told_without_the_command_line() -> None:
    code = (
        "import sys; sys.argv[1:] = ['--version']\n"
        "from initlint.__main__ import main\nmain()\n"
        "sys.exit('click' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60)
    assert result.returncode == 0 and result.stdout.startswith(b"initlint ")
