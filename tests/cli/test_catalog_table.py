"""A project's own tables in its configuration file, and the page about them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from initlint import check_paths
from initlint.catalog import load as load_catalog
from initlint.catalog import use
from initlint.catalog.load import FOLDER
from initlint.catalog.tables import tomllib
from initlint.catalog.validate import validate
from initlint.config import ConfigError, load
from tests.cli.conftest import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "catalog.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(autouse=True)
def shipped_tables() -> object:
    """Leave other tests the catalogue that comes with initlint."""
    yield
    use(None)


def write_example(work: Path) -> None:
    for _, text in BLOCKS:
        name = re.match(r"# (\S+\.\w+)\n", text)
        if name is not None:
            (work / name[1]).write_text(text)


def test_the_page_shows_what_the_dump_says(work: Path, run: Run) -> None:
    write_example(work)
    shown = next(text for kind, text in BLOCKS if kind == "text" and text.startswith("model Net"))
    result = run("dump", "net.py:Net")
    assert result.exit_code == 0 and result.stdout.startswith(shown), result.stdout
    for line in (
        "fc1.weight: (256, 64) FusedDense's default [normal std 0.125]",
        "fc2.weight: (64, 256) glorot_ [normal std 0.03953]",
        "gated.gate.bias: (64) PyTorch's default [uniform std 0.07217]",
    ):
        assert line in result.stdout, result.stdout
    assert "norm.l2" in result.stdout and "activation.gelu" in result.stdout
    assert "not understood" not in result.stdout
    (work / "pyproject.toml").unlink()
    assert "not understood" in run("dump", "net.py:Net").stdout


def test_the_page_shows_an_error(work: Path, run: Run) -> None:
    write_example(work)
    text = (work / "pyproject.toml").read_text().replace('kind = "linear"', 'kind = "liner"')
    (work / "pyproject.toml").write_text(text)
    result = run("net.py")
    assert result.exit_code == 2
    assert result.stderr in {text for kind, text in BLOCKS if kind == "text"}


FAULTY = """
import torch.nn as nn
from fastops import clear_

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(8, 8), nn.Linear(8, 8)
        clear_(self.a.weight)

    def forward(self, x):
        return self.b(self.a(x).relu())
