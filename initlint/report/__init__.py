"""From findings to text, in one of several formats."""

from __future__ import annotations

from collections.abc import Callable

from initlint.engine import Report
from initlint.report import concise, full, github, gitlab, json, jsonl, junit, rdjson, sarif
from initlint.report.paint import Painter
from initlint.sources import Sources

Renderer = Callable[[Report, Sources, Painter], str]

RENDERERS: dict[str, Renderer] = {
    "full": full.render,
    "concise": concise.render,
    "json": json.render,
    "jsonl": jsonl.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "rdjson": rdjson.render,
}
# The formats for people, which end with a summary.
FOR_PEOPLE = frozenset({"full", "concise"})
