"""The comparison itself: it tells a right model from one that is a little wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")

from initlint.ir.initializer import Initializer  # noqa: E402
from initlint.ir.model import Model, Parameter  # noqa: E402
from tests.agreement.compare import compare, distribution_problem, live_modules  # noqa: E402
from tests.agreement.test_models import CASES, builder, read  # noqa: E402
from tests.agreement.trace import trace  # noqa: E402

MLP = next(case for case in CASES if case.name == "TenLayers")


def changed(model: Model, target: str, /, **changes: object) -> Model:
    """The model with one parameter changed."""

    def change(parameter: Parameter) -> Parameter:
        return replace(parameter, **changes) if parameter.name == target else parameter  # type: ignore[arg-type]

    return replace(model, parameters=tuple(change(parameter) for parameter in model.parameters))


def test_it_sees_a_wrong_name_shape_and_initialiser() -> None:
    model, live = read(MLP), live_modules(builder(MLP))
    assert compare(model, live).wrong == []
    assert len(compare(changed(model, "layers.3.weight", shape=(128, 127)), live).wrong) == 1
    renamed = compare(changed(model, "layers.3.weight", name="layers.3.kernel"), live)
    assert renamed.missing == ["layers.3.weight"] and len(renamed.wrong) == 1
    others = next(parameter for parameter in model.parameters if parameter.name == "layers.9.weight").candidates
    assert len(compare(changed(model, "layers.3.weight", candidates=others), live).wrong) == 1
    assert len(compare(changed(model, "layers.3.bias", trainable=False), live).wrong) == 1


@pytest.mark.parametrize(
    ("initializer", "right"),
    [
        (Initializer("normal_", "normal", 0.0, 0.1), True),
        (Initializer("normal_", "normal", 0.0, 0.106), False),
        (Initializer("normal_", "normal", 0.005, 0.1), False),
        (Initializer("uniform_", "uniform", 0.0, 0.1), False),
        (Initializer("zeros_", "constant", 0.0, 0.0), False),
    ],
)
def test_it_sees_a_wrong_distribution(initializer: Initializer, right: bool) -> None:
    values = torch.randn(20_000, generator=torch.Generator().manual_seed(0)).double() * 0.1
    assert (distribution_problem(initializer, values) is None) == right


def test_the_trace_sees_order_and_consumers() -> None:
    nn = torch.nn
    model = nn.Sequential(
        nn.Linear(2, 3), nn.ReLU(), nn.Dropout(0.1), nn.Linear(3, 3), nn.LayerNorm(3), nn.Linear(3, 1)
    )
    seen = trace(model, torch.randn(4, 2))
    assert seen.calls == ["0", "3", "5"]
    assert seen.next == {"0": {"activation:relu"}, "3": {"norm"}, "5": {"output"}}
