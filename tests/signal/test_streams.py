"""Residual streams and logits among the facts."""

from __future__ import annotations

import math

import pytest

from initlint.ir.unknown import Unknown
from tests.signal.helpers import Net, constant, scaled


def blocks(depth: int, last: float, norm: str = "", after: str = "") -> Net:
    """``depth`` blocks x + f(x), each of two layers, the second with that gain."""
    net = Net()
    x = net.linear(net.input(), init=scaled(1.0, 64))
    for _ in range(depth):
        y = net.norm(x, norm) if norm else x
        y = net.act(net.linear(y, init=scaled(2.0, 64)))
        x = net.add(x, net.linear(y, init=scaled(last, 64) if last else constant(0.0)))
        x = net.act(x, after) if after else x
    net.linear(x, 64, 10, scaled(1.0, 64))
    return net


@pytest.mark.parametrize(("last", "growth"), [(2.0, 3.0), (0.1, 1.1), (0.0, 1.0)])
def test_growth_of_a_stream(last: float, growth: float) -> None:
    (stream,) = blocks(6, last).facts().streams
    assert stream.blocks == 6 and stream.rough == (0.0,) * 6
    assert stream.growth == pytest.approx((growth,) * 6)
    assert len(stream.ends) == 6 and all(each.ends_branch for each in stream.ends)


def test_an_activation_behind_the_sum_goes_on() -> None:
    (stream,) = blocks(4, 2.0, after="relu").facts().streams
    known = [value for value in stream.growth if not isinstance(value, Unknown)]
    assert stream.blocks == 4 and len(known) == 4 and stream.rough[-1] >= 0
    assert 2 < known[-1] < 3.5


def test_norms_and_single_blocks_are_no_stream() -> None:
    assert blocks(6, 2.0, norm="layer").facts().streams == ()
    assert blocks(1, 2.0).facts().streams == ()


def test_a_stream_starts_afresh_behind_what_is_not_known() -> None:
    net = Net()
    x = net.op("opaque", "fft", net.input())
    for _ in range(3):
        x = net.add(x, net.linear(net.act(net.linear(x, init=scaled(2.0, 64))), init=scaled(2.0, 64)))
    net.linear(x, 64, 10, scaled(1.0, 64))
    (stream,) = net.facts().streams
    assert stream.growth == pytest.approx((3.0,) * 3)


def test_logits() -> None:
    net = Net()
    table = net.fill("embed.weight", (500, 64), scaled(1.0, 1.0), layer="embed")
    x = net.norm(net.op("layer", "embedding", net.input(), weight=table), "layer")
    net.op("layer", "linear", x, weight=table)
    (tied,) = net.facts().logits
    assert tied.tied and tied.classes == 500 and math.isclose(float(tied.second), 64, rel_tol=1e-3)  # type: ignore[arg-type]
    for reader, expected in (("log_softmax", 1), ("", 0)):
        net = Net()
        head = net.linear(net.act(net.linear(net.input(), init=scaled(2.0, 64))), 64, 10, scaled(8.0, 64))
        scaled_head = net.op("mul", "", head, value=0.5)
        net.output(net.op("softmax", reader, scaled_head) if reader else scaled_head)
        found = net.facts().logits
        assert len(found) == expected and all(each.second == pytest.approx(2.0) for each in found)
