"""What is shipped: the wheel, the README's commands and tables, the examples."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import initlint
from initlint import check_paths, check_source
from initlint.checks import RULES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_wheel(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    assert initlint.__version__ in wheel.name
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"initlint/py.typed", "initlint/rules/README.md", "initlint/cli.py"} <= names
    assert {f"initlint/rules/{rule.name}/README.md" for rule in RULES} <= names
    tables = {path.relative_to(ROOT).as_posix() for path in (ROOT / "initlint").rglob("*.toml")}
    assert tables <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "docs/"))]


def test_the_readme_has_two_commands_for_set_up() -> None:
    commands = re.findall(r"^```sh\n(python3\.11 -m venv \.venv && .*)\n```$", README, re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("initlint examples/ --exit-zero")
    assert "pytest" in commands[1]


def test_the_readme_lists_the_rules() -> None:
    rows = re.findall(r"^\| (IL\d+) \| \[(.*)\]\(rules/(.*)/README\.md\) \| (.*) \|$", README, re.MULTILINE)
    assert rows == [(rule.code, rule.name, rule.name, rule.summary) for rule in RULES]


def test_the_readme_links_to_files_that_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_examples_hold_the_faults_that_they_say() -> None:
    table = (ROOT / "examples/README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\S+):(\d+)` \| (IL\d+) \|", table, re.MULTILINE)
    found = check_paths([ROOT / "examples"], isolated=True)
    relative = [(Path(each.span.path).relative_to(ROOT / "examples").as_posix(), each) for each in found]
    assert [(path, str(each.span.line), each.code) for path, each in relative] == sorted(rows)


@pytest.mark.parametrize("script", [["train.py", "--steps", "2"], ["pretrain.py"]])
def test_the_examples_run(script: list[str]) -> None:
    pytest.importorskip("torch")
    result = subprocess.run([sys.executable, *script], cwd=ROOT / "examples", capture_output=True, timeout=300)
    assert result.returncode == 0, result.stderr


def test_the_public_names() -> None:
    assert all(hasattr(initlint, name) for name in initlint.__all__)
    with pytest.raises(AttributeError):
        initlint.nothing  # noqa: B018
    (found,) = check_source("from torch import nn\nnn.init.xavier_uniform(w)\n", "net.py")
    assert (found.code, found.span.path, found.span.line) == ("IL601", "net.py", 2)
    with pytest.raises(FileNotFoundError):
        check_paths(["gone.py"])
