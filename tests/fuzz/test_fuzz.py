"""A short run of the fuzzer, the same on each day; the long one is recorded in docs/fuzzing.md."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.harness import cases, fuzz, sources

ROOT = Path(__file__).resolve().parents[1]
_COUNT = 300


def test_nothing_crashes_or_hangs() -> None:
    files = sources([ROOT / "cases", ROOT / "models"])
    *_, outcome = fuzz(cases(files, seed=1, start=0, count=_COUNT))
    assert outcome.cases == _COUNT
    # Else the mutations break files too early to reach the interpreter.
    assert outcome.python > _COUNT // 3 and outcome.models > _COUNT // 10
    assert [f"case {case.number} ({case.path.name}): {trouble}" for case, trouble in outcome.troubles] == []


def test_a_case_is_the_same_in_any_range() -> None:
    files = sources([ROOT / "cases"])
    alone, among = next(cases(files, 7, 11, 1)), list(cases(files, 7, 9, 4))[2]
    assert alone == among and alone.number == 11
