"""Running modules and tensor functions in a forward: each adds its op to the graph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from initlint.catalog import FunctionSpec, LayerSpec
from initlint.interpret import by_hand, computed
from initlint.interpret.computed import parameter_of
from initlint.interpret.graph import GraphBuilder, tensors_in
from initlint.interpret.hierarchy import mro
from initlint.interpret.machine import Machine
from initlint.interpret.operators import as_scalar
from initlint.interpret.torch_init import plain
from initlint.interpret.torch_modules import LENGTH, REPEAT, VALUE, children, container_of, spec_of
from initlint.interpret.values import MISSING, Bound, ClassValue, FunctionValue, ListValue, Obj, Tensor, Value
from initlint.ir import dim
from initlint.ir.dim import Dim, Scalar
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_WEIGHTED = frozenset(
    {"linear", "conv", "conv_transpose", "bilinear", "embedding", "recurrent", "attention"}
)  # kinds of the catalogue that carry a weight
_SEVERAL_INPUTS = frozenset({"bilinear", "attention", "recurrent"})  # a cell's state is one
# Methods behind which a weight is still that weight, in another shape or type.
_SAME_WEIGHT = frozenset(
    {"t", "transpose", "permute", "view", "reshape", "to", "type_as", "type", "float", "half", "bfloat16", "double",
     "contiguous", "detach", "unsqueeze", "squeeze", "flatten"}
)  # fmt: skip
_TRANSPOSES = {"T": "t", "mT": "t"}
EMPTY = "empty list"  # a constant without elements
_MAIN_WEIGHT = ("weight", "weight_hh_l0", "weight_hh", "in_proj_weight", "q_proj_weight")


def forward_of(machine: Machine, obj: Obj) -> FunctionValue | None:
    """The method that runs when a module is called: that of its class, or another that the constructor chose."""
    chosen = obj.data.get("forward")
    if isinstance(chosen, Bound) and chosen.receiver is obj and chosen.function is not None:
        return chosen.function
    for base in mro(obj.cls) if isinstance(obj.cls, ClassValue) else ():
        if isinstance(base, ClassValue):
            method = machine.resolve(base.members.data.get("forward", MISSING))
            if isinstance(method, FunctionValue):
                return method
    return None


def run_library_module(
    machine: Machine, obj: Obj, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """Call a library layer or container."""
    assert machine.graph is not None
    if container_of(obj) == "torch.nn.Sequential":
        return _chain(machine, obj, positional, place)
    inputs = tensors_in(tuple(positional)) + tensors_in(tuple(keywords.values()))
    if not inputs and positional and positional[0] is None:
        # An argument that may be left out; where a layer takes it, it was given.
        inputs = [machine.graph.emit("input", "given where it is used", [], place)]
    spec = spec_of(obj)
    if spec is None:
        return machine.graph.emit("opaque", "module", inputs, place, module=obj)
    return _layer(machine, machine.graph, obj, spec, inputs, place)


def _chain(machine: Machine, obj: Obj, positional: Sequence[Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    value: Value = positional[0] if positional else Unknown("no input")
    repeat = obj.data.get(LENGTH)
    for name, child in list(children(obj)) or [
        (k, v) for k, v in obj.data.items() if isinstance(k, str) and k.isdigit()
    ]:
        arguments = [value]
        if ("optional", name) in obj.data:
            outcomes = machine.fork([partial(call, machine, child, arguments, {}, place, None), partial(_same, value)])
            value = machine.join_values(outcomes)
        else:
            value = call(machine, child, arguments, {}, place, None)
    if ("open",) in obj.data or isinstance(repeat, Unknown):
        assert machine.graph is not None
        return machine.graph.emit(
            "opaque", "a Sequential that is not fully known", tensors_in(value), place, module=obj
        )
    return value


def _same(value: Value) -> Value:
    return value


def _layer(
    machine: Machine, graph: GraphBuilder, obj: Obj, spec: LayerSpec, inputs: list[Tensor], place: Place
) -> Value:
    if not inputs and spec.kind == "embedding":
        inputs = [graph.emit("constant", "indices", [], place)]  # an embedding is given numbers, never a signal
    if not inputs:
        why = f"`{spec.path}` called without a tensor"
        if spec.kind not in _WEIGHTED:
            return machine.lost(why, place)
        inputs = [graph.emit("opaque", machine.unknown(why, place).why, [], place)]
    first = inputs[:1]
    value = obj.data.get(VALUE)
    number = value if value is None or isinstance(value, (int, float, Dim, Unknown)) else None
    if spec.kind in _WEIGHTED:
        weight = next((tensor for name in _MAIN_WEIGHT if (tensor := _tensor(obj, name)) is not None), None)
        if weight is not None and weight.node is not None:  # a hook before the forward computed it
            if not (made := computed.sources(graph, weight)):
                return graph.emit("matmul", spec.kind, [*inputs, weight], place, module=obj)
            weight = computed.weight_of(machine, made, place)
        result = graph.emit(
            "layer", spec.kind, inputs if spec.kind in _SEVERAL_INPUTS else first, place, module=obj,
            weight=weight, bias=_tensor(obj, "bias"),
            stride=_product(obj.data.get("stride", 1)), groups=_number(obj.data.get("groups", 1)),
        )  # fmt: skip
        if spec.kind == "attention":
            return (result, graph.emit("opaque", "attention weights", [result], place))
        if spec.kind == "recurrent" and "Cell" not in spec.path:
            state = graph.emit("reshape", "state", [result], place)
            return (result, (state, state) if spec.path.endswith("LSTM") else state)
        if spec.path.endswith("LSTMCell"):
            return (result, result)
        return result
    if spec.kind == "norm":
        return graph.emit(
            "norm", spec.name, first, place, module=obj, weight=_tensor(obj, "weight"), bias=_tensor(obj, "bias")
        )
    if spec.kind == "reshape" and spec.name == "identity":
        return inputs[0]
    if spec.kind == "pool":
        return graph.emit("pool", spec.name, first, place, module=obj, value=number)
    if spec.kind in {"activation", "dropout", "reshape", "resample", "softmax"}:
        return graph.emit(spec.kind, _op_name(spec.kind, spec.name), first, place, module=obj, value=number)
    return graph.emit("opaque", spec.name, inputs, place, module=obj)


def _op_name(kind: str, name: str) -> str:
    """A dropout has no name but for the one that keeps SELU's moments."""
    return name if kind != "dropout" else "alpha" if name == "alpha_dropout" else ""


