"""Tensors: attributes, methods and arithmetic, in a constructor (values to be) and in a forward (ops of the graph)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from initlint.interpret import by_hand, forward, known_numbers, misuses, normed, shapes
from initlint.interpret.graph import tensors_in
from initlint.interpret.machine import Machine
from initlint.interpret.operators import as_scalar, binary
from initlint.interpret.strays import COPIED, gives_copy
from initlint.interpret.torch_init import (
    detached,
    factory,
    fill_by_call,
    initial,
    is_fixed,
    make_tensor,
    plain_arguments,
    scale_in_place,
    scaled,
    values_of,
    write,
    write_elements,
)
from initlint.interpret.values import Argument, Bound, Either, Tensor, Value
from initlint.ir import dim
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_ALIASES = {
    "view",
    "reshape",
    "flatten",
    "t",
    "transpose",
    "permute",
    "T",
    "mT",
    "unsqueeze",
    "squeeze",
}
_COPIES = {"clone", "contiguous", "to", "float", "half", "double", "cpu", "cuda", "type", "type_as", "expand", "repeat",
           "astype", "copy"}  # fmt: skip
# Methods in place that leave the elements as they are.
_SAME_ELEMENTS = frozenset({"detach_", "share_memory_", "retain_grad", "rename_", "pin_memory"})
_TRANSPOSING = frozenset({"t", "transpose", "permute", "T", "mT"})
_SCALING = {"mul_": "*", "div_": "/", "add_": "+", "sub_": "-"}
ELEMENTWISE = frozenset(
    {"exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "rsqrt", "square", "abs", "neg", "sin", "cos", "tan",
     "tanh", "sigmoid", "logit", "reciprocal", "sign", "floor", "ceil", "round", "clamp", "clip", "pow", "erf"}
)  # fmt: skip
# Functions that give a named tuple of values and indices.
_NAMED_RESULTS = frozenset(
    {"max", "min", "topk", "sort", "median", "nanmedian", "mode", "kthvalue", "cummax", "cummin"}
)  # fmt: skip
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_KINDS = {"+": "add", "-": "sub", "*": "mul", "/": "div"}


def holds_tensor(value: Value) -> bool:
    """Whether the value is a tensor, perhaps on some condition."""
    return isinstance(value, Tensor) or (
        isinstance(value, Either) and any(isinstance(option, Tensor) for option in value.options)
    )


def is_compared(machine: Machine, op: str, left: Value, right: Value) -> bool:
    """Whether the comparison is one of a tensor's elements, in a forward."""
    sides = (left, right)
    return (
        machine.graph is not None
        and op in _COMPARISONS
        and any(isinstance(side, Tensor) and side.node is not None for side in sides)
        and all(isinstance(side, Tensor) or as_scalar(side) is not None or type(side) is Unknown for side in sides)
    )


def comparison(machine: Machine, op: str, left: Value, right: Value, place: Place) -> Value:
    """``left op right`` where at least one is a tensor, in a forward: a tensor of truth values."""
    assert machine.graph is not None
    return machine.graph.emit("function", op, [side for side in (left, right) if isinstance(side, Tensor)], place)


def arithmetic(machine: Machine, op: str, left: Value, right: Value, place: Place) -> Value:
    """``left op right`` where at least one is a tensor."""
    for value, other, flipped in ((left, right, False), (right, left, True)):
        if isinstance(value, Either):
            options = [o for o in value.options if o is not None]
            return machine.join_values(
                [arithmetic(machine, op, *((other, o) if flipped else (o, other)), place) for o in options]
            )
    if machine.graph is None and (isinstance(left, Tensor) or isinstance(right, Tensor)):
        if (divided := normed.arithmetic(op, left, right, place)) is not None:
            return divided
        result = _initial_arithmetic(machine, op, left, right, place)
        return known_numbers.keep(result, known_numbers.arithmetic(op, left, right))
    inputs = [value for value in (left, right) if isinstance(value, Tensor)]
    if not inputs or machine.graph is None:
        return binary(op, left, right)
    if op == "@":
        return forward.matrix_product(machine, left, right, place)
    if op == "**" and len(inputs) == 1 and inputs[0] is left:
        return by_hand.function(machine.graph, "pow", inputs, (left, right), place)
    if op not in _KINDS:
        return machine.graph.emit("function", op, inputs, place)
    if len(inputs) == 2:
        return by_hand.combined(machine.graph, _KINDS[op], inputs, place)
    other = right if inputs[0] is left else left
    scalar = as_scalar(other)
    kind = "opaque" if op == "/" and inputs[0] is right else _KINDS[op]
    if isinstance(other, Argument):
        scalar = None
    factor = scalar if scalar is not None else Unknown("a factor that is not known")
    name = "reciprocal" if kind == "opaque" else "reversed" if op == "-" and inputs[0] is right else ""
    return machine.graph.emit(kind, name, inputs, place, value=factor)


