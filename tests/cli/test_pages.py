"""Rule pages and the skeleton of a new rule."""

from __future__ import annotations

import ast
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from initlint import pages
from initlint.checks import RULES
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("key", ["IL201", "il201", "xavier-before-relu", "Xavier-Before-ReLU"])
def test_explain(run: Run, key: str) -> None:
    result = run("explain", key)
    assert result.exit_code == 0
    assert result.stdout == (ROOT / "rules/xavier-before-relu/README.md").read_text(encoding="utf-8")


def test_explain_what_does_not_exist(run: Run) -> None:
    result = run("explain", "xavier-before-rely")
    assert result.exit_code == 2
    assert "did you mean `xavier-before-relu`?" in result.stderr


def test_every_rule_has_a_page() -> None:
    assert [rule.name for rule in RULES if pages.page(rule) is None] == []


def test_an_installation_without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "pages_folder", lambda: None)
    assert pages.page_text(RULES[0]) == "# syntax-error (IL001)\n\na file that is not valid Python\n"


@pytest.fixture
def checkout(work: Path) -> Path:
    shutil.copytree(ROOT / "initlint", work / "initlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", work / "rules")
    return work


def test_new_rule(checkout: Path, run: Run) -> None:
    result = run("new-rule", "dead-gate", "--code", "IL150")
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == [
        "rules/dead-gate/README.md",
        "rules/dead-gate/bad.py",
        "rules/dead-gate/good.py",
        "initlint/checks/dead_gate.py",
        "initlint/checks/__init__.py",
    ]
    for path in result.stdout.split():
        if path.endswith(".py"):
            ast.parse((checkout / path).read_text())
    code = "from initlint.checks import RULES; print([rule.code for rule in RULES])"
    listed = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, timeout=60)
    codes = ast.literal_eval(listed.stdout)
    assert codes == sorted([*(rule.code for rule in RULES), "IL150"])


def test_the_skeleton_is_in_the_style_of_the_house(checkout: Path, run: Run) -> None:
    pytest.importorskip("ruff")
    run("new-rule", "dead-gate", "--code", "IL150")
    shutil.copy(ROOT / "pyproject.toml", checkout)
    files = ["initlint/checks/dead_gate.py", "initlint/checks/__init__.py", "rules/dead-gate"]
    for command in (["check"], ["format", "--check"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", *files], capture_output=True, text=True
        )
        assert result.returncode == 0, result.stdout


def test_the_models_of_the_skeleton_run(checkout: Path, run: Run) -> None:
    torch = pytest.importorskip("torch")
    run("new-rule", "dead-gate", "--code", "IL150")
    for name in ("bad", "good"):
        module = runpy.run_path(str(checkout / f"rules/dead-gate/{name}.py"))
        assert isinstance(module["example"](), torch.Tensor)


@pytest.mark.parametrize(
    ("name", "code", "error"),
    [
        ("Dead_Gate", "IL150", "no name for a rule"),
        ("dead-gate", "IL15", "no code for a rule"),
        ("dead-gate", "IL101", "IL101 is taken by zero_weight_init"),
        ("zero-weight-init", "IL150", "exists already"),
    ],
)
def test_new_rule_refuses(checkout: Path, run: Run, name: str, code: str, error: str) -> None:
    result = run("new-rule", name, "--code", code)
    assert result.exit_code == 2
    assert error in result.stderr
    assert not (checkout / "rules/dead-gate").exists()


def test_new_rule_outside_of_a_checkout(work: Path, run: Run) -> None:
    assert "no checkout" in run("new-rule", "dead-gate", "--code", "IL150").stderr