def _tensor(obj: Obj, name: str) -> Tensor | None:
    value = obj.data.get(name)
    return value if isinstance(value, Tensor) else None


def _product(value: Value) -> Scalar | Unknown:
    sizes = value if isinstance(value, tuple) else (value,)
    product: Scalar = 1
    for size in sizes:
        scalar = as_scalar(size)
        if scalar is None:
            return Unknown("a size that is not known")
        product = dim.multiply(product, scalar)
    return product


def _number(value: Value) -> Scalar | Unknown:
    scalar = as_scalar(value)
    return scalar if scalar is not None else Unknown("a number that is not known")


def matrix_product(machine: Machine, left: Value, right: Value, place: Place) -> Value:
    """``left @ right``: a weight layer where one side is a parameter or is computed of one, else a product of two
    values."""
    assert machine.graph is not None
    inputs = [value for value in (left, right) if isinstance(value, Tensor)]
    if len(inputs) == 2:
        for value, weight in (inputs, inputs[::-1]):
            root = parameter_of(weight)
            if root is not None and parameter_of(value) is None:
                name, used = computed.factor(machine, weight, root, weight is left, place)
                return machine.graph.emit("layer", name, [value], place, weight=used)
    return _product_of(machine, inputs, place)


def _product_of(
    machine: Machine, inputs: Sequence[Tensor], place: Place, equation: Value = None, operands: Sequence[Value] = ()
) -> Value:
    """A product of several values: a weight layer where all but signals is computed of one parameter. ``equation`` and
    ``operands`` are an einsum's."""
    graph = machine.graph
    assert graph is not None
    made = [computed.sources(graph, tensor) for tensor in inputs]
    signals = [tensor for tensor, parameters in zip(inputs, made) if parameters is None]
    parameters = {id(each): each for found in made for each in found or () if computed.is_matrix(each)}
    if signals and len(parameters) == 1:
        (root,) = parameters.values()
        plain = any(parameter_of(tensor) is root for tensor in inputs)
        weight = (
            computed.in_another_layout(machine, root, place, computed.einsum_shape(equation, operands, root))
            if plain
            else computed.weight_of(machine, [root], place)
        )
        return graph.emit("layer", "matmul", signals, place, weight=weight)
    return graph.emit("matmul", "", inputs, place)


