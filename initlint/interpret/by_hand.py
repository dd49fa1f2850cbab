"""Norms that a forward computes with functions: ``x * rsqrt(mean(x²) + ε)`` and its like become one op.

What normalises is recognised where it is applied to the value that it was computed of; the functions that only feed
it are then read by nothing. Those functions of which a norm in another form may be made stay opaque elsewhere, so that
nobody takes what stands behind them for not normalised.
"""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret.computed import sources
from initlint.interpret.graph import Draft, GraphBuilder
from initlint.interpret.values import Tensor, Value
from initlint.ir.place import Place

_MAY_NORMALISE = frozenset(
    {"sqrt", "rsqrt", "reciprocal", "var", "std", "var_mean", "std_mean", "norm", "vector_norm", "matrix_norm",
     "cosine_similarity", "pairwise_distance", "histc", "quantile", "renorm",
     "multi_head_attention_forward"}
)  # fmt: skip
_SPREADS = frozenset({"sqrt", "rsqrt", "reciprocal", "pow", "std", "norm", "vector_norm"})
_SAME_VALUE = frozenset({"reshape", "dropout"})
_DEEP = 12
_GATES = {1.0: "silu", 1.702: "quick_gelu"}


def function(
    graph: GraphBuilder, name: str, inputs: Sequence[Tensor], positional: Sequence[Value], place: Place
) -> Tensor:
    """A function of the catalogue that is of no kind that has a meaning of its own."""
    exponent = positional[1] if name == "pow" and len(positional) > 1 else None
    value = exponent if isinstance(exponent, (int, float)) else None
    first = graph.drafts[inputs[0].node] if inputs[0].node is not None else None
    if first is not None and first.name == "relu" and first.kind == "activation" and (name == "square" or value == 2):
        return graph.emit("activation", "relu_squared", [Tensor(place, node=first.inputs[0])], place)
    may = name in _MAY_NORMALISE or (name == "pow" and (value is None or value < 1))
    open_ = may and any(sources(graph, each) is None for each in inputs)
    return graph.emit("opaque" if open_ else "function", name, inputs, place, value=value)


def combined(graph: GraphBuilder, kind: str, inputs: Sequence[Tensor], place: Place) -> Tensor:
    """An elementwise operation of two tensors, or the norm that it completes."""
    if kind == "mul":
        for gate, other in ((0, 1), (1, 0)):
            base = _gelu(graph.drafts, inputs[gate].node, inputs[other].node)
            if base is not None:
                return graph.emit("activation", "gelu", [Tensor(place, node=base)], place)
            name = _self_gated(graph.drafts, inputs[gate].node, inputs[other].node)
            if name is not None:
                return graph.emit("activation", name, [inputs[other]], place)
    if kind == "div" and (relative := _relative(graph.drafts, inputs[0].node, inputs[1].node)) is not None:
        graph.drafts[relative].kind = "function"  # no norm is made of it
    if kind in {"mul", "div"}:
        pairs = [(0, 1)] if kind == "div" else [(0, 1), (1, 0)]
        for one, other in pairs:
            value, scale = inputs[one].node, inputs[other].node
            if value is None or scale is None:
                continue
            bare, factors = value, list[int]()
            name = _scaled_by(graph.drafts, bare, scale, inverse=kind == "mul")
            if name is None and graph.drafts[_through_sums(graph.drafts, scale)].name in _SPREADS:
                bare, factors = _unscaled_by_weights(graph, value)
                name = _scaled_by(graph.drafts, bare, scale, inverse=kind == "mul")
            if name is not None:
                source, centred = _centred(graph.drafts, bare)
                result = graph.emit("norm", name, [Tensor(place, node=source if centred else bare)], place)
                for factor in factors:
                    result = graph.emit("mul", "", [Tensor(place, node=factor), result], place)
                return result
    if kind == "sub" and _is_logsumexp_of(graph.drafts, inputs[1].node, inputs[0].node):
        return graph.emit("softmax", "log_softmax", inputs[:1], place)
    return graph.emit(kind, "", inputs, place)


def _is_logsumexp_of(drafts: list[Draft], number: int | None, source: int | None) -> bool:
    if number is None or source is None:
        return False
    draft = drafts[_same(drafts, number)]
    return draft.name == "logsumexp" and _same(drafts, draft.inputs[0]) == _same(drafts, source)


def _unscaled_by_weights(graph: GraphBuilder, number: int) -> tuple[int, list[int]]:
    """The value without the factors that are computed of parameters, and these factors, the innermost first."""
    factors: list[int] = []
    for _ in range(_DEEP):
        draft = graph.drafts[number]
        weights = [each for each in draft.inputs if sources(graph, Tensor(draft.place, each)) is not None]
        if draft.kind != "mul" or len(draft.inputs) != 2 or len(weights) != 1:
            break
        factors.insert(0, weights[0])
        number = draft.inputs[draft.inputs[0] == weights[0]]
    return number, factors


