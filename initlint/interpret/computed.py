"""Weights that a forward computes of parameters: standardised kernels, weights of one expert, modulated ones.

Such a layer's place in the graph is known, but not how its weight is distributed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from initlint.interpret.graph import GraphBuilder
from initlint.interpret.operators import as_scalar
from initlint.interpret.shapes import RESHAPING, reshaped
from initlint.interpret.values import Tensor, Value
from initlint.ir import dim
from initlint.ir.dim import Scalar
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine

OF = "of"  # under this key a computed weight has the parameter that it is computed of
_LAYOUT = "layout"  # under this key a view of a weight says how its axes lie, where not as the weight's
_SWAPPED, _OTHER = "the two axes of a matrix swapped", "another shape, or another order of more axes"
_TRANSPOSING = frozenset({"t", "transpose", "permute"})


def parameter_of(tensor: object) -> Tensor | None:
    """The parameter that the value is, but for its shape and type."""
    if isinstance(tensor, Tensor) and tensor.node is None:
        root = tensor.base or tensor
        return root if root.data.get("parameter") or root.data.get("computed") else None
    return None


def sources(graph: GraphBuilder, tensor: Tensor) -> tuple[Tensor, ...] | None:
    """The parameters that a value is computed of, none for a constant; None where it depends on a signal or on what is
    not known."""
    if tensor.node is None:
        root = parameter_of(tensor)
        return () if root is None else (root,)
    found: dict[int, Tensor] = {}
    seen: set[int] = set()
    waiting = [tensor.node]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        draft = graph.drafts[number]
        if draft.kind == "parameter" and draft.weight is not None:
            found[id(draft.weight)] = draft.weight
        elif draft.kind in {"input", "layer"} or (not draft.inputs and draft.kind != "constant"):
            return None
        waiting += draft.inputs
    return tuple(found.values())


def is_learnt(graph: GraphBuilder, tensor: Tensor) -> bool:
    """Whether a value depends on what a weight layer gave."""
    waiting = [tensor.node] if tensor.node is not None else []
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if graph.drafts[number].kind == "layer":
            return True
        if number not in seen:
            seen.add(number)
            waiting += graph.drafts[number].inputs
    return False


def weight_of(machine: Machine, parameters: Sequence[Tensor], place: Place) -> Tensor | None:
    """A weight of unknown distribution that is computed of these parameters: of one chiefly, the largest matrix; None
    where there is none, or where it can't be told which."""
    matrices = [each for each in parameters if is_matrix(each)]
    numbers = [_size(each) for each in matrices]
    known = [number if isinstance(number, (int, float)) else None for number in numbers]
    # Where sizes are symbols, a factor for each channel has fewer axes than the kernel that it scales.
    decided = [number for number in known if number is not None]
    ranks: list[float] = [*decided] if len(decided) == len(known) else [*map(_axes, matrices)]
    if not ranks or ranks.count(max(ranks)) > 1:
        return None
    largest = matrices[ranks.index(max(ranks))]
    return _computed(machine, largest, Unknown("a weight that is computed in the forward"), place)


def in_another_layout(machine: Machine, parameter: Tensor, place: Place, shape: Value = None) -> Tensor:
    """The parameter as the weight of a product in which its axes have other meanings; ``shape`` is its shape as a
    matrix (in, out), or a stack of them, where that can be told."""
    weight = _computed(machine, parameter, shape if shape is not None else Unknown("the layout of an einsum"), place)
    weight.data["candidates"] = parameter.data.get("candidates", ())
    return weight


