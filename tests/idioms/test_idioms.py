"""Idioms of real projects: each case's `build()` is read statically and run by torch, and both agree with nothing unknown.

A case is a file, or, under `linking`, a folder that stands for a project. Parameters that it names in `UNKNOWN` have no
known distribution or shape, for the reason given there; the cases of `GAPS` fail today.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from tests.agreement.compare import compare, live_modules, static_model  # noqa: E402

ROOT = Path(__file__).resolve().parent


GAPS: dict[str, str] = {}


def cases() -> list[Path]:
    """The files that define `build`."""
    found = (path for path in ROOT.glob("*/**/*.py") if "__pycache__" not in path.parts)
    return sorted(path for path in found if "\ndef build(" in path.read_text(encoding="utf-8"))


@contextmanager
def imported(path: Path) -> Iterator[object]:
    """The module, imported as a program of its project would; whatever it brought is forgotten after."""
    project = ROOT / path.relative_to(ROOT).parts[0]
    if project.name == "linking":
        project /= path.relative_to(project).parts[0]
    folders = [folder for folder in (project / "src", project) if folder.is_dir()]
    dotted = next(path.relative_to(folder) for folder in folders if folder in path.parents).with_suffix("").parts
    before = set(sys.modules)
    sys.path[:0] = map(str, folders)
    try:
        yield importlib.import_module(".".join(dotted))
    finally:
        del sys.path[: len(folders)]
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None) or ""
            if not file or str(ROOT) in file:
                del sys.modules[name]


def _id(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return f"{parts[0]}-{parts[1].removesuffix('.py')}"


def _parameters() -> list[object]:
    marks = {path: [pytest.mark.xfail(reason=GAPS[_id(path)])] if _id(path) in GAPS else [] for path in cases()}
    return [pytest.param(path, id=_id(path), marks=marks[path]) for path in marks]


@pytest.mark.parametrize("path", _parameters())
def test_an_idiom_is_read_as_torch_builds_it(path: Path) -> None:
    with imported(path) as module, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        live = live_modules(module.build)  # type: ignore[attr-defined]
    result = compare(static_model(path.as_posix(), "build"), live)
    assert result.parameters > 0
    assert (result.wrong, result.missing) == ([], [])
    unknown = {line.removesuffix(" (shape)") for line in result.unknown}
    assert unknown == set(getattr(module, "UNKNOWN", ()))
