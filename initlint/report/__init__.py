"""From findings to text, in one of several formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from initlint.diagnostics import Diagnostic
from initlint.report import concise, full, github, json
from initlint.report.frame import Sources
from initlint.report.paint import Painter

Renderer = Callable[[Sequence[Diagnostic], Sources, Painter], str]

RENDERERS: dict[str, Renderer] = {
    "full": full.render,
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
}
# The formats for people, which end with a summary.
FOR_PEOPLE = frozenset({"full", "concise"})
