"""Rules of a project and of installed packages: used as any other, and harmless when they fail."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import initlint.plugin
from initlint import check_paths, custom
from initlint.config import rule_set
from initlint.custom import guard
from initlint.testing import examples
from tests.cli.conftest import FAULTY, Run

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "custom_rules"
PAGE = ROOT / "docs" / "custom-rules.md"
HEAD = "from initlint.plugin import *\n"
NET = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        return self.fc2(self.fc1(x).relu())
"""


@pytest.fixture(autouse=True)
def forget() -> object:
    """Rules of one test are none of another's."""
    yield
    custom._of_file.cache_clear()
    custom._of_packages.cache_clear()
    rule_set.cache_clear()


@pytest.fixture
def project(work: Path) -> Path:
    """The example's rule, on a model with one finding of it, beside a file with another fault."""
    shutil.copytree(EXAMPLE, work, dirs_exist_ok=True)
    (work / "test_our_rules.py").unlink()
    (work / "net.py").write_text(NET)
    (work / "other.py").write_text("from torch import nn\nnn.init.normal(w)\n")
    return work


def found(run: Run, *arguments: str) -> list[str]:
    lines = run("--format", "concise", "-q", *arguments).stdout.splitlines()
    return [f"{':'.join(line.split(':')[:2])} {line.split(' ')[1]}" for line in lines]


def test_the_example_works(project: Path, run: Run) -> None:
    assert found(run, ".") == ["net.py:7 ACME101", "other.py:2 IL601"]
    assert [each.code for each in check_paths(["."])] == ["ACME101", "IL601"]
    assert " warning: " in run("--format", "concise", "net.py").stdout
    assert found(run, "--isolated", "net.py") == []


@pytest.mark.parametrize("example", examples(EXAMPLE / "lint" / "our_rules.py"), ids=str)
def test_the_example_passes_its_own_test(example: initlint.testing.Example) -> None:
    example.check()


def test_it_is_used_as_any_other_rule(project: Path, run: Run) -> None:
    assert found(run, ".", "--select", "ACME") == ["net.py:7 ACME101"]
    assert found(run, ".", "--ignore", "default-init-left") == ["other.py:2 IL601"]
    assert found(run, ".", "-j2") == found(run, ".", "-j1")
    (project / "net.py").write_text(NET.replace("64)\n", "64)  # initlint: ignore[ACME101] a sketch\n", 1))
    assert found(run, "net.py") == []
    (project / "net.py").write_text(NET.replace("10)\n", "10)  # initlint: ignore[default-init-left]\n", 1))
    assert found(run, "net.py") == ["net.py:7 ACME101", "net.py:8 IL002"]
    (finding,) = json.loads(run("other.py", "net.py", "--select", "ACME1", "--format", "json").stdout)
    assert finding["url"].endswith("/lint/default-init-left/README.md")
    assert run("--select", "ACMEE101", ".").exit_code == 2
    assert "ACME101  default-init-left" in run("rules").stdout
    assert "our handbook" in run("explain", "acme101").stdout
    assert 'rules = ["lint/our_rules.py"]' in run("--show-settings", "net.py").stdout


def test_many_files_and_processes(project: Path, run: Run) -> None:
    for number in range(12):
        (project / f"net{number}.py").write_text(NET)
    assert len(found(run, ".", "-j2")) == 14
    assert run(".", "-j2").stdout == run(".", "-j1").stdout


def test_only_the_files_of_its_configuration_are_judged(project: Path, run: Run) -> None:
    (project / "sub").mkdir()
    (project / "sub/net.py").write_text(NET)
    assert "sub/net.py:7 ACME101" in found(run, ".")
    (project / "sub/initlint.toml").write_text("")
    assert found(run, ".", "--select", "ACME101") == ["net.py:7 ACME101"]
    (project / "sub/initlint.toml").write_text('extend = "../initlint.toml"')
    assert found(run, "sub") == ["sub/net.py:7 ACME101"]


