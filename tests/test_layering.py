"""Who may import whom: the layers of the design, and what each may take from outside."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "initlint"

# A module imports lower layers only, or siblings of its own package.
LAYERS = {
    "ir": 0,
    "catalog": 1,
    "diagnostics": 1,
    "files": 1,
    "edits": 1,
    "syntax": 2,
    "interpret": 3,
    "signal": 4,
    "rule": 5,
    "checks": 6,
    "plugin": 7,
    "custom": 6,
    "patterns": 7,
    "selection": 7,
    "results": 7,
    "suppress": 8,
    "analysis": 8,
    "config": 8,
    "discover": 8,
    "cache": 8,
    "fingerprint": 8,
    "sources": 8,
    "atomic": 8,
    "engine": 9,
    "pages": 9,
    "rules_index": 9,
    "skeleton": 9,
    "report": 10,
    "fixer": 10,
    "testing": 11,
    "console": 11,
    "probe": 11,
    "command_settings": 12,
    "changes": 2,
    "baseline": 9,
    "since": 12,
    "narrow": 13,
    "add_ignores": 12,
    "watch": 12,
    "check_options": 14,
    "api": 14,
    "help_text": 0,
    "fix_command": 12,
    "output": 12,
    "check_command": 15,
    "init_command": 15,
    "trace_command": 15,
    "probe_command": 14,
    "cli": 16,
    "__main__": 17,
}
# The root only names the version, and where the public names live.
ROOT = "__init__"
# Modules of data alone, which also a lower layer may fill.
DATA = {"initlint.signal.facts"}
OUTSIDE = {
    "libcst": {"syntax"},
    "torch": {"probe"},
    "pytest": {"probe"},
    "click": {
        "cli",
        "check_command",
        "check_options",
        "command_settings",
        "console",
        "help_text",
        "output",
        "probe_command",
        "report",
        "trace_command",
        "watch",
    },
    "rich": {"cli", "report"},
    "jinja2": {"report"},
    "pathspec": {"patterns"},
    "tomli": {"config", "catalog"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "stubs" not in path.parts)


def owner(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            if node.module == "initlint":
                yield from (f"initlint.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_lower_layers_only(path: Path) -> None:
    own = owner(path)
    if own == ROOT:
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "initlint":
            target = parts[1] if len(parts) > 1 else ROOT
            if target == own or target in ("__version__", ROOT) or name in DATA:
                continue
            assert target in LAYERS, f"{name} has no layer"
            assert LAYERS[target] < LAYERS[own], f"{own} must not import {name}"
        elif parts[0] in OUTSIDE:
            assert own in OUTSIDE[parts[0]], f"{own} must not import {name}"
        else:
            assert parts[0] in sys.stdlib_module_names, f"{name} is no dependency"


def test_only_what_reads_newer_syntax_imports_libcst() -> None:
    users = {path.parent.name for path in MODULES if any(name.split(".")[0] == "libcst" for name in imported(path))}
    assert users == {"newer"}


def test_the_table_has_no_holes() -> None:
    assert {owner(path) for path in MODULES} - {ROOT} <= set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 400
