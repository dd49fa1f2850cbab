"""From findings to text, in one of several formats."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from initlint.engine import Report
from initlint.report.paint import Painter
from initlint.sources import Sources

Renderer = Callable[[Report, Sources, Painter], str]


def _renderer(form: str) -> Renderer:
    """The renderer of a module of this package, which is imported when it is asked to render."""

    def render(report: Report, sources: Sources, painter: Painter) -> str:
        text: str = import_module(f"initlint.report.{form}").render(report, sources, painter)
        return text

    return render


RENDERERS: dict[str, Renderer] = {
    form: _renderer(form)
    for form in ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson")
}
# The formats for people, which end with a summary.
FOR_PEOPLE = frozenset({"full", "concise"})