def tensor_method(
    machine: Machine, tensor: Tensor, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """``tensor.name(...)`` in a forward."""
    name = _TRANSPOSES.get(name, name)
    spec = machine.catalog.method(name)
    if spec is None:
        assert machine.graph is not None
        if name in {"values", "indices"}:
            return tensor
        if name.startswith("new_"):
            return machine.graph.emit("constant", name, [], place)
        inputs = [tensor, *tensors_in(tuple(positional)), *tensors_in(tuple(keywords.values()))]
        return machine.graph.emit("opaque", name, inputs, place)
    if spec.kind == "reshape" and name in _SAME_WEIGHT and parameter_of(tensor) is not None:
        return computed.view(tensor, name, positional, place)
    return function(machine, spec, [tensor, *positional], keywords, place)


def function(
    machine: Machine, spec: FunctionSpec, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """Call a tensor function of the catalogue; for a method, ``positional[0]`` is the tensor."""
    graph = machine.graph
    assert graph is not None
    arguments = _by_name(spec, positional, keywords)
    inputs = _inputs(spec, positional, keywords)
    others = [] if inputs or spec.kind in {"layer", "norm"} else tensors_in((*positional, *keywords.values()))
    if others:  # where(condition), or what is done to a value that is not known
        kind = "function" if all(isinstance(value, Tensor) for value in positional) else "opaque"
        return graph.emit(kind, spec.name or spec.path, others, place)
    if not inputs:
        note = machine.lost if spec.kind in {"layer", "norm"} else machine.unknown
        return note(f"`{spec.name or spec.path}` of values that are not tensors", place)
    if spec.kind in _OPERATORS:
        pair = [*positional, *(value for key, value in keywords.items() if key in {"other", "mat2"})]
        if len(pair) == 2:
            from initlint.interpret.tensors import arithmetic

            return arithmetic(machine, _OPERATORS[spec.kind], pair[0], pair[1], place)
    if spec.kind == "matmul":
        plain_product = spec.name in {"", "matmul", "mm", "bmm"} and len(positional) == 2
        return (
            matrix_product(machine, positional[0], positional[1], place)
            if plain_product
            else _product_of(machine, inputs, place, positional[0] if positional else None, positional[1:])
        )
    if spec.kind == "layer":
        return _weighted_function(machine, spec, inputs, arguments, place)
    value = spec.value_of({name: plain(argument) for name, argument in arguments.items()})
    if spec.kind == "norm":
        weight, bias = arguments.get(spec.weight or ""), arguments.get(spec.bias or "")
        return graph.emit(
            "norm", spec.name, inputs[:1], place, weight=parameter_of(weight), bias=parameter_of(bias), value=value
        )
    if spec.kind == "reshape" and spec.name == "identity":
        return inputs[0]
    if spec.name == "attention":
        mask = arguments.get("attn_mask")
        inputs += [mask] if isinstance(mask, Tensor) and computed.is_learnt(graph, mask) else []
    if spec.kind == "cat" and positional and _is_listed(positional[0]):
        inputs = [tensor for tensor in inputs if not _is_empty(graph, tensor)] or inputs
        if len(inputs) == 1:
            return graph.emit("reshape", spec.name, inputs, place)
    if spec.kind == "opaque":
        return by_hand.function(graph, spec.name, inputs, positional, place)
    result = graph.emit(spec.kind, _op_name(spec.kind, spec.name), inputs, place, value=value)
    if spec.multiple and spec.name == "chunk":
        parts = positional[1] if len(positional) > 1 else keywords.get("chunks")
        if isinstance(parts, int) and 0 < parts <= 16:
            return tuple(graph.emit("reshape", "index", [result], place) for _ in range(parts))
    return result


def _is_listed(value: Value) -> bool:
    """Whether a list is known to hold tensors and nothing else."""
    items = value.items if isinstance(value, ListValue) and "length" not in value.data else value
    return isinstance(items, tuple) and all(isinstance(item, Tensor) for item in items)


def _is_empty(graph: GraphBuilder, tensor: Tensor) -> bool:
    draft = graph.drafts[tensor.node] if tensor.node is not None else None
    return draft is not None and draft.kind == "constant" and draft.name == EMPTY


_OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/"}


def _by_name(spec: FunctionSpec, positional: Sequence[Value], keywords: dict[str, Value]) -> dict[str, Value]:
    """The given arguments by the names of the function's signature."""
    names = [parameter.name for parameter in spec.signature if not parameter.keyword_only]
    return {**dict(zip(names, positional)), **keywords}


def _inputs(spec: FunctionSpec, positional: Sequence[Value], keywords: dict[str, Value]) -> list[Tensor]:
    given = list(positional[spec.skip :])
    if isinstance(spec.inputs, int):
        given = given[: spec.inputs]
        wanted = spec.inputs - len(given)
        given += list(keywords.values())[: max(wanted, 0)]
    return tensors_in(tuple(given)) or tensors_in(tuple(keywords.values()))


def _weighted_function(
    machine: Machine, spec: FunctionSpec, inputs: list[Tensor], arguments: dict[str, Value], place: Place
) -> Value:
    graph = machine.graph
    assert graph is not None
    weight = arguments.get(spec.weight or "weight")
    root, bias = parameter_of(weight), parameter_of(arguments.get(spec.bias or "bias"))
    values = [tensor for tensor in inputs if parameter_of(tensor) is None]
    if root is None and isinstance(weight, Tensor):
        made = computed.sources(graph, weight)
        if not made:
            return graph.emit("matmul", spec.name, [*values, weight], place)  # by a signal, or by a constant
        root = computed.weight_of(machine, made, place)
    if root is None:
        return graph.emit("opaque", f"{spec.name} with a computed weight", [*values, *tensors_in(weight)], place)
    return graph.emit(
        "layer", spec.name, values[:1], place, weight=root, bias=bias, stride=_product(arguments.get("stride", 1)),
        groups=_number(arguments.get("groups", 1)),
    )  # fmt: skip


def opaque_call(
    machine: Machine, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """Call what we cannot see: an opaque op of all tensors that it is given, Unknown where it is given none."""
    inputs = tensors_in(tuple(positional)) + tensors_in(tuple(keywords.values()))
    if machine.graph is None or not inputs:
        return machine.unknown(f"the result of {name}", place)
    return machine.graph.emit("opaque", name, inputs, place)


def repeated(obj: Obj) -> str | None:
    """The symbol of the loop that made the module, where its length is not known."""
    repeat = obj.data.get(REPEAT)
    return repeat if isinstance(repeat, str) else None