def _initial_arithmetic(machine: Machine, op: str, left: Value, right: Value, place: Place) -> Value:
    tensor, other = (left, right) if isinstance(left, Tensor) and _constant(left) is None else (right, left)
    if not isinstance(tensor, Tensor):
        tensor, other = other, tensor
    assert isinstance(tensor, Tensor)
    shape = tensor.data.get("shape")
    if isinstance(other, Tensor):
        shape = shapes.broadcast(shape, other.data.get("shape"))
    scalar = as_scalar(other) if not isinstance(other, Tensor) else _constant(other)
    result = Tensor(place)
    result.data.update((tensor.base or tensor).data)
    result.data.update(parameter=False, shape=shape)
    misuses.derived(result, tensor, op)
    candidates = values_of(tensor)
    # What is repeated along an axis has no longer elements that are drawn for themselves.
    repeated = shape != tensor.data.get("shape") and _constant(tensor) is None
    if scalar is None or (op == "/" and tensor is right) or not candidates or repeated:
        family = "loaded" if _is_fixed(tensor) and _is_fixed(other) else "unknown"
        action = initial(machine, Initializer("an expression", family), place)
        result.data["candidates"] = result.data["history"] = (action,)
        return result
    new = tuple(replace(a, initializer=scaled(a.initializer, op, scalar, flipped=tensor is right)) for a in candidates)
    result.data["candidates"] = result.data["history"] = new
    return result


def _is_fixed(value: Value) -> bool:
    return is_fixed(value) if isinstance(value, Tensor) else as_scalar(value) is not None


def _constant(tensor: Tensor) -> dim.Scalar | None:
    """The one value of all elements of the tensor, where there is one."""
    filled = values_of(tensor)
    return filled[0].initializer.constant if len(filled) == 1 else None


def attribute(machine: Machine, tensor: Tensor, name: str, place: Place) -> Value:
    """``tensor.name``."""
    if ("attribute", name) in tensor.data:
        return tensor.data[("attribute", name)]
    if name == "shape":
        return _shape(machine, tensor)
    if name in {"ndim"}:
        shape = tensor.data.get("shape")
        return len(shape) if isinstance(shape, tuple) else Unknown("the rank of a tensor")
    named = name in {"values", "indices"} and machine.graph is not None and tensor.node is not None
    if named and machine.graph is not None and machine.graph.drafts[tensor.node or 0].name in _NAMED_RESULTS:
        return machine.graph.emit("reshape", "index", [tensor], place)
    if name in {"real", "imag"} and machine.graph is not None:
        return machine.graph.emit("reshape", name, [tensor], place)
    if name in {"T", "mT", "data"}:
        return method(machine, tensor, name, [], {}, place)
    if name == "requires_grad":
        return tensor.data.get("trainable", True)
    if name == "grad":
        return None
    if name in {"device", "dtype", "is_cuda", "is_meta", "real", "imag", "layout"}:
        return Unknown(f"a tensor's {name}")
    return Bound(tensor, None, name)


def _shape(machine: Machine, tensor: Tensor) -> Value:
    shape = tensor.data.get("shape")
    if isinstance(shape, tuple):
        return shape
    return Argument(f"shape{tensor.node}") if tensor.node is not None else Unknown("the shape of a tensor")


