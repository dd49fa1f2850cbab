"""The hook, run by pre-commit in a repository of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CLEAN, FAULTY

yaml = pytest.importorskip("yaml")
pytest.importorskip("pre_commit")

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment |= identity | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PRE_COMMIT_HOME": str(folder.parent / "home"),
        "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(folder.parent / "bin"), os.environ["PATH"]]),
    }
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, env=environment, timeout=120)


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command(folder, sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that uses the hook as the manifest has it, but for the installation, which needs a network."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "initlint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m initlint "$@"\n')
    program.chmod(0o755)
    folder = tmp_path / "repository"
    folder.mkdir()
    use(folder, "initlint")
    assert command(folder, "git", "init", "-q").returncode == 0
    return folder


def use(folder: Path, name: str) -> None:
    """Configure one hook of the manifest."""
    (hook,) = [hook for hook in yaml.safe_load(MANIFEST.read_text()) if hook["id"] == name]
    assert hook["language"] == "python"
    hook["language"] = "system"
    for key in ("minimum_pre_commit_version", "additional_dependencies"):
        hook.pop(key, None)
    config: dict[str, Any] = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))


def add(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert command(folder, "git", "add", "-A").returncode == 0


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    result = pre_commit(tmp_path / "x", "validate-manifest", str(MANIFEST))
    assert result.returncode == 0, result.stdout


def test_findings_stop_a_commit(repository: Path) -> None:
    add(repository, net__py=FAULTY, stub__pyi=FAULTY, ok__py=CLEAN)
    result = pre_commit(repository, "run")
    assert result.returncode == 1
    assert "net.py:5:5" in result.stdout
    assert "stub.pyi:5:5" in result.stdout
    assert "in 2 of 3 files" in result.stdout


def test_clean_files_pass(repository: Path) -> None:
    add(repository, net__py=CLEAN, a__ipynb='{"cells": []}')
    result = pre_commit(repository, "run")
    assert result.returncode == 0, result.stdout
    assert "Passed" in result.stdout


def test_a_commit_of_notebooks_alone(repository: Path) -> None:
    add(repository, a__ipynb='{"cells": []}')
    result = pre_commit(repository, "run")
    assert result.returncode == 0, result.stdout


def test_a_commit_without_python(repository: Path) -> None:
    add(repository, a__txt="")
    result = pre_commit(repository, "run")
    assert result.returncode == 0
    assert "Skipped" in result.stdout


def test_a_script_with_the_name_of_a_command(repository: Path) -> None:
    add(repository, rules="#!/usr/bin/env python3\n" + FAULTY)
    (repository / "rules").chmod(0o755)
    result = pre_commit(repository, "run", "--all-files")
    assert result.returncode == 1
    assert "rules:6:5" in result.stdout


def test_on_commit(repository: Path) -> None:
    assert pre_commit(repository, "install").returncode == 0
    add(repository, net__py=FAULTY)
    assert command(repository, "git", "commit", "-qm", "x").returncode == 1
    add(repository, net__py=CLEAN)
    assert command(repository, "git", "commit", "-qm", "x").returncode == 0


def test_the_hook_that_fixes(repository: Path) -> None:
    use(repository, "initlint-fix")
    add(repository, net__py=FAULTY)
    result = pre_commit(repository, "run")
    assert result.returncode == 1 and "files were modified by this hook" in result.stdout
    assert "xavier_uniform_(" in (repository / "net.py").read_text()
    add(repository)
    assert pre_commit(repository, "run").returncode == 0


def test_excluded_files_stay_out(repository: Path) -> None:
    add(repository, net__py=FAULTY, initlint__toml='exclude = ["net.py"]')
    assert pre_commit(repository, "run").returncode == 0


SATURATED = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(64, 64) for _ in range(12))
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=0.001)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
"""


def test_the_hook_that_measures(repository: Path) -> None:
    pytest.importorskip("torch")
    use(repository, "initlint-probe")
    add(repository, plain__py="x = 1\n")
    stage = ("run", "--hook-stage", "manual", "--all-files")
    assert pre_commit(repository, *stage).returncode == 0
    add(repository, net__py=SATURATED)
    result = pre_commit(repository, *stage)
    assert result.returncode == 1 and "net.py:" in result.stdout, result.stdout