"""
TABLE = '[tool.initlint.catalog.initializer."fastops.clear_"]\nscheme = "zeros"\n'


def test_rules_see_it_whatever_the_number_of_processes(work: Path, run: Run) -> None:
    for number in range(9):
        (work / f"net{number}.py").write_text(FAULTY)
    assert run(".", "--select", "IL101", "--jobs", "2").exit_code == 0
    (work / "pyproject.toml").write_text(TABLE)
    one, two = run(".", "--select", "IL101", "--jobs", "1"), run(".", "--select", "IL101", "--jobs", "2")
    assert one.exit_code == two.exit_code == 1 and one.stdout == two.stdout
    assert one.stdout.count("warning[IL101]") == 9
    assert run(".", "--isolated", "--select", "IL101").exit_code == 0


def test_one_project_does_not_see_the_tables_of_another(work: Path) -> None:
    for name in ("one", "two"):
        (work / name).mkdir()
        (work / name / "net.py").write_text(FAULTY)
    (work / "one/pyproject.toml").write_text(TABLE)
    assert [found.code for found in check_paths(["one"])] == ["IL101"]
    assert check_paths(["two"]) == []
    assert [found.code for found in check_paths(["one"])] == ["IL101"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("catalog = 3", "`catalog` in [tool.initlint] must be a table"),
        ("catalog.layers = {}", "unknown key `layers`; did you mean `layer`?"),
        ("catalog.layer = 3", "layer: must be a table"),
        (
            'catalog.alias."a.B" = 3',
            'alias."a.B": must be the name of what it stands for (a prefix if it ends in a dot)',
        ),
        ('catalog.alias."a." = "b.c"', 'alias."a.": must be the name of what it stands for'),
        ('catalog.inert = "a.b"', "inert: must be a list of strings"),
        ('catalog.layer."a.B" = {}', 'layer."a.B": kind is missing: one of activation, '),
        ('catalog.layer."a.B" = "torch.nn.GELU"', 'layer."a.B": must be a table'),
        (
            'catalog.layer."a.B" = { kind = "norm", sign = "" }',
            'layer."a.B": unknown key `sign`; did you mean `signature`?',
        ),
        ('catalog.layer."a.B" = { kind = "norm", name = 3 }', 'layer."a.B": name: must be text'),
        ('catalog.layer."a.B" = { kind = "norm", signature = "a b" }', 'layer."a.B": signature: not one as'),
        ('catalog.layer."a.B" = { kind = "norm", signature = "a=b" }', 'layer."a.B": signature: not one as'),
        (
            'catalog.layer."a.B" = { kind = "norm", parameters = [{ name = "w", shape = "(n,)", fill = "ones()" }] }',
            "layer.\"a.B\": unknown name 'n'",
        ),
        (
            'catalog.layer."a.B" = { kind = "norm", parameters = [{ name = "w", fill = "ones()" }] }',
            'layer."a.B": parameter 1: shape is missing',
        ),
        (
            'catalog.layer."a.B" = { kind = "norm", attributes = { n = 3 } }',
            'layer."a.B": attributes: must be a table of expressions',
        ),
        ('catalog.initializer."a.b_" = { scheme = "he" }', "initializer.\"a.b_\": no scheme 'he'; there are"),
        (
            'catalog.initializer."a.b_" = { scheme = "normal", signature = "s=1.0" }',
            "initializer.\"a.b_\": needs an argument 'std' in its signature",
        ),
        (
            'catalog.initializer."a.b" = { deprecated_by = "c" }',
            "initializer.\"a.b\": deprecated_by: no initializer 'c' beside it",
        ),
        ('catalog.factory."a.b" = { fill = "zeros" }', 'factory."a.b": signature is missing'),
        ("catalog.function = {}", "function: must be an array of tables"),
        ('catalog.function = [{ kind = "norm" }]', "function 1: paths is missing"),
        ('catalog.function = [{ kind = "norms", paths = "a.b" }]', "function 1: no kind 'norms'; did you mean `norm`?"),
        ('catalog.function = [{ kind = "norm", paths = 3 }]', "function 1: paths: must be text or a list of strings"),
        ('catalog.stub."no.py" = { module = "a" }', 'stub."no.py": the file can\'t be read: No such file'),
        ('catalog.stub."s.py" = { layers = "B" }', 'stub."s.py": module is missing'),
        ('catalog.stub."s.py" = { module = "a", layers = "f" }', 'stub."s.py": layers: the file has no class `f`'),
        ('catalog.stub."s.py" = { module = "a", names = "g" }', "names: the file has no function, class or value `g`"),
    ],
)
def test_errors_name_the_entry_and_the_key(work: Path, run: Run, text: str, error: str) -> None:
    (work / "s.py").write_text("def f(): pass")
    (work / "pyproject.toml").write_text(f"[tool.initlint]\n{text}")
    with pytest.raises(ConfigError) as raised:
        load(".")
    assert str(raised.value).startswith("pyproject.toml: ") and error in str(raised.value), raised.value
    result = run(".")
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_shipped_tables_are_valid(file: Path) -> None:
    validate(tomllib.loads(file.read_text(encoding="utf-8")), FOLDER / "stubs")


def test_the_page_names_all_that_there_is() -> None:
    from initlint.catalog.functions import KINDS as OPS
    from initlint.catalog.layers import KINDS as LAYERS
    from initlint.catalog.validate import (
        FUNCTION_KEYS,
        INITIALIZER_KEYS,
        LAYER_KEYS,
        PARAMETER_KEYS,
        SECTIONS,
        STUB_KEYS,
    )

    page = PAGE.read_text(encoding="utf-8")
    internal = {"n", "functional", "torch", "tensor", "bias", "deprecated_by", "multiple_with_dim"}
    for names in (OPS, LAYERS, FUNCTION_KEYS, INITIALIZER_KEYS, LAYER_KEYS, PARAMETER_KEYS, SECTIONS, STUB_KEYS):
        for name in set(names) - internal:
            assert re.search(rf"[`\[. ]{name}\b", page), name


def test_a_stub_may_be_lists_or_text() -> None:
    assert load_catalog().stub("mmcv.cnn.ConvModule") is not None
