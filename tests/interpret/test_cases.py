"""Source → dump: one golden text for each construct, which must also be what torch builds.

``pytest tests/interpret --rewrite-golden`` writes the texts anew; read the difference before you keep it.
"""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

from initlint.interpret.link import Project
from initlint.interpret.roots import NotRead, read_file
from initlint.ir.model import Model
from initlint.ir.text import model_text
from initlint.ir.unknown import Unknown
from initlint.ir.verify import problems

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
each_case = pytest.mark.parametrize("name", CASES)


def read(name: str) -> list[Model | NotRead]:
    """All models of a case, its inner classes included."""
    return list(read_file(Project(), (FOLDER / f"{name}.py").as_posix(), every_class=True))


def text(found: Model | NotRead) -> str:
    """The dump without positions."""
    return f"class {found.name}: not read: {found.why}\n" if isinstance(found, NotRead) else model_text(found)


@each_case
def test_the_dump_is_the_golden_text(name: str, rewrite_golden: bool) -> None:
    dump = "\n".join(text(found) for found in read(name))
    golden = FOLDER / f"{name}.txt"
    if rewrite_golden:
        golden.write_text(dump, encoding="utf-8")
    assert dump == golden.read_text(encoding="utf-8")


@each_case
def test_the_model_is_consistent(name: str) -> None:
    for found in read(name):
        assert isinstance(found, Model), found
        assert list(problems(found)) == []


@each_case
@pytest.mark.filterwarnings("ignore")
def test_known_values_are_what_torch_builds(name: str) -> None:
    pytest.importorskip("torch")
    from tests.agreement.compare import compare, live_modules

    module = importlib.import_module(f"tests.interpret.cases.{name}")
    for model in read(name):
        assert isinstance(model, Model)
        cls = getattr(module, model.name)
        if not model.standalone or not _without_arguments(cls):
            continue
        result = compare(model, live_modules(cls))
        assert (result.wrong, result.missing) == ([], []), model.name


@each_case
def test_weight_layers_run_as_in_torch(name: str) -> None:
    torch = pytest.importorskip("torch")
    from tests.agreement.trace import trace

    module = importlib.import_module(f"tests.interpret.cases.{name}")
    models = {model.name: model for model in read(name) if isinstance(model, Model)}
    for class_name, shape in getattr(module, "SHAPES", {}).items():
        graph = models[class_name].graph
        assert not isinstance(graph, Unknown), graph.why
        static = [op.module for op in graph.ops if op.kind == "layer" and models[class_name].name and _runs(op.module)]
        assert static == trace(getattr(module, class_name)(), torch.randn(shape)).calls, class_name


def _runs(path: str | None) -> bool:
    return path is not None and path != ""


def _without_arguments(cls: type) -> bool:
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = inspect.signature(cls).parameters.values()
    abstract = inspect.isabstract(cls)
    return not abstract and all(p.default is not p.empty or p.kind in kinds for p in parameters)
