"""`initlint probe`: targets, batches, output, exit status, and what misbehaves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

from initlint.ir.measured import Measurement, Skip
from initlint.probe.launch import Job, Result, run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BAD = ROOT / "rules/signal-vanishes/bad.py"


def probe(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "initlint", "probe", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=240)


@pytest.fixture(scope="module")
def hostile() -> dict[str, Result]:
    found = run(Job(str(HERE / "hostile.py"), seeds=1, timeout=20.0, threads=1))
    return {each.target.rpartition(":")[2]: each for each in found}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Raises", "its defaults: ValueError: no such"), ("Hangs", "more than 20 s"), ("Exits", "SystemExit: enough"),
        ("Leaves", "ended by itself with status 3"), ("Dies", "(SIGSEGV): Fatal Python error"),
        ("NeedsCuda", ""),
        ("Downloads", "the network is not to be used"), ("Text", "no batch was found"),
    ],
)  # fmt: skip
def test_what_misbehaves_is_skipped_with_a_reason(hostile: dict[str, Result], name: str, why: str) -> None:
    found = hostile[name]
    assert isinstance(found, Skip) and why in "\n".join([found.why, *found.tried])
    assert "\n" not in found.why


@pytest.mark.parametrize("name", ["Good", "Forks", "Prints", "Nested", "Complex", "Hooked"])
def test_what_looks_odd_is_measured(hostile: dict[str, Result], name: str) -> None:
    found = hostile[name]
    assert isinstance(found, Measurement) and len(found.first.layers) == 1 and found.first.differentiable


@pytest.mark.parametrize("name", ["ReturnsNone", "Whole", "Empty"])
def test_what_gives_no_gradient_is_measured_forward(hostile: dict[str, Result], name: str) -> None:
    found = hostile[name]
    assert isinstance(found, Measurement) and not found.first.differentiable


def test_each_is_measured_once(hostile: dict[str, Result]) -> None:
    assert len(hostile) == 18
    assert isinstance(hostile["NotANumber"], Measurement) and not hostile["NotANumber"].first.finite


def test_a_stub_that_works_when_pasted(hostile: dict[str, Result], tmp_path: Path) -> None:
    skip = hostile["Text"]
    assert isinstance(skip, Skip)
    filled = skip.stub.replace("torch.randn(17, ...)", "['one', 'three'] * 9")
    text = (HERE / "hostile.py").read_text()
    (tmp_path / "net.py").write_text(f"{text}\n\n{filled}")
    (found,) = run(Job(f"{tmp_path / 'net.py'}:Text", seeds=1, threads=1))
    assert isinstance(found, Measurement) and found.way == "initlint_probe()" and len(found.first.layers) == 1


def test_a_table_with_predictions_and_findings() -> None:
    done = probe(f"{BAD}:Regressor", "--seeds", "2")
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert "9 layers, 2 seeds, 17 inputs (initlint_probe())" in lines[0]
    row = next(line.split() for line in lines if " layers.0 " in line)
    assert row[0] == "rules/signal-vanishes/bad.py:18" and row[2] == "normal_"
    assert float(row[4]) == pytest.approx(float(row[5]), rel=0.1)
    assert re.search(r"predicted +within 25 % at [89] of 9 layers", done.stdout)
    assert "warning[IL901] signal-vanishes" in done.stdout and "Measured 1 model" in lines[-1]


def test_json_and_github() -> None:
    done = probe(f"{BAD}:Regressor", "--seeds", "1", "--format", "json")
    (model,) = json.loads(done.stdout)["models"]
    assert model["class"] == "Regressor" and len(model["layers"]) == 9 and model["layers"][0]["line"] == 18
    assert [(each["code"], each["line"]) for each in model["findings"]] == [("IL901", 18)]
    done = probe(f"{BAD}:Regressor", "--seeds", "1", "--format", "github", "--exit-zero")
    assert done.returncode == 0
    assert done.stdout.startswith("::warning title=IL901 signal-vanishes,file=rules/signal-vanishes/bad.py,line=18,")


def test_options_of_the_constructor_and_the_input(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(
        "from torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self, width, kind):\n"
        "        super().__init__()\n        assert kind == 'flat'\n        self.fc = nn.Linear(width, 2)\n\n"
        "    def forward(self, a, b):\n        return self.fc(a + b)\n"
    )
    given = ("--kwargs", "width=6", "--kwargs", "kind=flat", "--input", "a=6", "--input", "b=6", "--seeds", "1")
    done = probe("net:Net", *given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert probe("net:Net", "--seeds", "1", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("gone.py:Net",), "no such file: gone.py"), (("no_such_module:Net",), "importing `no_such_module` raised"),
        ((f"{BAD}:Nothing",), "has no `Nothing`"), ((f"{BAD}:Regressor.nothing",), "has no `Regressor.nothing`"),
        ((f"{BAD}:nn",), "it is a Python module"), ((f"{BAD}:Regressor", "--input", "3xx4"), "is not [NAME=]SHAPE"),
        ((f"{BAD}:Regressor", "--select", "IL999"), "no rule has the code"),
    ],
)  # fmt: skip
def test_a_target_that_is_not_there_and_options_that_say_nothing(arguments: tuple[str, ...], text: str) -> None:
    done = probe(*arguments)
    assert done.returncode == 2 and text in done.stderr and "Traceback" not in done.stderr
