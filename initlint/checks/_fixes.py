"""Fixes that several rules offer: another draw for the tensors that a call fills."""

from __future__ import annotations

from collections.abc import Iterable

from initlint.checks._weights import filled_at
from initlint.checks._wording import kaiming_arguments
from initlint.diagnostics import Applicability, Guard, InitCall, PlacedFix
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal.facts import Facts, LayerFact

# What layers gain by a draw that fits.
KEEPS = "the signal keeps its variance from layer to layer"
# What every other draw means for those who run the model.
CHANGES = "every run changes from its first step on"


def new_draw(facts: Facts, place: Place, function: str, arguments: Iterable[str], why: str) -> PlacedFix | None:
    """The fix that makes the call at ``place`` one of ``torch.nn.init``'s ``function`` on the same tensor. ``why`` says
    what the layers gain. None where the call fills anything but matrices, on which that function may raise."""
    filled = filled_at(facts, place)
    if not filled or any(isinstance(each.shape, Unknown) or len(each.shape) < 2 for each in filled):
        return None
    given = tuple(arguments)
    call = f"`{function}({', '.join(['…', *given])})`" if given else f"`{function}`"
    message = f"use {call}: {why}, and {CHANGES}"
    return PlacedFix(message, Applicability.UNSAFE, (InitCall(place, f"torch.nn.init.{function}", given),))


def fitting_draw(facts: Facts, place: Place, layer: LayerFact, why: str) -> PlacedFix | None:
    """:func:`new_draw` with the init whose gain fits the layer's activation: Kaiming's before those that cut half of
    the signal off, else Xavier's. None for a stack of matrices and for axes that lie otherwise, of which torch would
    take the wrong ones for the fans."""
    shape = layer.weight.shape
    stacked = layer.op.name in {"linear", "matmul"} and not isinstance(shape, Unknown) and len(shape) > 2
    if layer.weight.of or stacked:
        return None
    function, given = fitting_init(layer)
    return new_draw(facts, place, function, given, why)


def fitting_init(layer: LayerFact) -> tuple[str, tuple[str, ...]]:
    """The function of ``torch.nn.init`` whose gain fits the layer's activation, and its arguments behind the tensor."""
    given = kaiming_arguments(layer.activation) if layer.activation is not None else None
    if given is None:
        return "xavier_normal_", ()
    # A bare matrix lies the other way round than torch.nn.Linear's: its first axis counts what is summed.
    return "kaiming_normal_", ('mode="fan_out"', *given) if layer.op.name == "matmul" else given


def one_draw(facts: Facts, place: Place, layer: LayerFact, why: str) -> PlacedFix | None:
    """:func:`fitting_draw`, unless the call also fills layers that another gain fits, such as those before tanh, or
    makes the tensor itself (``torch.randn``)."""
    here = [each for each in facts.layers if any(action.place == place for action in each.weight.candidates)]
    if any(action.place == place and not action.explicit for each in here for action in each.weight.candidates):
        return None
    wanted = {kaiming_arguments(each.activation) for each in here if each.activation is not None}
    if layer.activation is None or wanted != {kaiming_arguments(layer.activation)}:
        return None
    return fitting_draw(facts, place, layer, why)


def matrices_alone(facts: Facts, place: Place) -> PlacedFix:
    """For a call that draws norms' weights: ones where it fills nothing but vectors; a test of the dimensions where it
    fills matrices as well."""
    filled = filled_at(facts, place)
    if any(isinstance(each.shape, Unknown) or len(each.shape) > 1 for each in filled):
        text = f"test `.dim() > 1` first: norms start at 1, biases at their default, and {CHANGES}"
        return PlacedFix(text, Applicability.UNSAFE, (Guard(place, "if {tensor}.dim() > 1"),))
    return norm_restored(place, None)


def norm_restored(weight: Place, bias: Place | None) -> PlacedFix:
    """Ones for a norm's weight, and zeros for its bias where a call fills that wrongly, too."""
    calls = [InitCall(weight, "torch.nn.init.ones_")]
    if bias is not None:
        calls.append(InitCall(bias, "torch.nn.init.zeros_"))
    zeros = "" if bias is None else " and `zeros_` for the bias"
    text = f"use `ones_`{zeros}: the norm passes its input on, and {CHANGES}"
    return PlacedFix(text, Applicability.UNSAFE, tuple(calls))
