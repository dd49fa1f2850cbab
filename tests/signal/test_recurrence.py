"""Recurrent cells written out: which layers are recurrent, and how fast nearby states move apart."""

from __future__ import annotations

import pytest

from initlint.ir.unknown import Unknown
from initlint.signal.recurrence import recurrence
from tests.signal.helpers import Net, layer, scaled


def unrolled(state: int = 64, step: int = 2, gain: float = 2.0, leaky: bool = False, looped: bool = True) -> Net:
    """φ(W·[x, h]) for two steps in a loop."""
    net = Net()
    x, h = net.input(), net.op("constant", "zeros")
    start = len(net.ops)
    weight = net.fill("cell.weight", (state, state + step), scaled(gain, state + step), layer="cell")
    for _ in range(2):
        product = net.op("layer", "linear", net.op("cat", "", x, h), weight=weight)
        new = net.act(product, "tanh")
        h = net.add(new, h) if leaky else new
    if looped:
        net.repeats = [(number, "steps") for number in range(start, len(net.ops))]
    net.linear(h)
    return net


def growth(net: Net) -> float | Unknown | None:
    found = net.facts()
    first = next(op.id for op in net.ops if op.kind == "layer")
    cell = recurrence(found, layer(found, first))
    return None if cell is None else cell.growth


def test_growth_of_states() -> None:
    # The numbers measured over 150 steps of such cells: hundreds, and ×0.3 to ×8.
    assert growth(unrolled(256, 6)) == pytest.approx(1.043, abs=2e-3)
    small = growth(unrolled(128, 57))
    assert isinstance(small, float) and small < 0.7


def test_no_cell() -> None:
    assert growth(unrolled(looped=False)) is None
    assert growth(unrolled(leaky=True)) is None


def test_the_matrix_of_the_input_is_not_recurrent() -> None:
    net = Net()
    x, h = net.input(), net.op("constant", "zeros")
    inner = net.fill("i2h.weight", (64, 8), scaled(0.01, 8), layer="i2h")
    state = net.fill("h2h.weight", (64, 64), scaled(2.0, 64), layer="h2h")
    start = len(net.ops)
    for _ in range(2):
        left, right = net.op("layer", "linear", x, weight=inner), net.op("layer", "linear", h, weight=state)
        h = net.act(net.add(left, right), "tanh")
    net.repeats = [(number, "steps") for number in range(start, len(net.ops))]
    found = net.facts()
    assert recurrence(found, layer(found, start)) is None
    cell = recurrence(found, layer(found, start + 1))
    assert cell is not None and isinstance(cell.growth, float) and cell.growth > 1.08
