"""What Python code calls; ``docs/api.md`` describes it. All of it is also to be had from ``initlint`` itself."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from initlint.analysis import Worker
from initlint.config import Configuration, from_options, load
from initlint.console import Trouble
from initlint.diagnostics import Diagnostic
from initlint.engine import Report, check_configured, check_files, find
from initlint.interpret.roots import NotRead, read_class
from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from initlint.narrow import Narrowing, narrowed
from initlint.report.paint import one_line
from initlint.selection import selected_codes
from initlint.signal.trace import Trace
from initlint.signal.trace import trace as trace_model
from initlint.sources import Sources, in_cells


def check_paths(
    paths: Sequence[str | os.PathLike[str]],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    jobs: int = 1,
    isolated: bool = False,
) -> list[Diagnostic]:
    """The findings for files and folders, as the command line gives them with the same configuration, the project's
    baseline included. ``select`` and ``ignore`` are as on the command line; ``isolated`` reads no configuration.

    :raises FileNotFoundError: one of the paths doesn't exist.
    :raises initlint.ConfigError: the configuration cannot be used.
    :raises initlint.selection.UnknownRuleError: a key names no rule.
    :raises RuntimeError: the analysis of a file failed through a fault of its own, or a rule of the project did.
    """
    names = [os.fspath(path) for path in paths]
    table = {"select": list(select), "ignore": list(ignore)}
    configuration = from_options((), isolated, {key: keys for key, keys in table.items() if keys})
    _check_keys((*select, *ignore), configuration, names)
    found = find(names, configuration)
    if found.missing:
        raise FileNotFoundError(found.missing[0])
    report = check_configured(found.files, configuration, jobs)
    try:
        report, _ = narrowed(report, Narrowing(), found.files, configuration, {}, jobs)
    except Trouble as error:
        raise RuntimeError(error.message) from None
    return _findings(report, {})


def _check_keys(keys: Sequence[str], configuration: Configuration, paths: Sequence[str]) -> None:
    rules = configuration.rules(configuration.of_all(paths))
    for key in keys:
        rules.matching(key)


def check_source(
    source: str | bytes, filename: str = "<string>", *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[Diagnostic]:
    """The findings of the default rules, or of those that ``select`` and ``ignore`` choose, for one source text.
    ``filename`` is the path to report; imports are looked up beside it. No configuration is read.

    :raises initlint.selection.UnknownRuleError: a key names no rule.
    :raises RuntimeError: the analysis failed through a fault of its own.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    path = filename.replace(os.sep, "/")
    overlay = {path: data}
    return _findings(check_files([path], selected_codes(select, ignore), overlay=overlay), overlay)


def trace(path: str | os.PathLike[str], class_name: str, /, **arguments: Any) -> Trace:
    """What is predicted to happen to the signal and the gradient of one class at initialisation, layer by layer.
    ``arguments`` are given to its constructor, whose defaults count otherwise.

    :raises FileNotFoundError: there is no such file.
    :raises initlint.ConfigError: the configuration cannot be used.
    :raises ValueError: the file has no such module class, or it could not be read; the text says why.
    """
    return traced(os.fspath(path), class_name, arguments)[0]


def traced(path: str, class_name: str, arguments: Mapping[str, object]) -> tuple[Trace, Worker]:
    """The same, with the worker that knows where the places are."""
    if not os.path.lexists(path):
        raise FileNotFoundError(path)
    worker = Worker(extension=load(path).catalog)
    namespace = worker.project.namespace(path)
    if namespace is None:
        raise ValueError(f"{one_line(path)} cannot be read as Python")
    model = read_class(worker.project, namespace, class_name, arguments)
    if not isinstance(model, Model):
        why = f"not read: {model.why}" if isinstance(model, NotRead) else f"{one_line(path)} has no such module class"
        raise ValueError(f"class {class_name}: {why}")
    found = trace_model(model)
    if isinstance(found, Unknown):
        raise ValueError(f"class {class_name}: {found.why}")
    return found, worker


def _findings(report: Report, overlay: dict[str, bytes]) -> list[Diagnostic]:
    for path, failure in report.failures:
        raise RuntimeError(f"{path}: {failure}")
    for rule, did in report.complaints:
        raise RuntimeError(f"{rule} {did}")
    return list(in_cells(report.diagnostics, Sources(overlay)))
