"""A cache changes nothing but the time: after any edits, a warm run gives what a cold one gives."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initlint import analysis, cache, engine
from initlint.catalog import Extension
from initlint.checks import RULES
from initlint.results import FileResult

ROOT = Path(__file__).resolve().parents[2]
OPTIONAL = frozenset(rule.code for rule in RULES if not rule.default)
HEAD = "import torch\nfrom torch import nn\n"
BASE = HEAD + "\n\nclass Base(nn.Module):\n    def __init__(self):\n        super().__init__()\n        {}\n"
NET = (
    HEAD + "from {} import {}\nfrom house import Layer\n\n\nclass Net(Base):\n    def __init__(self):\n"
    "        super().__init__()\n        self.layers = nn.Sequential(\n"
    "            nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), Layer(8, 8))\n"
    "        {}\n\n    def forward(self, x):\n        return self.layers(self.first(x))\n"
)
# Each file of a project in several versions; None is no file.
VERSIONS: dict[str, tuple[str | None, ...]] = {
    "pkg/__init__.py": ("", "from .base import Base\n", None),
    "pkg/base.py": (
        BASE.format("self.first = nn.Linear(8, 8)"),
        BASE.format("self.first = nn.Linear(8, 8); nn.init.zeros_(self.first.weight)"),
        BASE.format("self.first = nn.Linear(8, 8); nn.init.constant_(self.first.weight, 0.1)"),
        "class Base: (\n",
        None,
    ),
    "pkg/net.py": (
        NET.format(".base", "Base", "nn.init.zeros_(self.layers[2].weight)"),
        NET.format("pkg", "Base", "pass"),
        NET.format("lone", "Base", "nn.init.zeros_(self.layers[0].weight)"),
        "import torch  # initlint: ignore\n",
        None,
    ),
    "lone.py": (None, BASE.format("self.first = nn.Conv1d(8, 8, 1); nn.init.xavier_uniform(self.first.weight)")),
    "pkg/inits.py": (HEAD + "\n\ndef init_weights(m):\n    nn.init.zeros_(m.weight)\n", None),
    "train.py": (
        None,
        "from pkg.net import Net\n\nnet = Net()\n",
        "from pkg import inits\n\ninits.init_weights(net)\n",
    ),
    "conf/net.yaml": (None, "init: init_weights\n"),
    "setup.py": (None, "pass\n"),
}
TABLES = (
    None,
    Extension(
        {
            "layer": {
                "house.Layer": {
                    "signature": "a, b",
                    "kind": "linear",
                    "parameters": [{"name": "weight", "shape": "(b, a)", "fill": "normal(0, 9)"}],
                }
            }
        },
        ".",
    ),
)
EDIT = st.sampled_from(sorted(VERSIONS)).flatmap(
    lambda name: st.tuples(st.just(name), st.integers(0, len(VERSIONS[name]) - 1))
)
STEPS = st.lists(
    st.tuples(st.lists(EDIT, max_size=2), st.sampled_from(TABLES), st.booleans(), st.booleans()), min_size=2, max_size=5
)


@contextmanager
def inside(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def put(name: str, version: int) -> None:
    text = VERSIONS[name][version]
    if text is None:
        Path(name).unlink(missing_ok=True)
        return
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def linted() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*.py"))


def cold(paths: list[str], extension: Extension | None, optional: frozenset[str]) -> list[FileResult]:
    return analysis.analyse(paths, 1, None, None, extension, optional)


def warm(
    paths: list[str], extension: Extension | None = None, optional: frozenset[str] = frozenset()
) -> list[FileResult]:
    return engine.analyse(paths, 1, None, None, extension, optional, folder="cache")


@given(STEPS)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_after_any_edits_a_warm_run_gives_what_a_cold_one_gives(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, inside(folder):
        for name in VERSIONS:
            put(name, 0)
        warm(linted())
        for edits, extension, optional, alone in steps:
            for name, version in edits:  # type: ignore[attr-defined]
                put(name, version)
            codes = OPTIONAL if optional else frozenset()
            paths = [path for path in linted() if not alone or path == "pkg/net.py"]
            assert warm(paths, extension, codes) == cold(paths, extension, codes)  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in VERSIONS:
        put(name, 0)
    warm(linted())
    return tmp_path


def analysed_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files a warm run analyses."""
    again: list[str] = []
    run = analysis.analyse
    monkeypatch.setattr(analysis, "analyse", lambda paths, *rest: (again.extend(paths), run(paths, *rest))[1])
    warm(linted())
    monkeypatch.setattr(analysis, "analyse", run)
    return again


def test_the_versions_differ_in_what_is_found(project: Path) -> None:
    found = set()
    for name, versions in VERSIONS.items():
        for version in range(len(versions)):
            put(name, version)
            results = cold(linted(), None, OPTIONAL)
            found |= {each.code for one in results for each in one.diagnostics}
            found |= {each.code for one in results for model in one.models for each in model.diagnostics}
        put(name, 0)
    assert {"IL001", "IL005", "IL101", "IL102", "IL402"} <= found


def test_what_has_not_changed_is_not_analysed_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert analysed_again(monkeypatch) == []
    os.utime("pkg/base.py", (1, 1))  # the bytes count
    assert analysed_again(monkeypatch) == []
    put("pkg/base.py", 1)
    assert {"pkg/base.py", "pkg/net.py"} <= set(analysed_again(monkeypatch)) < set(linted())
    assert analysed_again(monkeypatch) == []


