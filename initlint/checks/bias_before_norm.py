"""IL512: a bias that the norm behind its layer takes away again."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, PlacedFix, SetArgument, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

# Norms that subtract the mean of each channel; a layer or group norm's mean is over several, and leaves the bias.
_OF_ONE_CHANNEL = frozenset({"batch", "instance"})
# Where the constructors of torch.nn take `bias` as a positional argument.
_POSITION = {"linear": 2, "conv": 7, "conv_transpose": 7}


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes such layers, and nothing but these."""
    lines: dict[Place, list[LayerFact]] = {}
    for layer in facts.layers:
        lines.setdefault(layer.made, []).append(layer)
    for place, layers in lines.items():
        if all(_taken_away(layer) for layer in layers):
            first = layers[0]
            message = (
                f"the norm behind {names([layer.name for layer in layers])} subtracts the bias again: it is "
                f"{_size(layers)} that nothing depends on, whose gradient is zero; make the layer with `bias=False`"
            )
            yield Finding(
                place, message, Severity.INFO, fix=_fix(place, first), class_name=facts.model.name, layer=first.name
            )


def _taken_away(layer: LayerFact) -> bool:
    norm = layer.consumer
    return (
        layer.op.name in _POSITION
        and layer.bias is not None
        and layer.bias.trainable
        and norm is not None
        and layer.next == "norm"
        and norm.name in _OF_ONE_CHANNEL
        and norm.inputs[:1] == (layer.op.id,)
    )


def _size(layers: list[LayerFact]) -> str:
    shapes = {layer.bias.name: layer.bias.shape for layer in layers if layer.bias is not None}
    sizes = [shape[0] for shape in shapes.values() if isinstance(shape, tuple) and shape and isinstance(shape[0], int)]
    return f"{sum(sizes)} parameters" if len(sizes) == len(shapes) else "a vector"


def _fix(place: Place, layer: LayerFact) -> PlacedFix:
    text = "make it with `bias=False`: the same function with fewer parameters; checkpoints with the bias don't load"
    return PlacedFix(text, Applicability.UNSAFE, (SetArgument(place, "bias", "False", _POSITION[layer.op.name]),))


RULE = Rule("IL512", "bias-before-norm", "a bias that the norm behind it removes", check, default=False)
