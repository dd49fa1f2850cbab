"""Idioms of forwards: the graph that is read of each case is that of the live pass.

What runs in which order and what stands around each weight layer is compared. `OPEN` of a case lists the answers that
the static graph leaves open, as `weight: question`, for the reason given there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from initlint.ir.unknown import Unknown  # noqa: E402
from tests.agreement.compare import static_model  # noqa: E402
from tests.agreement.real_order.figures import compared  # noqa: E402
from tests.agreement.real_order.inputs import others  # noqa: E402
from tests.agreement.real_order.questions import Answers, live_answers  # noqa: E402
from tests.agreement.real_order.static import static_answers  # noqa: E402
from tests.agreement.real_order.watch import watch  # noqa: E402
from tests.idioms.test_idioms import ROOT, imported  # noqa: E402

CASES = sorted((ROOT / "forward").glob("*.py"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_forward_is_read_as_it_runs(path: Path) -> None:
    with imported(path) as module:
        torch.manual_seed(1)
        built, inputs = module.build().train(), module.inputs()  # type: ignore[attr-defined]
        live = live_answers(watch(built, inputs), others(built, inputs))
        left_open = sorted(getattr(module, "OPEN", ()))
    model = static_model(path.as_posix(), "build")
    assert not isinstance(model.graph, Unknown), model.graph.why
    static = static_answers(model)
    found = compared(path.stem, model, live)
    assert (found.wrong, found.extra) == ([], [])
    assert found.calls > 0
    assert [name for name, _ in static] == [name for name, _ in live]
    assert _unknown(static) == left_open


def _unknown(answers: list[tuple[str, Answers]]) -> list[str]:
    times: dict[str, int] = defaultdict(int)
    found = []
    for name, answer in answers:
        times[name] += 1
        call = f" ({times[name]})" if times[name] > 1 else ""
        found += [f"{name}{call}: {each.name}" for each in fields(answer) if getattr(answer, each.name) is None]
    return sorted(found)
