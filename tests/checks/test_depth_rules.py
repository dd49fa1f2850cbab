"""IL301 missing-norm and IL302 default-init-deep-relu on hand-made facts."""

from __future__ import annotations

import pytest
from facts_builder import UNKNOWN, chain, constant, default, facts, normal, run, stack, write, xavier

from initlint.checks import default_init_deep_relu, missing_norm
from initlint.diagnostics import Finding
from initlint.ir.initializer import InitAction
from initlint.ir.unknown import Unknown
from initlint.signal.facts import Facts

DEFAULT, SMALL = write(default()), write(normal(std=0.01))


def both(given: Facts) -> tuple[list[Finding], list[Finding]]:
    return run(missing_norm.check, given), run(default_init_deep_relu.check, given)


def deep(
    init: InitAction,
    end: float | Unknown,
    depth: int = 12,
    activation: str = "relu",
    tolerance: float = 0.0,
) -> Facts:
    layers = chain(init, depth, activation=activation)
    given = stack(layers, end, tolerance=tolerance, default=init.initializer.scheme == "default")
    return facts(layers, [given])


def test_default_relu_is_il302_and_points_at_the_first_layer() -> None:
    missing, [finding] = both(deep(DEFAULT, 3e-5))
    assert missing == [] and finding.layer == "fc0"
    assert finding.message.startswith("inputs become indistinguishable: their spread falls to ×3.0e-05 over 12 hidden")
    assert "keeps 1/6 of the variance at each ReLU" in finding.message


def test_default_tanh_is_il301() -> None:
    [finding], default_relu = both(deep(DEFAULT, 3e-5, activation="tanh"))
    assert default_relu == [] and "PyTorch's default init compounds" in finding.message


def test_hand_set_scale_is_il301() -> None:
    [finding], default_relu = both(deep(SMALL, 5e3))
    assert default_relu == [] and finding.message.startswith("the signal explodes: its spread grows to ×5000")
    assert (SMALL.place, "the scale is set here") in finding.related


@pytest.mark.parametrize("end", [1.0, 2e-3, 9e2, UNKNOWN, float("nan")])
def test_silent_inside_the_limits_or_where_not_known(end: float | Unknown) -> None:
    assert both(deep(SMALL, end)) == ([], []) and both(deep(DEFAULT, end)) == ([], [])


def test_an_estimate_must_leave_the_limits_by_twice_its_tolerance() -> None:
    assert both(deep(SMALL, 3e-4, tolerance=0.3)) == ([], [])
    assert len(both(deep(SMALL, 2e-4, tolerance=0.3))[0]) == 1


def test_two_hidden_layers_are_not_deep() -> None:
    assert both(deep(SMALL, 1e-9, depth=2)) == ([], [])


@pytest.mark.parametrize("init", [xavier(std=0.125), constant(0.01)])
def test_a_named_cause_speaks_for_itself(init: object) -> None:
    assert both(deep(write(init), 1e-5)) == ([], [])  # type: ignore[arg-type]


def test_stacks_built_at_one_place_are_one_finding() -> None:
    layers = chain(DEFAULT, 12)
    given = stack(layers, 3e-5, default=True)
    assert len(both(facts(layers, [given, given]))[1]) == 1
