"""The Python API: its names and signatures stay, its page is true, and its errors are those that it says."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import initlint
from initlint.selection import UnknownRuleError
from tests.cli.conftest import CLEAN, FAULTY

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
NET = """\
from torch import nn


class Net(nn.Module):
    def __init__(self, depth=4):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(64, 64) for _ in range(depth))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x
"""


@pytest.mark.parametrize("name", ["check_source", "check_paths", "fix_source", "trace", "probe"])
def test_signatures(name: str) -> None:
    """A change here is a change of the major version."""
    if name == "probe":
        pytest.importorskip("torch")
        from initlint.probe.api import probe as function
    else:
        function = getattr(initlint, name)
    shown = re.search(rf"^\*\*`{name}\((.*?)\)`\*\*", PAGE, re.M)
    assert shown is not None
    parameters = inspect.signature(function).parameters.values()
    bare = [each.replace(annotation=inspect.Parameter.empty) for each in parameters]
    text = str(inspect.Signature(bare)).replace("'", '"')
    assert text == f"({shown[1]})"


def test_the_public_names() -> None:
    assert set(initlint.__all__) == {
        "Confidence", "ConfigError", "Diagnostic", "Severity", "__version__",
        "check_paths", "check_source", "fix_source", "probe", "trace",
    }  # fmt: skip
    for name in set(initlint.__all__) - {"__version__"}:
        assert name in PAGE and (name == "probe" or getattr(initlint, name) is not None)


def test_the_page_runs(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch = pytest.importorskip("torch")
    (work / "net.py").write_text(NET)
    model = torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2))
    names = {"model": model, "batch": torch.randn(17, 8)}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S):
        exec(block, names)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("net.py:3: IL601 warning: ")
    assert [line.split(" ")[0] for line in lines[1:]] == [f"layers.{number}" for number in range(12)]


def test_check_source() -> None:
    assert [each.code for each in initlint.check_source(FAULTY.encode(), "net.py")] == ["IL601"]
    assert initlint.check_source(FAULTY, select=["IL1"]) == initlint.check_source(FAULTY, ignore=["IL6"]) == []
    assert [each.code for each in initlint.check_source("x = = 1")] == ["IL001"]
    with pytest.raises(UnknownRuleError, match="IL999"):
        initlint.check_source(FAULTY, select=["IL999"])


def test_check_paths(work: Path) -> None:
    (work / "net.py").write_text(FAULTY)
    assert [each.span.path for each in initlint.check_paths([work / "net.py", "."])] == [str(work / "net.py")]
    assert initlint.check_paths(["."], select=["IL1"]) == []
    (work / "initlint.toml").write_text('ignore = ["IL6"]\n')
    assert initlint.check_paths(["."]) == []
    assert len(initlint.check_paths(["."], isolated=True)) == len(initlint.check_paths(["."], select=["IL6"])) == 1
    with pytest.raises(FileNotFoundError, match="gone"):
        initlint.check_paths(["gone.py"])
    with pytest.raises(UnknownRuleError, match="IL999"):
        initlint.check_paths(["."], ignore=["IL999"])
    (work / "initlint.toml").write_text('baseline = "known.json"\n')
    with pytest.raises(RuntimeError, match="no such baseline"):
        initlint.check_paths(["."])
    (work / "initlint.toml").write_text("selct = []\n")
    with pytest.raises(initlint.ConfigError, match="did you mean `select`"):
        initlint.check_paths(["."])


def test_fix_source() -> None:
    assert "xavier_uniform_(" in initlint.fix_source(FAULTY)
    assert initlint.fix_source(CLEAN) == CLEAN


def test_trace(work: Path) -> None:
    (work / "net.py").write_text(
        NET + "\n\nclass Bad(nn.Module):\n    def __init__(self, *, n):\n        self.n = n()\n"
    )
    assert len(initlint.trace(work / "net.py", "Net").rows) == 4
    assert len(initlint.trace("net.py", "Net", depth=7).rows) == 7
    for path, name, error, text in (
        ("gone.py", "Net", FileNotFoundError, "gone.py"),
        ("net.py", "Other", ValueError, "no such module class"),
        ("net.py", "Bad", ValueError, "class Bad: "),
    ):
        with pytest.raises(error, match=text):
            initlint.trace(path, name)
    (work / "net.py").write_text("x = = 1")
    with pytest.raises(ValueError, match="cannot be read as Python"):
        initlint.trace("net.py", "Net")
