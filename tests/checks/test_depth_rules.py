"""The rules on stacks that die or explode with depth, on hand-made facts: each fault is named by one of them."""

from __future__ import annotations

import pytest
from facts_builder import UNKNOWN, chain, constant, default, facts, kaiming, normal, run, stack, write, xavier

from initlint.checks import (
    deep_without_skip,
    default_init_deep_relu,
    missing_norm,
    sigmoid_hidden_stack,
    vanishing_gradient,
    weight_scale_too_large,
    weight_scale_too_small,
)
from initlint.diagnostics import Finding, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.unknown import Unknown
from initlint.signal.facts import Facts

DEFAULT, SMALL = write(default()), write(normal(std=0.01))
FITTED = write(kaiming())


def both(given: Facts) -> tuple[list[Finding], list[Finding]]:
    return run(missing_norm.check, given), run(default_init_deep_relu.check, given)


def deep(
    init: InitAction,
    end: float | Unknown,
    depth: int = 12,
    activation: str = "relu",
    tolerance: float = 0.0,
    backward: float = 1.0,
) -> Facts:
    layers = chain(init, depth, activation=activation)
    given = stack(layers, end, backward=backward, tolerance=tolerance, default=init.initializer.scheme == "default")
    return facts(layers, [given])


def test_default_relu_is_il302_and_points_at_the_first_layer() -> None:
    missing, [finding] = both(deep(DEFAULT, 3e-5))
    assert missing == [] and finding.layer == "fc0"
    assert finding.message.startswith("inputs become indistinguishable: their spread falls to ×3.0e-05 over 12 hidden")
    assert "keeps 1/6 of the variance at each ReLU" in finding.message


def test_default_tanh_is_il301() -> None:
    [finding], default_relu = both(deep(DEFAULT, 3e-5, activation="tanh"))
    assert default_relu == [] and "PyTorch's default init compounds" in finding.message


def test_a_scale_by_the_fan_is_il301() -> None:
    [finding], default_relu = both(deep(FITTED, 5e3))
    assert default_relu == [] and finding.message.startswith("the signal explodes: its spread grows to ×5000")
    assert (FITTED.place, "the scale is set here") in finding.related


def test_a_scale_written_by_hand_has_rules_of_its_own() -> None:
    for end, check, other in (
        (5e3, weight_scale_too_large, weight_scale_too_small),
        (1e-5, weight_scale_too_small, weight_scale_too_large),
    ):
        given = deep(SMALL, end)
        [finding] = run(check.check, given)
        assert finding.place == SMALL.place and "`normal_` of std 0.01" in finding.message
        assert run(other.check, given) == [] and both(given) == ([], [])


def test_sigmoids_are_named_a_decade_earlier() -> None:
    for gradient, expected in ((2e-2, 0), (5e-3, 1)):
        given = deep(FITTED, 0.01, activation="sigmoid", backward=gradient)
        assert len(run(sigmoid_hidden_stack.check, given)) == expected
        assert run(vanishing_gradient.check, given) == [] and both(given) == ([], [])


def test_a_gradient_that_dies_alone_is_il303() -> None:
    for end in (0.5, 1e-5):  # the states of hand-made facts are all 1: a glance shows nothing
        given = deep(FITTED, end, activation="elu", backward=1e-4)
        [finding] = run(vanishing_gradient.check, given)
        assert "its gradient is ×1.0e-04" in finding.message and both(given) == ([], [])
    assert run(vanishing_gradient.check, deep(FITTED, 0.5, backward=2e-3)) == []


def test_long_stacks_are_advice_unless_something_is_wrong() -> None:
    for end, depth, expected in ((1.0, 19, 0), (1.0, 20, 1), (1e-5, 20, 0)):
        found = run(deep_without_skip.check, deep(FITTED, end, depth=depth))
        assert len(found) == expected and all(each.severity is Severity.INFO for each in found)


@pytest.mark.parametrize("end", [1.0, 2e-3, 9e2, UNKNOWN, float("nan")])
def test_silent_inside_the_limits_or_where_not_known(end: float | Unknown) -> None:
    assert both(deep(SMALL, end)) == ([], []) and both(deep(DEFAULT, end)) == ([], [])


def test_an_estimate_must_leave_the_limits_by_twice_its_tolerance() -> None:
    assert both(deep(FITTED, 3e-4, tolerance=0.3)) == ([], [])
    assert len(both(deep(FITTED, 2e-4, tolerance=0.3))[0]) == 1


def test_two_hidden_layers_are_not_deep() -> None:
    assert both(deep(SMALL, 1e-9, depth=2)) == ([], [])


@pytest.mark.parametrize("init", [xavier(std=0.125), constant(0.01)])
def test_a_named_cause_speaks_for_itself(init: object) -> None:
    assert both(deep(write(init), 1e-5)) == ([], [])  # type: ignore[arg-type]


def test_stacks_built_at_one_place_are_one_finding() -> None:
    layers = chain(DEFAULT, 12)
    given = stack(layers, 3e-5, default=True)
    assert len(both(facts(layers, [given, given]))[1]) == 1
