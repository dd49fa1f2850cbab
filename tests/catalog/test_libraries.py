"""Every entry of a library's file against the library itself, where it can be imported."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from initlint.catalog import REQUIRED, load  # noqa: E402
from initlint.catalog.tables import Stub  # noqa: E402
from tests.agreement.compare import compare, live_modules, static_model  # noqa: E402
from tests.catalog.library_examples import EXAMPLES, NOT_SHOWN, Example  # noqa: E402

CATALOG = load()
LIBRARIES = [root for root in CATALOG.roots if root != "torch"]
_PLAIN = (int, float, str, bool, type(None))


def entries(*sections: str) -> list[tuple[str, str]]:
    return [
        (section, path)
        for root in LIBRARIES
        for section in sections
        for path in CATALOG.library(root)[0].paths[section]
    ]


def live_at(path: str) -> Any:
    """The object of an installed library; the test is skipped where the library is missing."""
    parts = path.split(".")
    pytest.importorskip(parts[0], exc_type=ImportError)
    found: Any = None
    for end in range(1, len(parts)):
        try:
            found = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError as error:
            if error.name is not None and not ".".join(parts[:end]).startswith(error.name):
                pytest.skip(f"{parts[0]} needs {error.name}")
            found = getattr(found, parts[end - 1])
    return getattr(found, parts[-1])


def shown(signature: inspect.Signature) -> list[tuple[str, object]]:
    return [
        (p.name, REQUIRED if p.default is p.empty else p.default)
        for p in signature.parameters.values()
        if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]


@pytest.mark.parametrize(("section", "path"), entries("layer", "initializer", "factory", "function", "stub"))
def test_exists(section: str, path: str) -> None:
    assert live_at(path) is not None


@pytest.mark.parametrize(("section", "path"), entries("layer", "initializer"))
def test_signature(section: str, path: str) -> None:
    spec = getattr(CATALOG, section)(path)
    live = live_at(path)
    if "__init__" not in vars(live) and section == "layer" and not spec.signature:
        return  # the base class's, which takes nothing
    names = shown(inspect.signature(live))[1 if section == "initializer" else 0 :]
    written = [(p.name, p.default) for p in spec.signature if not p.star]
    if section == "layer" and any(p.kind is p.VAR_KEYWORD for p in inspect.signature(live).parameters.values()):
        written = written[: len(names)]  # the rest are the base class's
    assert written == (names[: len(written)] if section == "initializer" else names)


@pytest.mark.parametrize("path", [path for _, path in entries("stub")])
def test_stub_signature(path: str) -> None:
    stub = CATALOG.stub(path)
    assert stub is not None
    live, node = live_at(path), node_of(stub)
    if isinstance(node, ast.Assign) or not callable(live):
        return
    if isinstance(node, ast.ClassDef):
        own = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
        if not own or not inspect.isclass(live):
            return
        node = own[0]
        given = shown(inspect.signature(live.__init__))
    else:
        given = shown(inspect.signature(live))
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    written = [
        *zip([a.arg for a in positional], defaults, strict=True),
        *zip([a.arg for a in arguments.kwonlyargs], arguments.kw_defaults, strict=True),
    ]
    assert [name for name, _ in written] == [name for name, _ in given]
    for (name, expression), (_, default) in zip(written, given, strict=True):
        if expression is None:
            assert default is REQUIRED, name
        elif isinstance(default, _PLAIN):
            assert eval(ast.unparse(expression), {}) == default, name


def node_of(stub: Stub) -> ast.AST:
    """The statement of the stub's file that binds its name."""
    for node in ast.parse(Path(stub.file).read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name == stub.name:
            return node
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == stub.name for t in node.targets):
            return node
    raise AssertionError(f"{stub.file} has no {stub.name}")


@pytest.mark.parametrize("path", [path for root in CATALOG.roots for path in CATALOG.library(root)[0].paths["stub"]])
def test_stub_stands_in_its_file(path: str) -> None:
    stub = CATALOG.stub(path)
    assert stub is not None and node_of(stub) is not None
    assert isinstance(node_of(stub), ast.ClassDef) or not stub.layer


def test_every_layer_has_an_example() -> None:
    texts = "\n".join(example.source for examples in EXAMPLES.values() for example in examples)
    for section, path in entries("layer", "stub"):
        stub = CATALOG.stub(path)
        if section == "layer" or (stub is not None and stub.layer):
            name = path.rpartition(".")[2]
            assert name in texts or path in NOT_SHOWN, path


@pytest.mark.parametrize(
    "example", [example for examples in EXAMPLES.values() for example in examples], ids=lambda each: each.id
)
@pytest.mark.filterwarnings("ignore")
def test_the_static_model_is_what_the_library_builds(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names, shapes, means and spreads of all parameters."""
    live_at(f"{example.library}.__name__")
    file = tmp_path / "net.py"
    file.write_text(example.text)
    module = ModuleType("net")  # where some libraries look up the annotations of a class
    monkeypatch.setitem(sys.modules, "net", module)
    names = vars(module)
    try:
        exec(compile(example.text, "net.py", "exec"), names)
    except ModuleNotFoundError as error:
        pytest.skip(f"{example.library} needs {error.name}")
    result = compare(static_model(str(file), "build"), live_modules(names["build"]))
    assert (result.wrong, result.missing) == ([], []), str(result)
    assert set(result.unknown) == set(example.unknown), str(result)