def method(
    machine: Machine, tensor: Tensor, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """``tensor.name(...)``."""
    if name == "size":
        shape = _shape(machine, tensor)
        if not positional:
            return shape
        index = positional[0]
        if isinstance(shape, tuple):
            return shape[index] if isinstance(index, int) and -len(shape) <= index < len(shape) else Unknown("a size")
        return Argument(f"{shape.name}[{index}]") if isinstance(shape, Argument) else Unknown("a size")
    if name in {"dim", "ndimension"}:
        return attribute(machine, tensor, "ndim", place)
    if name in {"numel", "nelement"}:
        return _count(tensor)
    if name == "requires_grad_":
        given = positional[0] if positional else keywords.get("requires_grad", True)
        machine.write(tensor.base or tensor, "trainable", given)
        return tensor
    if machine.graph is not None:
        if name == "data":
            return tensor
        result = forward.tensor_method(machine, tensor, name, positional, keywords, place)
        in_place = tensor.node is not None and name.endswith("_") and not name.startswith("_")
        return changed_to(machine, tensor, result) if in_place else result
    return _initial_method(machine, tensor, name, positional, keywords, place)


def changed_to(machine: Machine, tensor: Tensor, result: Value) -> Value:
    """The tensor, which an operation in place gave the result's elements."""
    if not isinstance(result, Tensor) or result.node is None:
        return result
    if "now" not in tensor.data:
        machine.write(tensor, "now", Tensor(tensor.made, tensor.node))
    machine.write(tensor, "now", Tensor(result.made, result.node))
    return tensor


def augmented(machine: Machine, op: str, left: Value, right: Value, place: Place) -> Value:
    """``left op= right`` where at least one is a tensor."""
    in_place = isinstance(left, Tensor) and left.node is not None
    result = arithmetic(machine, op, left, right, place)
    return changed_to(machine, left, result) if in_place and isinstance(left, Tensor) else result


def assign_elements(machine: Machine, tensor: Tensor, key: Value, value: Value, place: Place) -> None:
    """``tensor[key] = value``. In a forward, some of its elements are the value's from then on."""
    if machine.graph is None or tensor.node is None:
        write_elements(machine, tensor, key, value, place)
    else:
        given = tensors_in(value)
        kind = "cat" if given else "reshape"
        changed_to(machine, tensor, machine.graph.emit(kind, "assign", [tensor, *given], place))


def _initial_method(
    machine: Machine, tensor: Tensor, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    if (plain := known_numbers.plain(name, tensor)) is not None:
        return plain
    if (numbers := known_numbers.function(name, (tensor, *positional), keywords)) is not None:
        return known_numbers.tensor(machine, numbers, place)
    if name in normed.METHODS and (found := normed.function(name, (tensor, *positional), keywords, place)) is not None:
        return found
    if name in {"data", "detach"}:
        return detached(tensor, place)
    if name in _SAME_ELEMENTS:
        return tensor
    if name.endswith("_") and not name.startswith("_"):
        misuses.written_in_place(machine, tensor, place)
    spec = machine.catalog.tensor_initializer(name)
    if spec is not None:
        arguments, named = plain_arguments(machine, positional, keywords)
        fill_by_call(machine, tensor, spec, arguments, named, place)
        return tensor
    made = machine.catalog.factory(f"torch.Tensor.{name}")
    if made is not None:
        return factory(machine, made, positional, keywords, place)
    if name == "copy_" and positional:
        source = positional[0]
        candidates = source.data.get("candidates") if isinstance(source, Tensor) else None
        whole = isinstance(source, Tensor) and (source.base is None or source.data is source.base.data)
        if isinstance(candidates, tuple) and candidates and whole:
            copied = candidates[-1].initializer
            of_layer = isinstance(source, Tensor) and (source.base or source).is_parameter  # beside it, on purpose
            call = name if of_layer else copied.call
            write(machine, tensor, replace(copied, scheme="", call=call), place)
        else:
            write(machine, tensor, Initializer("copy_", "loaded"), place)
        return tensor
    if name in _SCALING and positional:
        scale_in_place(machine, tensor, _SCALING[name], positional[0], place)
        return tensor
    if name == "renorm_" and (action := normed.renormed(tensor, positional)) is not None:
        machine.write(tensor.base or tensor, "candidates", (action,))
        return tensor
    if name.endswith("_") and not name.startswith("_"):
        write(machine, tensor, Initializer(name, "mixed"), place)
        return tensor
    if name in _ALIASES:
        alias = Tensor(place, base=tensor.base or tensor, partial=tensor.partial, detached=tensor.detached)
        alias.data["shape"] = _reshaped(tensor, name, positional)
        alias.data["transposed"] = name in _TRANSPOSING or bool(tensor.data.get("transposed"))
        return alias
    if name == "contiguous" and not tensor.data.get("transposed"):
        return tensor
    if name in ELEMENTWISE:
        return elementwise(machine, tensor, place)
    if name in _COPIES:
        result = Tensor(place)
        result.data.update((tensor.base or tensor).data if not tensor.partial else {})
        result.data.update(parameter=False, shape=_reshaped(tensor, name, positional))
        if name in {"clone", "contiguous", "repeat"}:  # the others may give the tensor itself
            result.data[COPIED] = tensor.base or tensor
        return known_numbers.keep(misuses.derived(result, tensor, name), None)
    if gives_copy(name):
        result = make_tensor(machine, tensor.data.get("shape"), Initializer(name, "unknown"), place)
        result.data[COPIED] = tensor.base or tensor
        return result
    # A method that we don't know may give a view: what is written to it is written to the tensor.
    view = Tensor(place, base=tensor.base or tensor, partial=True, detached=tensor.detached)
    view.data["shape"] = Unknown(f"the result of {name}")
    return view


def elementwise(machine: Machine, tensor: Tensor, place: Place) -> Tensor:
    """What a function of each element gives in a constructor: a tensor of the same shape."""
    result = Tensor(place)
    action = initial(machine, Initializer("an expression", "loaded" if is_fixed(tensor) else "unknown"), place)
    result.data.update(shape=tensor.data.get("shape"), candidates=(action,), history=(action,), parameter=False)
    return result


# The functions of torch that are methods of their first argument, too.
METHODS = shapes.RESHAPING.keys() | ELEMENTWISE | normed.FUNCTIONS


def _reshaped(tensor: Tensor, name: str, positional: Sequence[Value]) -> Value:
    shape = tensor.data.get("shape")
    return shape if name in _COPIES - {"expand", "repeat"} else shapes.reshaped(shape, name, positional)


def _count(tensor: Tensor) -> Value:
    shape = tensor.data.get("shape")
    return shapes.product(shape) if isinstance(shape, tuple) else Unknown("a number of elements")
