"""The GitHub action, shell completion, watching, and the help pages."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Timer

import click
import pytest

from initlint.cli import app
from initlint.help_text import SECTIONS
from tests.cli.conftest import CLEAN, FAULTY, Run

ROOT = Path(__file__).resolve().parents[2]


def action_step(work: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step of the action, as a runner would run it, with this interpreter and this checkout."""
    yaml = pytest.importorskip("yaml")
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert action["runs"]["using"] == "composite"
    values = {name: given["default"] for name, given in action["inputs"].items()} | inputs
    step = action["runs"]["steps"][-1]
    known = {f"inputs.{name}": text for name, text in values.items()}
    known |= {"steps.python.outputs.python-path": sys.executable, "runner.temp": str(work / "none")}
    variables = {
        name: re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: known[match[1]], text)
        for name, text in step["env"].items()
    }
    assert "${{" not in step["run"], "an input in a script is a way in"
    variables["TARGET"] = str(ROOT)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=work, capture_output=True, text=True, env=os.environ | variables, timeout=120)


def test_the_action(work: Path) -> None:
    (work / "src").mkdir()
    (work / "src/net.py").write_text(FAULTY)
    (work / "ok.py").write_text(CLEAN)
    result = action_step(work)
    assert result.returncode == 1 and result.stdout.startswith("::warning title=IL601 deprecated-init,file=src/net.py,")
    assert action_step(work, paths="ok.py", args="-q").returncode == 0
    assert action_step(work, paths="src ok.py", args="--fail-on error --select IL6").returncode == 0
    hostile = action_step(work, paths="ok.py; touch a", args="$(touch b)", since="x; touch c")
    assert hostile.returncode == 2 and sorted(path.name for path in work.glob("[!.]*")) == ["ok.py", "src"]


def test_the_action_reports_a_change_only(work: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    (work / "net.py").write_text(FAULTY)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    assert action_step(work, since="HEAD").returncode == 0
    (work / "new.py").write_text(FAULTY)
    assert action_step(work, since="HEAD").stdout.count("::warning") == 1


@pytest.mark.parametrize("hook", ["initlint", "initlint-fix", "initlint-probe"])
def test_the_page_names_what_there_is(hook: str) -> None:
    page = (ROOT / "docs/integrations.md").read_text(encoding="utf-8")
    assert f"id: {hook}\n" in page
    assert f"- id: {hook}\n" in (ROOT / ".pre-commit-hooks.yaml").read_text()


def complete(words: str) -> list[str]:
    """What bash would offer for the last word."""
    environment = os.environ | {
        "_INITLINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "PYTHONPATH": str(ROOT),
    }
    code = "from initlint.cli import app; app(prog_name='initlint')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    return [line.partition(",")[2] for line in result.stdout.splitlines()]


def test_completion() -> None:
    assert complete("initlint tr") == ["trace", "tr"]  # the latter asks the shell for paths
    assert complete("initlint src --fix-o") == ["--fix-only"]
    assert complete("initlint check --select IL1,deprec") == ["IL1,deprecated-init"]
    assert complete("initlint explain IL60")[:2] == ["IL601", "IL602"]
    script = subprocess.run(
        [sys.executable, "-m", "initlint"],
        capture_output=True,
        text=True,
        env=os.environ | {"_INITLINT_COMPLETE": "zsh_source", "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert script.stdout.startswith("#compdef initlint")


def test_every_option_of_check_stands_in_a_section() -> None:
    command = app.commands["check"]
    names = [param.name for param in command.params if isinstance(param, click.Option)]
    listed = [name for section in SECTIONS.values() for name in section]
    assert sorted(names) == sorted(listed)
    assert all(param.help for param in command.params if isinstance(param, click.Option))


def test_the_help_reads_as_a_manual(run: Run) -> None:
    text = run("check", "--help").stdout
    for heading in (*SECTIONS, "Examples", "Exit status", "Files and environment"):
        assert f"\n{heading}:\n" in text
    assert "--help" in text
    for line in re.findall(r"^  initlint (.*?)   ?\S", text, re.M):
        arguments = [each for each in line.split() if each.startswith("--")]
        assert all(f"  {each}" in text for each in arguments), line


def test_watch(work: Path) -> None:
    def put(name: str, text: str) -> None:  # whole, so that it isn't seen half written
        (work / "new.tmp").write_text(text)
        os.replace(work / "new.tmp", work / name)

    put("net.py", CLEAN)
    put("initlint.toml", "")
    command = [sys.executable, "-m", "initlint", "--watch", "--format", "concise", "."]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    ) as process:
        late = Timer(120, process.kill)  # what it waits for never came
        late.start()

        def until(text: str) -> str:
            seen = ""
            for line in process.stdout or ():
                seen += line
                if text in line:
                    break
            return seen

        try:
            assert "All checks passed" in until("Watching")
            put("new.py", FAULTY)
            assert "new.py:5:5: IL601" in until("Watching")
            put("initlint.toml", "selct = []\n")
            assert "did you mean `select`?" in until("did you mean")
            put("initlint.toml", 'ignore = ["IL6"]\n')
            assert "All checks passed" in until("All checks passed (2 files)")
            time.sleep(0.2)
            process.send_signal(2)
            assert process.wait(timeout=30) == 130
        finally:
            process.kill()
            late.cancel()


@pytest.mark.parametrize("arguments", [["-"], ["--show-files", "."]])
def test_what_cannot_be_watched(work: Path, run: Run, arguments: list[str]) -> None:
    assert run("--watch", *arguments, input="").exit_code == 2
