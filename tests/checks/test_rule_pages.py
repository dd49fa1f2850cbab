"""Every rule's folder is its test: bad.py is found where it says so, good.py is clean, both run with torch."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import runpy
import warnings
from pathlib import Path
from typing import Any

import pytest

from initlint import checks
from initlint.checks import RULES
from initlint.diagnostics import Diagnostic, Severity
from initlint.engine import check_files
from initlint.fixer import Outcome, fix
from initlint.rule import Rule
from initlint.rules_index import index_files
from initlint.selection import selected_codes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "rules"
EXPECT = re.compile(r"# expect: ([a-z0-9-]+)")
SECTIONS = [
    "What it does", "Why it matters", "Example", "When it stays silent", "Fix safety", "References",
]  # fmt: skip
# Examples of what cannot run: the fault is that the file is no Python, or that the constructor raises.
NOT_PYTHON = {"syntax-error", "unreadable-file"}
RAISES = {
    "init-needs-2d": ValueError,
    "init-needs-no-grad": RuntimeError,
    "parameter-replaced-by-tensor": TypeError,
    "bad-init-argument": ValueError,
    "init-of-missing-bias": AttributeError,
    "init-order-in-reset": AttributeError,
    "apply-misused": TypeError,
}

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def lint(path: Path, select: tuple[str, ...] = ("ALL",)) -> list[Diagnostic]:
    """The diagnostics of one example, by the rules that ``select`` names."""
    name = path.as_posix()
    report = check_files([name], selected_codes(select, ()))
    assert report.failures == ()
    return [each for each in report.diagnostics if each.span.path == name]


def expected(path: Path) -> list[tuple[int, str]]:
    """The marked lines of an example, each with the rule that it names."""
    lines = path.read_bytes().decode("latin-1").splitlines()
    return [(number, name) for number, line in enumerate(lines, 1) for name in EXPECT.findall(line)]


def test_folders_modules_names_and_codes_agree() -> None:
    folders = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    modules = {
        info.name: importlib.import_module(f"initlint.checks.{info.name}")
        for info in pkgutil.iter_modules(checks.__path__)
    }
    with_rule = {name.replace("_", "-"): module.RULE for name, module in modules.items() if hasattr(module, "RULE")}
    assert folders == sorted(with_rule) == sorted(rule.name for rule in RULES)
    assert all(rule.name == name for name, rule in with_rule.items())
    assert set(map(id, with_rule.values())) == set(map(id, RULES))
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes)) and all(re.fullmatch(r"IL\d{3}", code) for code in codes)


@each_rule
def test_a_rule_is_small_and_reads_no_source(rule: Rule[Any]) -> None:
    path = Path(checks.__path__[0]) / f"{rule.name.replace('-', '_')}.py"
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert not any(name.startswith(("torch", "libcst", "initlint.syntax", "initlint.interpret")) for name in imported)
    assert len(source.splitlines()) <= 110
    assert ast.get_docstring(tree, clean=False) is not None and rule.code in (ast.get_docstring(tree) or "")
    assert isinstance(tree.body[-1], ast.Assign) and ast.unparse(tree.body[-1].targets[0]) == "RULE"


@each_rule
def test_the_page_has_all_sections(rule: Rule[Any]) -> None:
    page = (FOLDER / rule.name / "README.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {rule.name} ({rule.code})\n")
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == SECTIONS


@each_rule
def test_bad_is_found_exactly_where_it_is_marked(rule: Rule[Any]) -> None:
    path = FOLDER / rule.name / "bad.py"
    marks = expected(path)
    assert marks and {name for _, name in marks} == {rule.name}
    found = lint(path)
    assert [(each.span.line, each.name) for each in found if each.name == rule.name] == marks
    beside = [each for each in found if each.name != rule.name and each.severity is not Severity.INFO]
    assert beside == []


@each_rule
def test_bad_is_found_by_the_rule_alone(rule: Rule[Any]) -> None:
    path = FOLDER / rule.name / "bad.py"
    if rule.scope != "suppressions":
        found = lint(path, select=(rule.code,))
        assert [(each.span.line, each.name) for each in found] == expected(path)


@each_rule
def test_good_is_clean_under_all_rules(rule: Rule[Any]) -> None:
    path = FOLDER / rule.name / "good.py"
    assert expected(path) == []
    assert lint(path) == []


def fix_example(rule: Rule[Any], path: Path) -> Outcome:
    """An example with the rule's fixes applied, unsafe ones as well."""
    name, codes = path.as_posix(), selected_codes(("ALL",) if rule.scope == "suppressions" else (rule.code,), ())
    return fix(lambda texts: check_files([name], codes, overlay=texts), {name: path.read_bytes()}, unsafe=True)


@each_rule
def test_fixed_is_bad_with_the_fix_applied(rule: Rule[Any]) -> None:
    path = FOLDER / rule.name / "bad.py"
    fixed = path.with_name("fixed.py")
    offered = any(each.name == rule.name and each.fix is not None for each in lint(path))
    assert fixed.is_file() == offered
    if offered:
        outcome = fix_example(rule, path)
        assert outcome.refused == ()
        assert {each.name for each in outcome.fixed} == {rule.name}
        assert outcome.after[path.as_posix()].decode("utf-8") == fixed.read_text(encoding="utf-8")
        # It parses, is fixed for good, and nothing has come that was not there.
        compile(fixed.read_bytes(), str(fixed), "exec")
        assert fix_example(rule, fixed).after == {}
        left = [each.name for each in lint(fixed)]
        assert rule.name not in left or any(each.fix is None for each in lint(path) if each.name == rule.name)
        assert set(left) <= {each.name for each in lint(path)}


def run_example(path: Path) -> None:
    """Import the example, build its models and run them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        runpy.run_path(str(path))["example"]()


@each_rule
def test_the_examples_run(rule: Rule[Any]) -> None:
    pytest.importorskip("torch")
    folder = FOLDER / rule.name
    run_example(folder / "good.py")
    if (folder / "fixed.py").is_file():
        run_example(folder / "fixed.py")
    error = SyntaxError if rule.name in NOT_PYTHON else RAISES.get(rule.name)
    if error is None:
        run_example(folder / "bad.py")
    else:
        with pytest.raises(error):
            run_example(folder / "bad.py")


def test_the_index_pages_are_up_to_date() -> None:
    for path, text in index_files(ROOT).items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run python -m initlint.rules_index"
