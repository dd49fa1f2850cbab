"""Another way to write the same program has the same findings."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.observe import summary
from tests.laws.programs import Files, programs
from tests.laws.transform import CHANGES, plain, split_files, swapped_statements

ROOT = Path(__file__).resolve().parents[1]
# Their text is no Python on purpose, or is about comments.
_SKIPPED = {"syntax-error", "unreadable-file", "unknown-rule", "unused-suppression", "not-analysed"}
GAPS = (ROOT / "cases" / "known_gaps.txt").read_text(encoding="utf-8")
FILES = [path for path in sorted((ROOT.parent / "rules").glob("*/bad.py")) if path.parent.name not in _SKIPPED]
FILES += sorted((ROOT / "models").glob("[a-z]*.py"))
FILES += [path for path in sorted((ROOT / "cases").glob("*/faulty/*.py")) if path.name not in GAPS]
Change = Callable[[random.Random, str], Files]


def assert_same(change: Change, text: str, seed: int) -> None:
    changed = change(random.Random(seed), text)
    # Of several layers with one fault, the first is named.
    layers = change is not swapped_statements
    assert summary(changed, layers) == summary({"net.py": plain(text)}, layers), "\n".join(changed.values())


each_change = pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])


@pytest.mark.parametrize("number", range(len(FILES)), ids=[f"{path.parent.name}-{path.stem}" for path in FILES])
def test_real_files(number: int) -> None:
    text = FILES[number].read_text(encoding="utf-8")
    # Two of the changes for each file, so that each change meets many files.
    for change in (CHANGES[number % len(CHANGES)], CHANGES[(number + 2) % len(CHANGES)]):
        # A loss is not followed to the model that another file hands to its function, nor what entry points of another
        # file give a builder.
        apart = "# expect: activation-before-loss" in text or FILES[number].stem == "built_by_entry_points"
        if change is not split_files or not apart:
            assert_same(change, text, number)


@each_change
@given(files=programs(helpers=False), seed=st.integers(0, 2**16))
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_random_programs(change: Change, files: Files, seed: int) -> None:
    assert_same(change, files["net.py"], seed)
