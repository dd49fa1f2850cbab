"""Fixtures: a folder to work in, a way to run the command line, and an analysis that says what the test wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from initlint.cli import app
from initlint.diagnostics import Confidence, Diagnostic, Severity
from initlint.ir.place import Span
from initlint.results import FileResult

Run = Callable[..., Result]
Fake = Callable[..., None]

# One fault of a kind that needs no knowledge of models, and a clean file.
FAULTY = "from torch import nn\n\n\ndef init(m):\n    nn.init.xavier_uniform(m.weight)\n\n\ninit\n"
CLEAN = "from torch import nn\n\nlayer = nn.Linear(3, 4)\n"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, in an environment that says nothing of colours."""
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Runs the command line in this process."""

    def invoke(*arguments: str, **options: object) -> Result:
        result = CliRunner().invoke(app, list(arguments), **options)  # type: ignore[arg-type]
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Replaces the analysis by given results."""

    def install(*results: FileResult) -> None:
        by_path = {result.path: result for result in results}

        def analyse(paths: Sequence[str], *_: object) -> list[FileResult]:
            return [by_path.get(path, FileResult(path)) for path in paths]

        monkeypatch.setattr("initlint.engine.analyse", analyse)

    return install


def finding(path: str = "net.py", line: int = 1, column: int = 1, **changes: object) -> Diagnostic:
    """A finding of IL201 on three characters, changed as wanted."""
    values: dict[str, object] = {
        "code": "IL201",
        "name": "xavier-before-relu",
        "severity": Severity.WARNING,
        "confidence": Confidence.HIGH,
        "message": "variance halves",
        "span": Span(path, line, column, line, column + 3),
    }
    return Diagnostic(**{**values, **changes})  # type: ignore[arg-type]
