"""IL201 xavier-before-relu and IL202 he-before-saturating on hand-made facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from facts_builder import UNKNOWN, chain, default, facts, kaiming, layer, normal, run, stack, write, xavier

from initlint.checks import he_before_saturating, xavier_before_relu
from initlint.diagnostics import Finding, Severity
from initlint.ir.dim import symbol
from initlint.ir.initializer import Initializer
from initlint.ir.model import ForwardGraph, Op
from initlint.signal.facts import Facts

XAVIER, HE = write(xavier(std=0.125)), write(kaiming())  # 64 · 0.125² = 1


def lost(given: Facts) -> list[Finding]:
    return run(xavier_before_relu.check, given)


def driven(given: Facts) -> list[Finding]:
    return run(he_before_saturating.check, given)


def test_a_chain_halves_the_variance_at_each_layer() -> None:
    layers = chain(XAVIER, 12)
    [finding] = lost(facts(layers, [stack(layers, 0.0156)]))
    assert finding.severity is Severity.WARNING and finding.place == XAVIER.place
    assert finding.message == (
        "signal variance halves at each of 12 layers in a row (`fc0`, `fc1` and 10 more; ×2.4e-04 in all): "
        'Xavier has gain 1, too small before ReLU; use `kaiming_normal_(…, nonlinearity="relu")`'
    )


def test_what_the_loss_does_over_the_depth_is_told() -> None:
    layers = chain(XAVIER, 24)
    [finding] = lost(facts(layers, [stack(layers, 2.4e-4)]))
    assert "`fc23` sees ×2.4e-04 of the input's standard deviation" in finding.message


def test_one_layer_is_left_alone() -> None:
    layers = chain(XAVIER, 1)
    assert lost(facts(layers, [stack(layers)])) == []


@pytest.mark.parametrize(("size", "named"), [((64, 64), "Xavier"), ((32, 96), "Xavier"), ((64, 200), "LeCun")])
def test_a_formula_written_out(size: tuple[int, int], named: str) -> None:
    layers = chain(write(normal(0, 0.125)), 4, size=size, gain=1.0)
    [finding] = lost(facts(layers, [stack(layers)]))
    assert finding.severity is Severity.WARNING and f"{named} has gain 1" in finding.message


def test_kaiming_over_twice_as_many_units_is_not_taken_for_lecun() -> None:
    layers = chain(write(normal(0, (2 / (128 * 9)) ** 0.5)), 4, size=(128, 64, 3, 3), gain=1.0)
    assert lost(facts(layers, [stack(layers)])) == []


def test_a_scale_that_is_no_formula_is_left_alone() -> None:
    layers = chain(write(normal(0, 0.1)), 4)
    assert lost(facts(layers, [stack(layers)])) == []


def test_only_layers_of_the_run_are_named() -> None:
    layers = [*chain(XAVIER, 2), *chain(XAVIER, 5)[2:]]
    [finding] = lost(facts(layers, [stack(layers[:2]), stack(layers[2:])]))
    assert "at each of 3 layers in a row (`fc2`, `fc3` and `fc4`; ×0.12 in all)" in finding.message


def test_symbols_that_do_not_cancel_leave_the_direction() -> None:
    layers = chain(XAVIER, 2, gain=UNKNOWN, size=(symbol("d"), symbol("h")))
    [finding] = lost(facts(layers, [stack(layers, UNKNOWN)]))
    assert finding.severity is Severity.INFO and finding.message.startswith("signal variance shrinks at each of 2")


@pytest.mark.parametrize(
    "changed",
    [
        {"norm_after": True},
        {"norm_after": None},
        {"norm_before": True},
        {"norm_before": None},
        {"in_branch": True},
        {"in_branch": None},
        {"activation": "tanh"},
        {"activation": "elu"},
        {"activation": "leaky_relu", "slope": 0.8},
        {"activation": "leaky_relu", "slope": UNKNOWN},
        {"gain": 1.9},
        {"gain": UNKNOWN},
        {"kind": "embedding"},
    ],
)
def test_xavier_is_silent(changed: dict[str, Any]) -> None:
    layers = chain(XAVIER, 4, **changed)
    assert lost(facts(layers, [stack(layers)])) == []


@pytest.mark.parametrize("other", [default(), Initializer("load_state_dict", "loaded")])
def test_an_init_that_some_runs_skip_is_judged_as_it_is(other: Initializer) -> None:
    layers = chain([write(other, explicit=False, may=True), write(xavier(std=0.125), may=True)], 3, gain=UNKNOWN)
    [finding] = lost(facts(layers, [stack(layers, UNKNOWN)]))
    assert finding.severity is Severity.WARNING and finding.place == XAVIER.place
    assert finding.message.startswith("signal variance halves at each of 3 layers in a row")


@pytest.mark.parametrize("other", [kaiming(), normal(), xavier(2**0.5), Initializer("an expression", "unknown")])
def test_an_init_of_another_kind_may_win_instead(other: Initializer) -> None:
    layers = chain([write(xavier(std=0.125), may=True), write(other, may=True)], 3, gain=UNKNOWN)
    assert lost(facts(layers, [stack(layers, UNKNOWN)])) == []


@pytest.mark.parametrize("init", [xavier(2**0.5), default(), kaiming(), normal()])
def test_other_inits_are_not_xavier_without_gain(init: Any) -> None:
    assert lost(facts(chain(write(init), 4))) == []


def test_a_loss_that_another_layer_makes_up_for_is_none() -> None:
    layers = [layer(0, XAVIER), layer(1, write(normal(std=0.25))), layer(2, XAVIER, head=True)]
    assert lost(facts(layers, [stack(layers, 1.4)])) == []


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("gelu", "calculate_gain has none for GELU"), ("leaky_relu", "a=0.2"), ("silu", "its gain √2 fits")],
)
def test_the_remedy_fits_the_activation(name: str, remedy: str) -> None:
    slope = 0.2 if name == "leaky_relu" else None
    layers = chain(XAVIER, 3, activation=name, slope=slope)
    [finding] = lost(facts(layers, [stack(layers)]))
    assert remedy in finding.message


def test_he_before_tanh_is_advice_from_two_layers_on() -> None:
    two, one = chain(HE, 2, activation="tanh"), chain(HE, 1, activation="tanh")
    assert [each.severity for each in driven(facts(two, [stack(two)]))] == [Severity.INFO]
    assert driven(facts(one, [stack(one)])) == []


def test_he_before_hardtanh_compounds() -> None:
    layers = chain(HE, 8, activation="hardtanh")
    [finding] = driven(facts(layers, [stack(layers, backward=2.3)]))
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("gradients grow by ×2.3 from the last hidden layer to the first through 8 layers")
    [unknown] = driven(facts(layers, [stack(layers, backward=UNKNOWN)]))
    assert unknown.message.startswith("gradients grow at each layer through 8 layers in a row")
    [small] = driven(facts(layers, [stack(layers)]))
    assert small.severity is Severity.INFO


def test_he_before_tanh_is_a_warning_where_gradients_leave_the_limits() -> None:
    layers = chain(HE, 40, activation="tanh")
    [finding] = driven(facts(layers, [stack(layers, backward=2e3)]))
    assert finding.severity is Severity.WARNING and "×2000" in finding.message


def cell(fan_in: int, summed: bool = False) -> Facts:
    """A tanh cell with 64 units of state, twice in a loop; ``summed`` adds the input's product before tanh."""
    first = layer(
        1, HE, activation=None if summed else "tanh", next="add" if summed else None, size=(fan_in, 64), gain=2.0
    )
    inputs = Op(3, "layer", "linear", (0,), first.made, weight="fc3.weight")
    plus = Op(4, "add", "", (1, 3) if summed else (1,), first.made)
    tanh = Op(5, "activation", "tanh", (4,) if summed else (1,), first.made)
    again = replace(first, op=replace(first.op, id=6, inputs=(5,)))
    given = facts([first, again], repeats=((1, "steps"), (6, "steps")))
    graph = ForwardGraph((first.op, inputs, plus, tanh, again.op), (), ((1, "steps"), (6, "steps")))
    return replace(given, model=replace(given.model, graph=graph))


@pytest.mark.parametrize("given", [cell(65), cell(64, summed=True)])
def test_recurrence_is_a_warning(given: Facts) -> None:
    [finding] = driven(given)
    assert finding.severity is Severity.WARNING and "diverge over time" in finding.message


def test_a_cell_that_its_input_quiets_is_not_told() -> None:
    assert driven(cell(128)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"activation": "sigmoid"},
        {"activation": "relu"},
        {"activation": "tanh", "norm_after": True},
        {"activation": "tanh", "norm_before": None},
        {"activation": "tanh", "in_branch": True},
    ],
)
def test_he_is_silent(changed: dict[str, Any]) -> None:
    layers = chain(HE, 4, **changed)
    assert driven(facts(layers, [stack(layers, backward=1e9)])) == []


@pytest.mark.parametrize("init", [kaiming(gain=5 / 3), Initializer("orthogonal_", "orthogonal", 0, 0.1, "", 2**0.5)])
def test_tanh_gain_and_ppo_style_orthogonal_are_silent(init: Initializer) -> None:
    assert driven(facts(chain(write(init), 4, activation="tanh"))) == []