def test_an_installed_package(work: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    site = work / "site"
    (site / "acme-1.0.dist-info").mkdir(parents=True)
    (site / "acme-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (site / "acme-1.0.dist-info/entry_points.txt").write_text("[initlint.rules]\nacme = acme_rules\n")
    shutil.copy(EXAMPLE / "lint/our_rules.py", site / "acme_rules.py")
    monkeypatch.syspath_prepend(str(site))
    custom._of_packages.cache_clear()
    rule_set.cache_clear()
    (work / "net.py").write_text(NET)
    assert found(run, "net.py") == ["net.py:7 ACME101"]
    assert found(run, "net.py", "--isolated") == []
    assert [str(each) for each in examples()] == ["default-init-left"]
    (site / "acme_rules.py").write_text("raise OSError('gone')")
    monkeypatch.delitem(__import__("sys").modules, "acme_rules")
    custom._of_packages.cache_clear()
    rule_set.cache_clear()
    result = run("net.py")
    assert result.exit_code == 2
    assert "entry point acme (acme_rules): can't be loaded: it raised OSError: gone (acme_rules.py:1)" in result.stderr


RULE = 'RULE = Rule("ACME1", "dead-gate", "a gate that is dead", check)\n'


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("    raise KeyError('x')", "raised KeyError: 'x' (rules.py:3) on class Second (net.py)"),
        ("    import sys; sys.exit(0)", "raised SystemExit: 0 (rules.py:3) on class Second"),
        ("    return check(facts)", "raised RecursionError: maximum recursion depth exceeded"),
        ("    return 3", "gave int, not findings, on class Second"),
        ("    return None", "gave NoneType, not findings, on class Second"),
        ("    yield 'rubbish'", "gave str, which is no Finding, on class Second"),
        ("    yield Finding(facts.model.site, 3, Severity.INFO)", "gave a finding whose message is int"),
        ("    yield Finding(facts.model.site, ' ', Severity.INFO)", "gave a finding without a message"),
        ("    yield Finding(facts.model.site, 'm', 'bad')", "gave a finding whose severity is str"),
        ("    yield Finding(3, 'm', Severity.INFO)", "gave a finding whose place is neither a Place nor a Span"),
        ("    yield Finding(Span('net.py', 0, 1, 1, 1), 'm', Severity.INFO)", "place is neither a Place nor a Span"),
        ("    yield Finding(Place('net.py', 99, 0), 'm', Severity.INFO)", "a finding at a place that doesn't exist"),
        ("    yield Finding(Place('no.py', 0, 0), 'm', Severity.INFO)", "a finding at a place that doesn't exist"),
        ("    yield Finding(facts.model.site, 'm', Severity.INFO, related=((1, 2),))", "related places are no pairs"),
        (
            "    yield Finding(facts.model.site, 'm', Severity.INFO, fix=PlacedFix('f', 'safe', ()))",
            "a finding with a fix that can't be used",
        ),
        ("    while True: yield Finding(facts.model.site, 'm', Severity.INFO)", "gave over 10000 findings"),
        ("    while True: pass", "took over 0.5 seconds and is not run again: it was on class Second"),
        ("    import time; time.sleep(60)", "took over 0.5 seconds and is not run again: it was on class Second"),
    ],
)
def test_a_rule_that_fails_loses_nothing_else(
    work: Path, run: Run, monkeypatch: pytest.MonkeyPatch, body: str, error: str
) -> None:
    monkeypatch.setattr(guard, "LIMIT", 0.5 if "while True: pass" in body or "sleep" in body else 60)
    (work / "net.py").write_text(NET + NET.replace("Net", "Second") + FAULTY)
    good = 'RULES = [RULE, Rule("ACME2", "live-gate", "all", lambda f: [Finding(f.model.site, "m", Severity.INFO)])]\n'
    (work / "rules.py").write_text(f"{HEAD}def check(facts):\n{body}\n{RULE}{good}")
    (work / "initlint.toml").write_text('rules = ["rules.py"]\nexclude = ["rules.py"]\n')
    result = run(".", "--format", "concise")
    assert result.exit_code == 2
    codes = [line.split(" ")[1] for line in result.stdout.splitlines()[:-1]]
    assert [code for code in codes if code != "ACME1"] == ["ACME2", "ACME2", "IL601"]
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: rules.py: ACME1 dead-gate ") and error in line, line
    assert line.endswith("; what else was found is reported")
    with pytest.raises(RuntimeError, match="ACME1 dead-gate"):
        check_paths(["."])


