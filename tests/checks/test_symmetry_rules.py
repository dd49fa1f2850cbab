"""IL101 zero-weight-init and IL102 constant-weight-init on hand-made facts."""

from __future__ import annotations

from typing import Any

import pytest
from facts_builder import UNKNOWN, chain, constant, facts, kaiming, layer, normal, run, write

from initlint.checks import constant_weight_init, zero_weight_init
from initlint.diagnostics import Finding, Severity
from initlint.signal.facts import Facts

ZERO, HE, SAME = write(constant(0)), write(kaiming()), write(constant(0.01))


def zeros(given: Facts) -> list[Finding]:
    return run(zero_weight_init.check, given)


def copies(given: Facts) -> list[Finding]:
    return run(constant_weight_init.check, given)


def test_zero_before_relu_with_zero_bias_is_dead() -> None:
    [finding] = zeros(facts(chain(ZERO, 3, HE, bias=constant(0))))
    assert finding.severity is Severity.ERROR
    assert "`fc0`, `fc1` and `fc2` can never learn" in finding.message
    assert finding.place == ZERO.place and finding.layer == "fc0" and finding.class_name == "Net"


def test_zero_before_relu_with_a_random_bias_wakes() -> None:
    [finding] = zeros(facts([layer(0, ZERO, bias=normal()), layer(1, HE, head=True)]))
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("no input and no gradient passes `fc0`")


def test_zero_before_tanh_is_dead_only_if_the_next_weight_is_zero_too() -> None:
    hidden = layer(0, ZERO, activation="tanh")
    [awake] = zeros(facts([hidden, layer(1, HE, head=True)]))
    [dead] = zeros(facts([hidden, layer(1, ZERO, head=True)]))
    assert (awake.severity, dead.severity) == (Severity.WARNING, Severity.ERROR)
    assert "`fc1` behind it is zero, too" in dead.message


@pytest.mark.parametrize(
    "changed",
    [
        {"head": True},
        {"ends_branch": True},
        {"in_branch": True, "activation": "tanh"},
        {"in_branch": None, "activation": "tanh"},
        {"sole_carrier": False, "activation": "tanh"},
        {"sole_carrier": None, "activation": "tanh"},
        {"feeds": ()},
        {"kind": "embedding"},
        {"kind": "recurrent"},
        {"trainable": False},
    ],
)
def test_zero_is_silent_where_something_else_carries_the_signal(changed: dict[str, Any]) -> None:
    assert zeros(facts([layer(0, ZERO, **changed), layer(1, HE, head=True)])) == []


@pytest.mark.parametrize("changed", [{"in_branch": True}, {"in_branch": None}, {"sole_carrier": False}])
def test_zero_before_relu_is_dead_wherever_it_stands(changed: dict[str, Any]) -> None:
    [finding] = zeros(facts([layer(0, ZERO, **changed), layer(1, HE, head=True)]))
    assert finding.severity is Severity.ERROR


def test_zero_is_silent_where_another_write_may_win() -> None:
    assert zeros(facts([layer(0, [ZERO, HE]), layer(1, HE, head=True)])) == []


def test_zeros_made_for_a_product_count_but_not_for_a_layer_type_with_its_own_init() -> None:
    made = write(constant(0, "torch.zeros"), explicit=False)
    assert len(zeros(facts([layer(0, made, kind="matmul"), layer(1, HE, head=True)]))) == 1
    assert zeros(facts([layer(0, made, kind="conv"), layer(1, HE, head=True)])) == []


def test_one_constant_hidden_layer_is_a_warning_and_two_an_error() -> None:
    [one] = copies(facts([layer(0, SAME), layer(1, HE, head=True)]))
    [two] = copies(facts(chain(SAME, 2)))
    assert (one.severity, two.severity) == (Severity.WARNING, Severity.ERROR)
    assert "every weight is 0.01" in one.message and "for ever" in two.message


def test_dropout_breaks_the_symmetry_in_the_end() -> None:
    [finding] = copies(facts(chain(SAME, 2), dropout=True))
    assert finding.severity is Severity.WARNING


def test_swapped_mean_and_std_are_named() -> None:
    [finding] = copies(facts([layer(0, write(normal(0.02, 0.0))), layer(1, HE, head=True)]))
    assert finding.severity is Severity.ERROR
    assert "mean 0.02 and std 0 are swapped; use `normal_(…, 0, 0.02)`" in finding.message


@pytest.mark.parametrize(
    "changed",
    [
        {"head": True},
        {"groups": 64},
        {"groups": UNKNOWN},
        {"trainable": False},
        {"size": (64, 1)},
        {"size": (64, UNKNOWN)},
        {"sole_carrier": None},
        {"ends_branch": True},
        {"kind": "embedding"},
    ],
)
def test_constant_is_silent(changed: dict[str, Any]) -> None:
    assert copies(facts([layer(0, SAME, **changed), layer(1, SAME, head=True)])) == []
