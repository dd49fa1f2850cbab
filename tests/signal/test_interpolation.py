"""A step towards another value, ``x + a·(f(x) − x)``, however it is written, is what torch measures of it."""

from __future__ import annotations

import pytest

from initlint.signal.meanfield.run import Prediction, predict
from initlint.signal.meanfield.value import Gradient, Value
from tests.signal.helpers import Net, constant

_STEPS = 6


def _net(form: str, share: float, direct: bool) -> tuple[Prediction, list[int]]:
    """Some steps, and the op that ends each; ``direct`` says that f(x) is x and a layer's output."""
    net = Net()
    x = net.input()
    sums = []
    factor = net.op("parameter", "", weight=net.fill("factor", (64,), constant(share)))
    for _ in range(_STEPS):
        end = net.linear(x)
        end = net.op("add", "", end, x) if direct else end
        if form == "share":
            rest = net.op("sub", "reversed", factor, value=1.0)
            x = net.op("add", "", net.op("mul", "", rest, x), net.op("mul", "", end, factor))
        elif form == "scalar":
            moved = net.op("mul", "", net.op("sub", "", end, x), value=share)
            x = net.op("add", "", moved, x)
        elif form == "away":
            x = net.op("sub", "", x, net.op("mul", "", factor, net.op("sub", "", x, end)))
        else:
            moved = net.op("mul", "", net.op("sub", "", end, x), factor)
            x = net.op("add", "", x, net.op("dropout", "", moved))
        sums.append(x)
    net.op("output", "", net.linear(x))
    return predict(net.model()), sums


@pytest.mark.parametrize("form", ["share", "scalar", "away", "dropped"])
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_each_step_keeps_what_it_does_not_replace(form: str, share: float) -> None:
    found, sums = _net(form, share, direct=False)
    step = (1 - share) ** 2 + share**2 / 3  # torch's default: a third of the second moment
    seconds = [found.values[number] for number in sums]
    gradients = [found.gradients[number] for number in sums]
    assert all(isinstance(each, Value) for each in seconds)
    for before, after in zip(gradients, gradients[1:]):
        assert isinstance(before, Gradient) and isinstance(after, Gradient)
        assert float(before.second) == pytest.approx(step * float(after.second), rel=1e-3)  # type: ignore[arg-type]
    last = seconds[-1]
    assert isinstance(last, Value)
    assert last.across * float(last.second) == pytest.approx(step**_STEPS, rel=1e-3)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["share", "scalar", "away", "dropped"])
def test_a_step_towards_a_residual_keeps_the_stream(form: str) -> None:
    found, sums = _net(form, 0.5, direct=True)
    last = found.values[sums[-1]]
    assert isinstance(last, Value)
    assert last.across * float(last.second) == pytest.approx((1 + 0.25 / 3) ** _STEPS, rel=1e-3)  # type: ignore[arg-type]