def test_what_a_rule_prints_does_not_spoil_the_report(work: Path, run: Run) -> None:
    (work / "net.py").write_text(NET)
    (work / "rules.py").write_text(f"{HEAD}print('loaded')\ndef check(facts):\n    print('hi')\n    return []\n{RULE}")
    (work / "initlint.toml").write_text('rules = ["rules.py"]\n')
    assert json.loads(run("net.py", "--format", "json").stdout) == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (None, "rules.py: no such file of rules"),
        ("def check(", "rules.py: can't be loaded: it raised SyntaxError: '(' was never closed (rules.py:1)"),
        ("import nothing_such", "can't be loaded: it raised ModuleNotFoundError: No module named 'nothing_such'"),
        ("x = 1", "rules.py: has neither RULE nor RULES"),
        ("RULES = 3", "rules.py: RULES must be a list of rules, not int"),
        ("RULES = [3]", "rules.py: RULES holds something that is no Rule: 3"),
        (HEAD + "RULE = Rule('IL999', 'dead-gate', 's', print)", "'IL999': a code is two or more capitals and digits"),
        (HEAD + "RULE = Rule('ACME1', 'Dead', 's', print)", "'ACME1': a name is small words with hyphens"),
        (HEAD + "RULE = Rule('ACME1', 'dead-gate', '', print)", "the summary must be one line"),
        (HEAD + "RULE = Rule('ACME1', 'dead-gate', 's', print, 'files')", "the scope must be one of model, file"),
        (HEAD + "RULE = Rule('ACME1', 'dead-gate', 's', 3)", "check must be a function"),
        (HEAD + "RULE = Rule('ACME1', 'missing-norm', 's', print)", "missing-norm is the name of a rule of initlint"),
        (HEAD + "RULES = [Rule('ACME1', f'a-{n}', 's', print) for n in 'ab']", "ACME1 is the rule of rules.py already"),
        ("while True: pass", "rules.py: can't be loaded: it took over 0.5 seconds"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_loaded(
    work: Path, run: Run, monkeypatch: pytest.MonkeyPatch, text: str | None, error: str
) -> None:
    monkeypatch.setattr(guard, "LIMIT", 0.5 if text and "while" in text else 60)
    (work / "net.py").write_text(FAULTY)
    (work / "initlint.toml").write_text('rules = ["rules.py"]\n')
    if text is not None:
        (work / "rules.py").write_text(text)
    result = run("net.py")
    assert (result.exit_code, result.stdout) == (2, "")
    assert error in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr
    assert run("explain", "IL601").exit_code == 0


def test_the_page_shows_what_works(work: Path, run: Run) -> None:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    for _, text in blocks:
        if name := re.match(r"# (lint/our_rules.py|initlint.toml)\n", text):
            (work / name[1]).parent.mkdir(exist_ok=True)
            (work / name[1]).write_text(text)
    (work / "net.py").write_text(NET)
    assert found(run, "net.py") == ["net.py:7 ACME101"]
    page = PAGE.read_text(encoding="utf-8")
    for name in (
        "Rule",
        "Facts",
        "FileFacts",
        "Finding",
        "LayerFact",
        "PlacedFix",
        "PlacedEdit",
        "StaticCall",
        "Unknown",
    ):
        assert name in initlint.plugin.__all__ and f"{name}" in page
