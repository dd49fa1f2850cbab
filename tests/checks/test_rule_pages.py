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
from initlint.diagnostics import Diagnostic
from initlint.rule import Rule
from initlint.rules_index import index_files
from initlint.selection import selected_codes
from initlint.testing import Example, marked

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "rules"
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

MEASURED = [rule for rule in RULES if rule.scope == "measured"]
each_measured_rule = pytest.mark.parametrize("rule", MEASURED, ids=[rule.name for rule in MEASURED])
each_static_rule = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule not in MEASURED], ids=[r.name for r in RULES if r not in MEASURED]
)
each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def example(rule: Rule[Any]) -> Example:
    return Example(rule, FOLDER / rule.name)


def probed(path: Path, rule: Rule[Any]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The measured diagnostics of one example: of the rule beside the default ones, and of the rule alone."""
    pytest.importorskip("torch")
    from initlint.ir.measured import Measurement
    from initlint.probe.judge import judge
    from initlint.probe.predict import predicted
    from initlint.probe.resolve import Options, probe_entry
    from initlint.probe.target import entries

    (entry,) = entries(str(path))
    found = probe_entry(entry, Options(seeds=4, extras=not rule.default))
    assert isinstance(found, Measurement), found
    measured = predicted(found)
    return judge(measured, selected_codes((), ()) | {rule.code}), judge(measured, frozenset({rule.code}))


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
    example(rule).check_page()


@each_static_rule
def test_bad_is_found_exactly_where_it_is_marked(rule: Rule[Any]) -> None:
    example(rule).check_bad()


@each_rule
def test_good_is_clean_under_all_rules(rule: Rule[Any]) -> None:
    example(rule).check_good()


@each_measured_rule
def test_bad_is_measured_where_it_is_marked_and_good_is_healthy(rule: Rule[Any]) -> None:
    bad = FOLDER / rule.name / "bad.py"
    marks = marked(bad)
    assert marks and {name for _, name in marks} == {rule.name}
    together, alone = probed(bad, rule)
    found = [(each.span.line, each.name, _masked(each.message)) for each in together]
    assert [each[:2] for each in found] == marks
    (quoted,) = re.findall(r"```text\n(.+)\n```", (FOLDER / rule.name / "README.md").read_text(encoding="utf-8"))
    assert _masked(quoted) in [message for _, _, message in found]
    assert [each.name for each in alone] == [rule.name] * len(marks)
    assert probed(FOLDER / rule.name / "good.py", rule) == ([], [])


def _masked(message: str) -> str:
    """A message without its numbers, which differ a little from one version of torch to the other."""
    return re.sub(r"[\d.]+(e[+-]?\d+)?", "#", message)


@each_rule
def test_fixed_is_bad_with_the_fix_applied(rule: Rule[Any]) -> None:
    example(rule).check_fixed()


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
