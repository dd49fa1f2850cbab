"""One JSON object on each line, as :mod:`initlint.report.json` has them in its array."""

from __future__ import annotations

import json

from initlint.engine import Report
from initlint.report.json import objects
from initlint.report.paint import Painter
from initlint.sources import Sources


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """The findings, one on each line. Text is ASCII, so that no encoding can spoil it."""
    return "".join(f"{json.dumps(each)}\n" for each in objects(report, sources))