def test_another_version_or_source_is_another_result(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("__version__", "9"), ("_own_source", lambda: "changed"), ("_FORMAT", 9)):
        with monkeypatch.context() as patch:
            patch.setattr(cache, name, value)
            assert analysed_again(patch) == linted()


def test_a_file_that_appears_where_one_was_looked_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> bool:
        return any(model.name == "Net" for model in warm(["pkg/net.py"])[0].models)

    put("pkg/net.py", 2)
    assert not read()
    put("lone.py", 1)
    assert read()


STORE = Path("cache", "results.sqlite3")


@pytest.mark.parametrize("damage", ["noise", "cut", "pages", "empty", "other", "pickle"])
def test_a_damaged_store_is_replaced(damage: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = cold(linted(), None, frozenset())
    data = STORE.read_bytes()
    with sqlite3.connect(STORE) as store:
        if damage == "other":
            store.execute("ALTER TABLE results RENAME TO others")
            store.execute("CREATE TABLE results (key TEXT)")
        elif damage == "pickle":  # with its digest right
            for key, looks, _, _, _ in store.execute("SELECT * FROM results").fetchall():
                bad = b"cos\nsystem\n(S'touch harmed'\ntR."
                store.execute(
                    "UPDATE results SET result = ?, digest = ? WHERE key = ?", (bad, cache._sum(looks, bad), key)
                )
    store.close()
    if damage in {"noise", "cut", "pages", "empty"}:
        middle = len(data) // 2
        pages = data[:middle] + bytes(255 - each for each in data[middle:])
        STORE.write_bytes({"noise": b"no database" * 99, "cut": data[:middle], "pages": pages, "empty": b""}[damage])
    assert warm(linted()) == expected
    assert warm(linted()) == expected
    assert not Path("harmed").exists()
    if damage in {"noise", "empty", "pickle"}:
        assert analysed_again(monkeypatch) == []


def test_without_a_folder_to_write_to(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = cold(linted(), None, frozenset())
    for folder in ("pkg/net.py", "/dev/null/cache"):
        assert engine.analyse(linted(), 1, None, None, None, frozenset(), folder=folder) == expected

    def full(*_: object, **__: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    put("pkg/base.py", 1)
    monkeypatch.setattr(sqlite3, "connect", full)
    assert warm(linted()) == cold(linted(), None, frozenset())


def test_a_locked_store_is_passed_over(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_WAIT", 0.1)
    other = sqlite3.connect(STORE)
    other.execute("BEGIN EXCLUSIVE")
    put("pkg/base.py", 2)
    assert warm(linted()) == cold(linted(), None, frozenset())
    other.rollback()
    other.close()


def test_runs_at_the_same_time(project: Path) -> None:
    put("pkg/base.py", 2)
    expected = cold(linted(), None, frozenset())
    command = [sys.executable, "-m", "initlint", "check", "-q", "--cache-dir", "cache", "--format", "json", "."]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    outputs: list[bytes] = []

    def run() -> None:
        outputs.append(subprocess.run(command, env=environment, capture_output=True, timeout=120).stdout)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs[0] and outputs == [outputs[0]] * 3
    assert warm(linted()) == expected


def test_what_changes_while_it_is_read_is_not_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("pkg/base.py", 1)
    worker = analysis.Worker()
    worker.analyse("pkg/net.py")
    assert worker.looks is not None and worker.looks["read", "pkg/base.py"]
    put("pkg/base.py", 2)
    worker.analyse("pkg/base.py")
    assert worker.looks is None


def test_a_warm_run_imports_nothing_that_reads_code(project: Path) -> None:
    code = (
        "import sys\nfrom initlint.cli import app\n"
        "app(['check', '-q', '--cache-dir', 'cache', '.'], standalone_mode=False)\n"
        "heavy = ('libcst', 'torch', 'initlint.interpret', 'initlint.analysis', 'initlint.syntax.lower', 'rich')\n"
        "assert not [name for name in sys.modules if name.startswith(heavy)]\n"
    )
    command = [sys.executable, "-m", "initlint", "check", "-q", "--cache-dir", "cache", "."]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=environment, check=False, timeout=60)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)


def test_clean_removes_only_its_own(project: Path) -> None:
    assert not cache.clean(".")
    Path("cache", "mine").touch()
    assert cache.clean("cache")
    assert os.listdir("cache") == ["mine"]
    assert not cache.clean("cache")


RULES_FILE = """
from helper import MESSAGE
from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Span
from initlint.rule import Rule

def check(facts):
    yield Finding(Span(facts.path, 1, 1, 1, 2), MESSAGE, Severity.INFO)

RULE = Rule("ACME1", "always-found", "says what the helper says", check, scope="file")
"""


def test_a_custom_rule_is_part_of_what_a_result_depends_on(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("import torch\n", encoding="utf-8")
    (tmp_path / "acme.py").write_text(RULES_FILE, encoding="utf-8")
    settings = "rules = ['acme.py']\nselect = ['ALL']\n"
    (tmp_path / "initlint.toml").write_text(settings, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "initlint", "check", "-q", "--format", "concise", "net.py"]
    for message in ("first", "second", "third"):
        (tmp_path / "helper.py").write_text(f"MESSAGE = {message!r}\n", encoding="utf-8")
        for _ in range(2):
            done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
            assert message in done.stdout, done.stderr
