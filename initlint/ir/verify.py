"""The invariants of a model graph, each a line where it is broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from initlint.ir.initializer import FAMILIES
from initlint.ir.model import ForwardGraph, Model

OP_KINDS = frozenset(
    {"input", "parameter", "constant", "layer", "activation", "norm", "dropout", "pool", "reshape", "resample", "add",
     "sub", "mul", "div", "matmul", "cat", "stack", "softmax", "reduce", "either", "function", "opaque", "output"}
)  # fmt: skip


def problems(model: Model) -> Iterator[str]:
    """What is wrong with the model, in words; nothing for a sound one."""
    names = Counter(parameter.name for parameter in (*model.parameters, *model.computed))
    for name in [name for name, count in names.items() if count > 1]:
        yield f"parameter {name} occurs twice"
    paths = {module.path for module in model.modules}
    for parameter in model.parameters:
        if parameter.layer not in paths:
            yield f"parameter {parameter.name} belongs to no module"
        if not parameter.candidates:
            yield f"parameter {parameter.name} has no value"
        for action in parameter.history:
            if action.initializer.family not in FAMILIES:
                yield f"parameter {parameter.name} has the unknown family {action.initializer.family}"
    if isinstance(model.graph, ForwardGraph):
        yield from _graph_problems(model.graph, set(names), paths)


def _graph_problems(graph: ForwardGraph, names: set[str], paths: set[str]) -> Iterator[str]:
    for number, op in enumerate(graph.ops):
        if op.id != number:
            yield f"op {number} is numbered {op.id}"
        if op.kind not in OP_KINDS:
            yield f"op {number} has the unknown kind {op.kind}"
        if any(source >= number or source < 0 for source in op.inputs):
            yield f"op {number} reads a later op"
        if op.kind == "layer" and op.weight not in names:
            yield f"op {number} is a layer without a parameter"
        if op.module is not None and op.module not in paths:
            yield f"op {number} ran in a module that is not there"
    for number in graph.outputs:
        if graph.ops[number].kind != "output":
            yield f"output {number} is no output op"
