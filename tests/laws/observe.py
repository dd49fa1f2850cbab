"""What the analysis says of files: they are written to a folder of their own, as files import each other."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from initlint.diagnostics import Diagnostic
from initlint.engine import check_files
from initlint.interpret.link import Project
from initlint.interpret.roots import class_names, read_class
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.model import Model
from initlint.ir.place import Span
from initlint.ir.unknown import Unknown
from initlint.selection import selected_codes

# What was not read grows with what is unknown, of course.
CODES = selected_codes(("ALL",), ("IL005",))


@contextmanager
def written(files: Mapping[str, str]) -> Iterator[str]:
    """A folder that holds the files, and its path with a slash at the end."""
    with tempfile.TemporaryDirectory(prefix="laws") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        yield f"{Path(folder).as_posix()}/"


def report(files: Mapping[str, str], order: Sequence[str] | None = None) -> list[Diagnostic]:
    """All findings, their paths as the names of the files."""
    with written(files) as folder:
        found = check_files([folder + name for name in order or files], CODES)
    assert found.failures == (), found.failures
    return [_moved(each, folder) for each in found.diagnostics]


def _moved(found: Diagnostic, folder: str) -> Diagnostic:
    def of(span: Span) -> Span:
        return replace(span, path=span.path.removeprefix(folder))

    return replace(
        found, span=of(found.span), related=tuple((of(span), label) for span, label in found.related), fix=None
    )


def findings(files: Mapping[str, str]) -> list[tuple[str, int, str, int]]:
    """File, line, code and rank (0 is the worst) of each finding."""
    return [(each.span.path, each.span.line, each.code, each.severity.rank) for each in report(files)]


def summary(files: Mapping[str, str], layers: bool = True) -> Counter[tuple[str, str, str, str]]:
    """The findings by code, severity, class and layer: what stays where lines move. (The layers of a chain that is no
    class are called by the variable that holds it, where one does as it is made.)"""

    def layer(each: Diagnostic) -> str:
        held, _, inner = each.layer.partition(".")
        return inner if each.class_name == "Sequential" and not held.isdigit() else each.layer

    return Counter(
        (each.code, each.severity.value, each.class_name, layer(each) if layers else "") for each in report(files)
    )


def knowledge(files: Mapping[str, str], name: str = "net.py") -> dict[tuple[str, ...], object]:
    """The facts about parameters that are known: sizes that are numbers, and initialisers."""
    known: dict[tuple[str, ...], object] = {}
    with written(files) as folder:
        project = Project()
        namespace = project.namespace(folder + name)
        assert namespace is not None
        for each in class_names(namespace):
            model = read_class(project, namespace, each)
            if isinstance(model, Model):
                known.update(_of_model(model))
    return known


def _of_model(model: Model) -> dict[tuple[str, ...], object]:
    known: dict[tuple[str, ...], object] = {}
    for parameter in model.parameters:
        if isinstance(parameter.shape, tuple):
            known[model.name, parameter.name, "rank"] = len(parameter.shape)
            for number, size in enumerate(parameter.shape):
                if not isinstance(size, (Unknown, Dim)):
                    known[model.name, parameter.name, f"size {number}"] = size
        if parameter.initializer is not None:
            known.update(((model.name, parameter.name, key), value) for key, value in _of_value(parameter.initializer))
    return known


def _of_value(initializer: Initializer) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [("call", initializer.call), ("family", initializer.family)]
    for key, number in (("mean", initializer.mean), ("std", initializer.std)):
        if not isinstance(number, (Unknown, Dim)):
            found.append((key, round(float(number), 9)))
    return found
