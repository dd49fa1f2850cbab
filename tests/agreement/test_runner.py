"""The runner of ``make agreement``: results are kept as they come, one process for each model, in a fair order."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from tests.agreement.real.examine import examine  # noqa: E402
from tests.agreement.real.kept import Results, circumstances, from_json, to_json  # noqa: E402
from tests.agreement.real.libraries import Candidate  # noqa: E402
from tests.agreement.real.order import spread  # noqa: E402
from tests.agreement.real.report import page  # noqa: E402
from tests.agreement.real.workers import Limits, examined  # noqa: E402


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Linear(3, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x)


def never() -> nn.Module:
    while True:
        time.sleep(0.1)


def dies() -> nn.Module:
    os._exit(7)


def spins() -> nn.Module:
    while True:
        pass


SMALL = Candidate("own", "Small", "own", Small)


def test_a_model_that_hangs_dies_or_fails_costs_no_other() -> None:
    given = [replace(SMALL, name=build.__name__, build=build) for build in (dies, spins, Small)]
    found = {each.name: each for each in examined(given, 3, Limits(0.5, 2**33, patience=60))}
    assert found["dies"].failure == "the process ended with 7"
    assert found["spins"].failure == "live: more than 0.5 s of the processor"
    assert found["Small"].failure == ""
    assert (found["Small"].comparison.parameters, found["Small"].comparison.wrong) == (2, [])


def test_a_model_that_waits_for_ever_is_stopped() -> None:
    (found,) = examined([replace(SMALL, build=never)], 1, Limits(0.5, 2**33, patience=1))
    assert found.failure == "stopped: too long by the clock"


def test_no_model_is_begun_after_the_time_given() -> None:
    assert list(examined([SMALL], 1, Limits(1.0, 2**33, stop_after=-1.0))) == []


def test_results_are_kept_line_by_line(tmp_path: Path) -> None:
    """A line cut off in the middle costs that model alone."""
    path = tmp_path / "results.jsonl"
    result = examine(SMALL)
    assert from_json(to_json(result)) == result
    kept = Results(path)
    kept.begin(circumstances(["own", "own"]))
    kept.add(result)
    kept.add(replace(result, name="Second"))
    path.write_bytes(path.read_bytes()[:-9])
    again = Results(path)
    again.begin(circumstances(["own", "own"]))
    assert again.examinations == [result]
    again.add(replace(result, name="Second"))
    assert [each.name for each in Results(path).examinations] == ["Small", "Second"]
    assert again.circumstances is not None
    assert "2 of 2 models of own" in page(again.examinations, again.circumstances)


def test_results_of_other_versions_are_not_mixed(tmp_path: Path) -> None:
    now = circumstances(["own"])
    kept = Results(tmp_path / "results.jsonl")
    kept.begin(now)
    with pytest.raises(ValueError, match="was made with"):
        kept.begin(replace(now, versions={**now.versions, "torch": "1.0"}))


def test_each_beginning_of_the_order_is_a_fair_sample() -> None:
    sizes = {"a": 60, "b": 30, "c": 7, "d": 3}
    every = [replace(SMALL, name=f"{family}{n}", family=family) for family, size in sizes.items() for n in range(size)]
    order = spread(every)
    assert sorted(each.name for each in order) == sorted(each.name for each in every)
    for part in (10, 33, 50):
        found = Counter(each.family for each in order[:part])
        assert all(abs(found[family] - part * size / 100) <= 2 for family, size in sizes.items()), found
