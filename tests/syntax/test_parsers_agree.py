"""What ast and libcst read of the same file is the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from initlint.ir import code
from initlint.syntax.lower import lower
from initlint.syntax.newer import lowering
from initlint.syntax.outline import Outline, outline
from initlint.syntax.source import Source, read_source

_TESTS = Path(__file__).parent.parent
_FILES = [*sorted((_TESTS / "models").glob("*.py")), Path(ast.__file__), Path(__file__)]


def _shape(statements: tuple[code.Stmt, ...]) -> str:
    text = re.sub(r",? ?at=\d+", "", repr(statements))
    # Two literals side by side in an f-string are one to ast.
    return re.sub(r"(Const\(value='[^']*)'\), Const\(value='", r"\1", text)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_both_read_the_same(path: Path) -> None:
    source = read_source(str(path), path.read_bytes())
    assert isinstance(source, Source)
    found = outline(source)
    assert isinstance(found, Outline)
    for segment in found.segments:
        assert _shape(lower(segment)) == _shape(lowering.lower_recording(segment)[0])