def einsum_shape(equation: Value, operands: Sequence[Value], parameter: Tensor) -> Value:
    """An operand's shape as a matrix (in, out), or as a stack of such where it shares an axis with both the other
    operands and the result: what is summed over is in. None where it can't be told."""
    shape = parameter.data.get("shape")
    if not isinstance(equation, str) or "..." in equation or "->" not in equation or not isinstance(shape, tuple):
        return None
    left, _, result = equation.replace(" ", "").partition("->")
    names = left.split(",")
    number = next((at for at, operand in enumerate(operands) if parameter_of(operand) is parameter), None)
    if number is None or len(names) != len(operands) or len(names[number]) != len(shape):
        return None
    others = "".join(names[:number] + names[number + 1 :])
    sizes: dict[str, Scalar] = {"stack": 1, "in": 1, "out": 1}
    for name, size in zip(names[number], shape):
        axis = "in" if name not in result else "stack" if name in others else "out"
        scalar = as_scalar(size)
        if scalar is None:
            return None
        sizes[axis] = dim.multiply(sizes[axis], scalar)
    matrix = (sizes["in"], sizes["out"])
    return matrix if sizes["stack"] == 1 else (sizes["stack"], *matrix)


def _computed(machine: Machine, parameter: Tensor, shape: Value, place: Place) -> Tensor:
    from initlint.interpret.torch_init import initial

    weight = Tensor(place)
    unknown = initial(machine, Initializer("the forward", "unknown"), place)
    weight.data.update({"computed": True, OF: parameter, "shape": shape, "candidates": (unknown,)})
    return weight


def moved(weight: Tensor, parameter: Tensor) -> Tensor:
    """The like weight of another module."""
    copy = Tensor(weight.made)
    copy.data.update(weight.data)
    copy.data[OF] = parameter
    return copy


def view(tensor: Tensor, name: str, positional: Sequence[Value], place: Place) -> Tensor:
    """What ``tensor.name(...)`` gives in a forward of a parameter or a view of one: its elements, in another shape,
    order or type."""
    result = Tensor(place, base=tensor.base or tensor)
    shape, layout = tensor.data.get("shape"), tensor.data.get(_LAYOUT)
    result.data.update({"shape": shape, _LAYOUT: layout})
    if name in RESHAPING or name in _TRANSPOSING:
        matrix = not isinstance(shape, tuple) or len(shape) == 2
        swapped = _SWAPPED if layout is None else None
        known = name in _TRANSPOSING and matrix and layout != _OTHER
        result.data.update({"shape": reshaped(shape, name, positional), _LAYOUT: swapped if known else _OTHER})
    return result


def factor(machine: Machine, weight: Tensor, root: Tensor, left: bool, place: Place) -> tuple[str, Tensor]:
    """The layer that a matrix product with a weight is, and its weight: ``matmul`` for one that lies as (in, out),
    ``linear`` for (out, in). ``root`` is the parameter that the weight is, or is a view of; ``left`` says that it is
    the product's left side."""
    shape, layout = (weight if weight.base is not None else root).data.get("shape"), weight.data.get(_LAYOUT)
    stacked = isinstance(shape, tuple) and len(shape) > 2
    if layout != _OTHER and not (stacked and left):
        return ("linear" if (layout == _SWAPPED) != left else "matmul"), root
    if isinstance(shape, tuple) and left:
        shape = (*shape[:-2], *reversed(shape[-2:]))
    return "matmul", in_another_layout(machine, root, place, shape if isinstance(shape, tuple) else None)


def is_matrix(parameter: Tensor) -> bool:
    """Whether a parameter has more than one axis (or may have)."""
    shape = parameter.data.get("shape")
    return not isinstance(shape, tuple) or len(shape) > 1


def _axes(parameter: Tensor) -> int:
    """The number of axes of more than one element, where that is known."""
    shape = parameter.data.get("shape")
    return sum(size != 1 for size in shape) if isinstance(shape, tuple) else 0


def _size(parameter: Tensor) -> Scalar | None:
    shape = parameter.data.get("shape")
    product: Scalar = 1
    for size in shape if isinstance(shape, tuple) else (None,):
        scalar = as_scalar(size)
        if scalar is None:
            return None
        product = dim.multiply(product, scalar)
    return product
