"""Which parameters that start at zero no gradient can ever reach.

A product passes to each factor a gradient times the others; so where two of them are zero, neither moves. That is asked
of the whole forward: what has a gradient at the first step may be other than zero afterwards, and then lets gradients
pass that it held back before. What is zero still when nothing more wakes stays zero for good. Biases count: they have a
gradient wherever their layer's output has one. Whatever is not known counts as not zero, and as passing gradients.
"""

from __future__ import annotations

from collections.abc import Mapping

from initlint.ir.model import ForwardGraph, Model, Op, Parameter

# φ(0) = 0, and of these φ'(0) = 0 as torch computes it.
_ZERO_AT_ZERO = frozenset(
    {"relu", "relu6", "leaky_relu", "prelu", "gelu", "silu", "mish", "hardswish", "tanh", "elu", "selu", "identity",
     "relu_squared", "softsign", "hardtanh", "quick_gelu", "sin"}
)  # fmt: skip
_FLAT_AT_ZERO = frozenset({"relu", "relu6", "relu_squared"})
_DENSE = frozenset({"linear", "conv", "conv_transpose", "bilinear", "matmul"})
_SAME = frozenset({"dropout", "reshape", "pool", "resample", "reduce"})


def is_zero(parameter: Parameter) -> bool:
    """Whether all elements surely start at zero, and training could change them."""
    values = {action.initializer.constant for action in parameter.candidates}
    return values == {0} and parameter.trainable and not parameter.buffer


def dead_parameters(model: Model) -> frozenset[str]:
    """The names of the parameters that stay zero for ever."""
    graph = model.graph
    asleep = {parameter.name for parameter in model.parameters if is_zero(parameter)}
    if not isinstance(graph, ForwardGraph) or not asleep:
        return frozenset()
    # What is not seen to reach an output may do so in a part of the forward that was not understood.
    seen = _connected(graph)
    apart = {name for op in graph.ops for name in (op.weight, op.bias) if name is not None and op.id not in seen}
    asleep &= {name for op in graph.ops for name in (op.weight, op.bias) if name is not None} - apart
    while asleep:
        woken = _reached(graph, asleep) & asleep
        if not woken:
            break
        asleep -= woken
    return frozenset(asleep)


def _connected(graph: ForwardGraph) -> set[int]:
    """The ops that an output is computed from."""
    found = set(graph.outputs)
    for op in reversed(graph.ops):
        if op.id in found:
            found.update(op.inputs)
    return found


def _reached(graph: ForwardGraph, asleep: set[str]) -> set[str]:
    """The parameters that have a gradient while those ``asleep`` are zero."""
    zero: dict[int, bool] = {}
    for op in graph.ops:
        zero[op.id] = _gives_zero(op, zero, asleep)
    found: set[str] = set()
    live: set[int] = set(graph.outputs)
    for op in reversed(graph.ops):
        if op.id not in live:
            continue
        live.update(each for index, each in enumerate(op.inputs) if _passes(op, index, zero, asleep))
        if op.bias is not None:
            found.add(op.bias)
        if op.weight is not None and (op.kind != "layer" or op.name not in _DENSE or not _inputs_zero(op, zero)):
            found.add(op.weight)
    return found


def _inputs_zero(op: Op, zero: Mapping[int, bool]) -> bool:
    return bool(op.inputs) and all(zero.get(each, False) for each in op.inputs)


def _gives_zero(op: Op, zero: Mapping[int, bool], asleep: set[str]) -> bool:
    inputs = _inputs_zero(op, zero)
    some = any(zero.get(each, False) for each in op.inputs)
    match op.kind:
        case "parameter":
            return op.weight in asleep
        case "constant":
            return op.value == 0
        case "layer" if op.name in _DENSE:
            return (inputs or op.weight in asleep) and (op.bias is None or op.bias in asleep)
        case "layer":
            return op.name == "embedding" and op.weight in asleep
        case "activation":
            return inputs and op.name in _ZERO_AT_ZERO
        case "add" | "sub":
            return inputs and op.value in {None, 0}
        case "mul" | "matmul":
            return some or op.value == 0
        case "div":
            return bool(op.inputs) and zero.get(op.inputs[0], False)
        case "cat" | "stack" | "either":
            return inputs
        case "norm":
            return inputs and (op.bias is None or op.bias in asleep)
        case "reduce":
            return inputs and op.name in {"mean", "sum", "max"}
    return inputs and op.kind in _SAME


def _passes(op: Op, index: int, zero: Mapping[int, bool], asleep: set[str]) -> bool:
    """Whether an input may have a gradient where the op's output has one."""
    match op.kind:
        case "layer" if op.name in _DENSE:
            return op.weight not in asleep
        case "activation":
            return not (op.name in _FLAT_AT_ZERO and zero.get(op.inputs[index], False))
        case "mul" | "matmul":
            return not any(zero.get(each, False) for other, each in enumerate(op.inputs) if other != index)
    return True