def _scaled_by(drafts: list[Draft], value: int, scale: int, inverse: bool) -> str | None:
    """The norm that ``value * scale`` (``/ scale``, if not inverse) is: rms, or layer where the mean was taken off."""
    source, centred = _centred(drafts, value)
    found = _same(drafts, scale) if inverse else _through_sums(drafts, scale)
    draft = drafts[found]
    if draft.kind != "opaque" and draft.kind != "function":
        return None
    if inverse != (draft.name in {"rsqrt", "reciprocal"} or (draft.name == "pow" and draft.value == -0.5)):
        return None
    inner = _through_sums(drafts, draft.inputs[0]) if draft.inputs else -1
    while inner >= 0 and drafts[inner].name in {"sqrt", "pow"} and draft.name in {"reciprocal"}:
        inner = _through_sums(drafts, drafts[inner].inputs[0])
    if draft.name in {"std", "norm", "vector_norm"}:
        spread = draft
    elif inner >= 0:
        spread = drafts[inner]
    else:
        return None
    if not spread.inputs:
        return None
    if spread.name in {"var", "std"}:
        return "layer" if centred and _centred(drafts, spread.inputs[0])[0] == source else None
    if spread.name in {"norm", "vector_norm"}:
        return "l2" if _centred(drafts, spread.inputs[0])[0] == source else None
    if spread.kind == "reduce" and spread.name in {"mean", "sum"}:
        squared = _squared(drafts, spread.inputs[0])
        if squared is not None and _centred(drafts, squared)[0] == source:
            return "l2" if spread.name == "sum" else ("layer" if centred else "rms")
    return None


def _relative(drafts: list[Draft], value: int | None, scale: int | None) -> int | None:
    """The spread that is divided by its own mean: what says how channels compare, and normalises none of them."""
    if value is None or scale is None:
        return None
    number, mean = _same(drafts, value), drafts[_through_sums(drafts, scale)]
    if drafts[number].name not in _SPREADS or mean.kind != "reduce" or mean.name != "mean":
        return None
    return number if _same(drafts, mean.inputs[0]) == number else None


def _self_gated(drafts: list[Draft], gate: int | None, value: int | None) -> str | None:
    """The name of ``x · sigmoid(c · x)``."""
    if gate is None or value is None or drafts[gate].kind != "activation" or drafts[gate].name != "sigmoid":
        return None
    inner, factor = drafts[gate].inputs[0], 1.0
    scaled = drafts[inner]
    if inner != value and scaled.kind == "mul" and len(scaled.inputs) == 1 and isinstance(scaled.value, float):
        inner, factor = scaled.inputs[0], scaled.value
    return _GATES.get(factor) if inner == value else None


def _gelu(drafts: list[Draft], gate: int | None, other: int | None) -> int | None:
    """The x of ``(1 + erf(x / √2)) · x``, or of its tanh form, whatever constants it is scaled by."""
    if gate is None or other is None:
        return None
    base, added = _unscaled(drafts, other), drafts[_unscaled(drafts, gate)]
    if added.kind != "add" or added.value != 1 or len(added.inputs) != 1:
        return None
    bent = drafts[_same(drafts, added.inputs[0])]
    if bent.name not in {"tanh", "erf"}:
        return None
    waiting, seen = list(bent.inputs), 0
    while waiting and seen < _DEEP:
        number = _same(drafts, waiting.pop())
        seen += 1
        if number == base:
            continue
        draft = drafts[number]
        if draft.kind not in {"mul", "div", "add"} and draft.name != "pow":
            return None
        if not draft.inputs or min(draft.inputs) < base:
            return None
        waiting += draft.inputs
    return base if not waiting else None


def _unscaled(drafts: list[Draft], number: int) -> int:
    """The value, but for constant factors."""
    for _ in range(_DEEP):
        number = _same(drafts, number)
        draft = drafts[number]
        if draft.kind not in {"mul", "div"} or len(draft.inputs) != 1:
            break
        number = draft.inputs[0]
    return number


def _same(drafts: list[Draft], number: int) -> int:
    """The op whose value this is, but for shape and type."""
    for _ in range(_DEEP):
        draft = drafts[number]
        if draft.kind not in _SAME_VALUE or not draft.inputs or draft.name in {"index", "slice"}:
            break
        number = draft.inputs[0]
    return number


def _through_sums(drafts: list[Draft], number: int) -> int:
    """Likewise, through ``+ ε`` and a clamp from below."""
    for _ in range(_DEEP):
        number = _same(drafts, number)
        draft = drafts[number]
        signals = [each for each in draft.inputs if drafts[each].kind not in {"parameter", "constant"}]
        small = draft.kind == "add" or draft.name in {"clamp", "clamp_min", "clip"}
        if not small or len(signals) != 1:
            break
        number = signals[0]
    return number


def _squared(drafts: list[Draft], number: int) -> int | None:
    """What is squared here."""
    draft = drafts[_same(drafts, number)]
    if draft.name == "square" or (draft.name == "pow" and draft.value == 2):
        return _same(drafts, draft.inputs[0])
    if draft.kind == "mul" and len(draft.inputs) == 2 and draft.inputs[0] == draft.inputs[1]:
        return _same(drafts, draft.inputs[0])
    return None


def _centred(drafts: list[Draft], number: int) -> tuple[int, bool]:
    """The value of which this is what is left when its mean is taken off, and whether it is; else the value itself."""
    number = _same(drafts, number)
    draft = drafts[number]
    if draft.kind == "sub" and len(draft.inputs) == 2:
        source = _same(drafts, draft.inputs[0])
        mean = drafts[_same(drafts, draft.inputs[1])]
        if mean.kind == "reduce" and mean.name == "mean" and _same(drafts, mean.inputs[0]) == source:
            return source, True
    return number, False
