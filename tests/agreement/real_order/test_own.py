"""The answers about each weight layer of our own models are those of the live pass."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from tests.agreement.real_order.figures import Figures, compared  # noqa: E402
from tests.agreement.real_order.inputs import others  # noqa: E402
from tests.agreement.real_order.questions import live_answers  # noqa: E402
from tests.agreement.real_order.watch import watch  # noqa: E402
from tests.agreement.test_models import CASES, Case, builder, example, read  # noqa: E402


def figures(case: Case) -> Figures:
    """The figures of one of our own models."""
    built, inputs = builder(case)(), [example(case)]
    return compared(case.name, read(case), live_answers(watch(built, inputs), others(built, inputs)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answers_are_those_of_the_live_pass(case: Case) -> None:
    found = figures(case)
    assert found.wrong == []
    assert found.extra == []
    assert found.calls > 0


def test_nearly_all_answers_are_known() -> None:
    total = Figures()
    for case in CASES:
        total.add(figures(case))
    assert total.known_share >= 0.95, "\n".join(total.lines())
