"""``--since`` in real git repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from initlint.changes import GitError, changes_since
from tests.cli.conftest import Run

HEAD = "from torch import nn\n"
NET = """\
import torch
from torch import nn

from blocks import fill


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(64, 64) for _ in range(12))
        self.head = nn.Linear(64, 10)
        self.apply(fill)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 64)
        self.fc2 = nn.Linear(64, 64)
        nn.init.zeros_(self.fc1.weight)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))
"""
FILL = """\
from torch import nn


def fill(m):
    if isinstance(m, nn.Linear):
        nn.init.{}(m.weight)
        nn.init.zeros_(m.bias)
"""


@pytest.fixture
def repository(work: Path) -> Path:
    """A repository whose first commit holds a faulty class and one that is right."""
    git("init", "-q", "-b", "main")
    (work / "net.py").write_text(NET)
    (work / "blocks.py").write_text(FILL.format("kaiming_normal_"))
    commit()
    return work


def git(*arguments: str) -> str:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment |= identity | {"GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(("git", *arguments), check=True, capture_output=True, text=True, env=environment).stdout


def commit() -> None:
    git("add", "-A")
    git("commit", "-qm", "x")


def found(run: Run, *arguments: str) -> list[str]:
    lines = run("--format", "concise", "-q", *arguments).stdout.splitlines()
    return [f"{line.split(':')[0]} {line.split(' ')[1]}" for line in lines]


def test_nothing_has_changed(repository: Path, run: Run) -> None:
    assert found(run, ".") == ["net.py IL101"]
    result = run("--since", "HEAD", ".")
    assert result.exit_code == 0
    assert result.stderr == "1 finding of code that has not changed since HEAD left out\n"


def test_a_class_that_the_change_touches(repository: Path, run: Run) -> None:
    text = NET.replace("class Other(nn.Module):\n", "class Other(nn.Module):\n    '''Now with a page.'''\n\n")
    (repository / "net.py").write_text(text)
    assert found(run, "--since", "HEAD", ".") == ["net.py IL101"]
    (repository / "net.py").write_text(NET.replace("range(12)", "range(13)"))
    assert found(run, "--since", "HEAD", ".") == []
    (repository / "net.py").write_text(NET.replace("class Net(", "\n\n# Moved down.\n\n\nclass Net("))
    assert found(run, "--since", "HEAD", ".") == []


def test_an_init_function_that_the_change_touches_and_the_class_that_it_affects(repository: Path, run: Run) -> None:
    (repository / "blocks.py").write_text(FILL.format("xavier_normal_"))
    assert found(run, "--since", "HEAD", ".") == ["blocks.py IL201"]
    git("checkout", "-qb", "topic")
    commit()
    assert found(run, "--since", "HEAD", ".") == []
    assert found(run, "--since", "main", ".") == ["blocks.py IL201"]
    git("checkout", "-q", "main")
    (repository / "more.txt").write_text("x")
    commit()
    git("checkout", "-q", "topic")
    assert found(run, "--since", "main", ".") == ["blocks.py IL201"]


def test_what_a_change_brings_about_in_a_file_that_it_does_not_touch(repository: Path, run: Run) -> None:
    (repository / "blocks.py").write_text("def fill(m):\n    pass\n")
    assert found(run, ".") == [*found(run, "--since", "HEAD", "."), "net.py IL101"]
    assert found(run, "--since", "HEAD", ".") == ["net.py IL302"]


def test_untracked_and_deleted_files(repository: Path, run: Run) -> None:
    (repository / "new.py").write_text(HEAD + "nn.init.normal(w)\n")
    (repository / "ignored.py").write_text(HEAD + "nn.init.normal(w)\n")
    (repository / ".gitignore").write_text("ignored.py\n")
    assert found(run, "--since", "HEAD", ".") == ["new.py IL601"]
    (repository / "blocks.py").unlink()
    git("mv", "net.py", "moved.py")
    assert found(run, "--since", "HEAD", ".", "--select", "IL1") == ["moved.py IL101"]


def test_from_a_folder_below_and_with_a_configuration_there(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "pkg").mkdir()
    (repository / "pkg/a.py").write_text(HEAD + "nn.init.normal(w)\n\n\ndef f():\n    nn.init.normal(w)\n")
    (repository / "pkg/initlint.toml").write_text('severity.IL601 = "info"\n')
    commit()
    (repository / "pkg/a.py").write_text(HEAD + "nn.init.normal(w)\n\n\ndef f():\n    return nn.init.normal(w)\n")
    monkeypatch.chdir(repository / "pkg")
    result = run("--since", "HEAD", ".", "--format", "concise", "-q")
    assert [line.split(":")[1] for line in result.stdout.splitlines()] == ["6"] and " info: " in result.stdout


def test_a_file_that_is_no_python_any_more(repository: Path, run: Run) -> None:
    (repository / "net.py").write_text(NET + "x = = 1\n")
    assert found(run, "--since", "HEAD", ".") == ["net.py IL001"]


def test_odd_names(repository: Path, run: Run) -> None:
    for name in ("a b.py", "é.py", '"q".py', "tab\t.py"):
        (repository / name).write_text(HEAD)
    commit()
    for name in ("a b.py", "é.py", '"q".py', "tab\t.py"):
        (repository / name).write_text(HEAD + "nn.init.normal(w)\n")
    (repository / "data.bin").write_bytes(bytes(range(256)))
    assert len(found(run, "--since", "HEAD", ".")) == 4


def test_what_git_cannot_say(
    repository: Path, run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ref in ("nothing", "--help", "HEAD~7"):
        result = run(f"--since={ref}", ".")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"Error: no such commit, branch or tag: {ref}\n"
    monkeypatch.chdir(tmp_path_factory.mktemp("plain"))
    result = run("--since", "HEAD", ".")
    assert result.exit_code == 2 and "not a git repository" in result.stderr
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="git can't be run"):
        changes_since("HEAD")


def test_the_lines_of_a_change(repository: Path) -> None:
    (repository / "a.txt").write_text("".join(f"{n}\n" for n in range(1, 10)))
    commit()
    (repository / "a.txt").write_text("new\n1\n2\n4\n5\nsix\n7\n8\n9\nlast\n")
    assert changes_since("HEAD").lines == {"a.txt": ((1, 1), (3, 4), (6, 6), (10, 10))}


def test_only_what_is_reported_is_fixed(repository: Path, run: Run) -> None:
    old = "def old():\n    nn.init.normal(w)\n"
    new = "\n\n\ndef new():\n    nn.init.normal(w); nn.init.uniform(w)\n"
    (repository / "a.py").write_text(HEAD + old)
    commit()
    (repository / "a.py").write_text(HEAD + old + new)
    assert run("--since", "HEAD", "--fix", ".").exit_code == 0
    assert (repository / "a.py").read_text() == HEAD + old + new.replace("(", "_(").replace("new_(", "new(")
    assert run("--write-baseline", "--fix", ".").exit_code == 2
