"""Writes to parameters: making them, the functions of torch.nn.init, and tensors' own in-place methods."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from initlint.catalog import FactorySpec, InitError, InitSpec, doubt
from initlint.interpret import draws, normed, strays
from initlint.interpret.machine import Machine
from initlint.interpret.misuses import attribute_of_none, note, written_in_place
from initlint.interpret.operators import as_scalar
from initlint.interpret.values import Argument, Either, External, ListValue, Obj, Tensor, Value, Walk
from initlint.ir import dim
from initlint.ir.dim import Dim, Scalar
from initlint.ir.initializer import InitAction, Initializer, Part
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# Under this key a view of a part of a vector has its bounds.
SLICE = ("slice",)
PADDING = ("padding",)  # under this key the table of an embedding has the number of its row for padding
ROW = ("row",)  # under this key a view has the number of the row that it is, along the first axis
_ROWS = ("rows",)  # under this key a tensor has what filled which of its rows
# Under this key a tensor says that no optimiser trains its type, in which only quantised numbers are stored.
STORED = "stored"
_STORED = tuple(f"torch.{name}" for name in ("int", "uint", "qint", "quint", "float8_", "float4_"))
# Families that fill each element alike, whatever the others hold.
_ALIKE = frozenset({"normal", "truncated_normal", "uniform", "constant"})
_FIXED = frozenset({"constant", "loaded"})


def plain(value: Value) -> object:
    """A value as the catalogue takes it: numbers, symbols, strings, booleans, None, tuples, or Unknown."""
    if isinstance(value, (int, float)):
        return value if dim.usable(value) else Unknown("a number beyond reckoning")
    if isinstance(value, (str, Dim, Unknown)) or value is None:
        return value
    if isinstance(value, Argument):
        return dim.symbol(value.name)
    if isinstance(value, ListValue):
        return tuple(plain(item) for item in value.items)
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, External):
        return Unknown(value.path)
    if isinstance(value, Either):
        return Unknown("one of several values, on a condition that is not decided")
    return Unknown("a value of a kind that a layer does not take")


def plain_shape(value: Value) -> tuple[object, ...] | Unknown:
    """The shape of a tensor as the catalogue takes it; Unknown for what is no tensor."""
    shape = plain(value.data.get("shape")) if isinstance(value, Tensor) else None
    return shape if isinstance(shape, tuple) else Unknown("the shape of a tensor that is not known")


def plain_arguments(
    machine: Machine, positional: Sequence[Value], keywords: dict[str, Value]
) -> tuple[list[object], dict[str, object]]:
    """Arguments as the catalogue takes them."""
    return [plain(value) for value in positional], {key: plain(value) for key, value in keywords.items()}


def initial(machine: Machine, initializer: Initializer, place: Place) -> InitAction:
    """The record of the value that a tensor is made with."""
    return InitAction(initializer, place, machine.outer(), explicit=False)


def make_tensor(machine: Machine, shape: Value, initializer: Initializer, place: Place) -> Tensor:
    """A tensor with that first value."""
    tensor = Tensor(place)
    action = initial(machine, initializer, place)
    tensor.data.update(shape=shape, candidates=(action,), history=(action,), trainable=True, parameter=False)
    draws.drawn(machine, tensor, initializer)
    return tensor


def detached(tensor: Tensor, place: Place) -> Tensor:
    """``tensor.data``: the same elements, whose writes autograd does not see."""
    view = Tensor(place, base=tensor.base or tensor, partial=tensor.partial, detached=True)
    view.data = tensor.data
    return view


def factory(
    machine: Machine, spec: FactorySpec, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Tensor:
    """``torch.zeros(...)`` and its kin."""
    arguments: list[Value] = list(positional)
    if arguments and isinstance(arguments[0], Tensor):
        keywords = {**keywords, "_like_shape": arguments[0].data.get("shape", Unknown("shape"))}
        arguments[0] = Unknown("a tensor")
    shape, initializer = spec.resolve(*plain_arguments(machine, arguments, keywords))
    made = make_tensor(machine, shape, initializer, place)
    dtype = keywords.get("dtype")
    if isinstance(dtype, External) and dtype.path.startswith(_STORED):
        made.data[STORED] = True
    return made


def make_parameter(machine: Machine, value: Value, trainable: Value, place: Place) -> Value:
    """``nn.Parameter(value)``."""
    if isinstance(value, Either):
        return machine.join_values([make_parameter(machine, option, trainable, place) for option in value.options])
    parameter = Tensor(place)
    if isinstance(value, Tensor):
        parameter.data.update((value.base or value).data if not value.partial else {})
        if value.base is not None:
            filled = values_of(value)
            parameter.data.update(shape=value.data.get("shape"), candidates=filled, history=filled)
    if not parameter.data.get("candidates"):
        action = initial(machine, Initializer("nn.Parameter", "unknown"), place)
        parameter.data.update(candidates=(action,), history=(action,))
        if not isinstance(parameter.data.get("shape"), tuple):
            parameter.data["shape"] = Unknown("the shape of an unknown tensor")
    parameter.data.update(parameter=True, trainable=trainable)
    return parameter


def values_of(tensor: Tensor) -> tuple[InitAction, ...]:
    """What may fill a tensor, or the part of one that a view is: of elements that are alike, a part is like the whole.
    Empty where that is not known."""
    candidates = (tensor.base or tensor).data.get("candidates")
    if not isinstance(candidates, tuple):
        return ()
    alike = all(each.initializer.family in _ALIKE and each.part is None for each in candidates)
    return candidates if alike or not tensor.partial else ()


def write(machine: Machine, tensor: Value, outcome: Initializer | InitError, place: Place) -> None:
    """Record that a call fills the tensor (or fails to)."""
    if isinstance(tensor, Either):
        # Alternatives of which the model has one: whichever it has is written.
        for option in tensor.options:
            write(machine, option, outcome, place)
        return
    if not isinstance(tensor, Tensor):
        strays.no_tensor(machine, tensor, place)
        owner = machine.owner_of(tensor)
        if owner is not None:
            escape(machine, owner, "a write to a part that is not known", place)
        return
    if isinstance(outcome, InitError):
        note(machine, outcome.kind, outcome.message, place, tensor.base or tensor)
        outcome = Initializer("a call that fails", "unknown")
    root = tensor.base or tensor
    if isinstance(computed := root.data.get("computed"), str) and outcome.family not in {"unknown", "loaded"}:
        note(machine, "computed", computed, place, root)
        machine.sweeps.fills(root)
        return  # the next forward computes it anew
    bounds, part = tensor.data.get(SLICE), None
    if tensor.partial and outcome.constant == 0 and _is_padding(root, tensor.data.get(ROW)):
        return  # an embedding is judged without the row for padding, which is zero by its documentation
    if tensor.partial:
        part = Part(bounds[0], bounds[1], outcome) if isinstance(bounds, tuple) else None
        rest = "loaded" if outcome.family in _FIXED and is_fixed(root, {"loaded"}) else "mixed"
        outcome = _of_all_rows(machine, root, tensor.data.get(ROW), outcome) or Initializer(outcome.call, rest)
    elif root.data.get(_ROWS):
        machine.write(root, _ROWS, ())
    nested = machine.sweeps.branches.count
    action = InitAction(outcome, place, machine.outer(), blanket=machine.blanket > 0, part=part, nested=nested)
    fill(machine, root, action)


def _is_padding(table: Tensor, row: Value | None) -> bool:
    padding = as_scalar(table.data.get(PADDING))
    return padding is not None and padding == as_scalar(row)


def _of_all_rows(machine: Machine, root: Tensor, row: Value | None, outcome: Initializer) -> Initializer | None:
    """What fills the tensor once each of its rows was filled alike, which a loop does one by one; else None."""
    number = as_scalar(row)
    shape, rows = root.data.get("shape"), root.data.get(_ROWS, ())
    if number is None or not isinstance(rows, tuple) or not isinstance(shape, tuple) or not outcome.known:
        machine.write(root, _ROWS, ())
        return None
    rows = (*(each for each in rows if isinstance(each, tuple) and each[0] != number), (number, outcome))
    machine.write(root, _ROWS, rows)
    count = as_scalar(shape[0])
    # Of a loop of unknown length the first and the last pass are run.
    last = dim.subtract(count, 1) if count is not None else None
    whole = len(rows) == count if isinstance(count, int) else len(rows) == 2 and bool(machine.repeats)
    ends = {each[0] for each in rows} >= {0, last}
    alike = all(each[1] == outcome for each in rows)
    return replace(outcome, scheme="", gain=None) if whole and ends and alike else None


def fill(machine: Machine, tensor: Tensor, action: InitAction) -> None:
    """Record that all elements of a tensor get a new value."""
    machine.sweeps.fills(tensor)
    machine.write(tensor, "candidates", (action,))
    draws.drawn(machine, tensor, action.initializer)
    history = tensor.data.get("history", ())
    machine.write(tensor, "history", (*(history if isinstance(history, tuple) else ()), action))


def is_garbage(tensor: Tensor) -> bool:
    """Whether the tensor holds what memory held, as ``torch.empty`` leaves it."""
    candidates = tensor.data.get("candidates")
    actions = candidates if isinstance(candidates, tuple) else ()
    return bool(actions) and all(action.initializer.family == "garbage" for action in actions)


def may_fill(machine: Machine, tensor: Tensor, callee: str, place: Place) -> None:
    """Record that the tensor may get other elements."""
    candidates = tensor.data.get("candidates")
    action = InitAction(Initializer(callee, "unknown"), place, machine.outer(), may=True)
    machine.write(tensor, "candidates", (*(candidates if isinstance(candidates, tuple) else ()), action))


def call_initializer(
    machine: Machine, spec: InitSpec, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """``nn.init.xavier_uniform_(tensor, ...)``: the tensor."""
    keywords = dict(keywords)
    target = positional[0] if positional else keywords.pop("tensor", keywords.pop("weight", Unknown("no tensor")))
    if target is None:
        attribute_of_none(machine, place)
    for option in target.options if isinstance(target, Either) else (target,):
        arguments, named = plain_arguments(machine, positional[1:], keywords)
        fill_by_call(machine, option, spec, arguments, named, place)
    return target


def fill_by_call(
    machine: Machine,
    tensor: Value,
    spec: InitSpec,
    arguments: Sequence[object],
    keywords: dict[str, object],
    place: Place,
) -> None:
    """Record what an initialiser's call, with arguments as the catalogue takes them, leaves in the tensor."""
    write(machine, tensor, spec.resolve(arguments, keywords, plain_shape(tensor)), place)
    if isinstance(tensor, Tensor) and (text := doubt(spec, arguments, keywords)):
        note(machine, "doubtful-argument", text, place, tensor.base or tensor)


def scaled(initializer: Initializer, op: str, scalar: Scalar, flipped: bool = False) -> Initializer:
    """The distribution after ``value op scalar`` (``scalar op value`` if flipped)."""
    if op == "*" and scalar == 0:  # whatever was there, memory that nothing filled included
        return Initializer(initializer.call, "constant", 0, 0)
    if not initializer.known or isinstance(initializer.std, Unknown) or isinstance(initializer.mean, Unknown):
        return initializer
    mean, std = initializer.mean, initializer.std
    factor: Scalar | None = 1
    shift: Scalar | None = 0
    if op == "*":
        factor = scalar
    elif op == "/":
        factor = dim.divide(1, scalar)
    elif op == "+":
        shift = scalar
    elif op == "-":
        factor, shift = (-1, scalar) if flipped else (1, dim.multiply(-1, scalar))
    else:
        return Initializer(initializer.call, "unknown")
    if factor is None or shift is None:
        return Initializer(initializer.call, "unknown")
    moved = dim.add(dim.multiply(mean, factor), shift)
    spread = dim.multiply(std, factor)
    if not isinstance(spread, Dim):
        spread = abs(spread)
    if moved is None:
        return Initializer(initializer.call, "unknown")
    return replace(initializer, mean=moved, std=spread, scheme="", gain=None)


def scale_in_place(machine: Machine, tensor: Tensor, op: str, other: Value, place: Place) -> None:
    """``tensor *= other`` and its kin: changes what was there."""
    written_in_place(machine, tensor, place)
    scalar = as_scalar(other)
    root = tensor.base or tensor
    if isinstance(other, Tensor) and (divided := normed.arithmetic(op, tensor, other, place)) is not None:
        machine.write(root, "candidates", divided.data["candidates"])
        return
    candidates = root.data.get("candidates", ())
    if scalar is None or tensor.partial or not isinstance(candidates, tuple) or not candidates:
        write(machine, tensor, Initializer(f"{op}=", "mixed"), place)
        return
    new = tuple(replace(action, initializer=scaled(action.initializer, op, scalar)) for action in candidates)
    machine.write(root, "candidates", new)


def slice_of(tensor: Tensor, key: Value) -> tuple[Scalar, Scalar] | None:
    """The bounds of ``tensor[start:stop]`` for a whole vector; None for any other item."""
    shape = tensor.data.get("shape")
    if not isinstance(key, slice) or key.step is not None or not isinstance(shape, tuple) or len(shape) != 1:
        return None
    if tensor.partial or (tensor.base is not None and tensor.data is not tensor.base.data):
        return None
    start = as_scalar(key.start if key.start is not None else 0)
    stop = as_scalar(key.stop if key.stop is not None else shape[0])
    return (start, stop) if start is not None and stop is not None else None


def row_of(shape: Value, key: Value) -> Value:
    """The number of the row that a key picks, ``weight[number]`` or ``weight[number, :]``, counted from the first."""
    if isinstance(key, tuple) and key and all(each == slice(None) for each in key[1:]):
        key = key[0]
    count = shape[0] if isinstance(shape, tuple) and shape else None
    return key + count if isinstance(key, int) and key < 0 and isinstance(count, int) else key


def is_fixed(tensor: Tensor, families: Set[str] = _FIXED) -> bool:
    """Whether the elements are numbers that nothing draws: a table of sines, say."""
    candidates = (tensor.base or tensor).data.get("candidates")
    filled = candidates if isinstance(candidates, tuple) else ()
    return bool(filled) and all(each.initializer.family in families for each in filled)


def write_elements(machine: Machine, tensor: Tensor, key: Value, value: Value, place: Place) -> None:
    """``tensor[key] = value``."""
    written_in_place(machine, tensor, place)
    whole = key is Ellipsis or (isinstance(key, slice) and key == slice(None, None, None))
    scalar = as_scalar(value)
    bounds = slice_of(tensor, key)
    if scalar is not None:
        part = tensor if whole else Tensor(place, base=tensor.base or tensor, partial=True)
        if bounds is not None:
            part.data[SLICE] = bounds
        elif not whole and not tensor.partial:
            part.data[ROW] = row_of(tensor.data.get("shape"), key)
        write(machine, part, Initializer("assignment", "constant", scalar, 0), place)
    elif is_fixed(tensor) and isinstance(value, Tensor) and is_fixed(value):
        write(machine, tensor, Initializer("assignment", "loaded"), place)
    else:
        write(machine, tensor, Initializer("assignment", "mixed"), place)


def assign_data(machine: Machine, tensor: Tensor, value: Value, place: Place) -> None:
    """``tensor.data = value``. A value that is made of what the tensor held changes that, and wipes nothing."""
    candidates = value.data.get("candidates") if isinstance(value, Tensor) else None
    root = tensor.base or tensor
    held = root.data.get("candidates")
    if isinstance(candidates, tuple) and isinstance(held, tuple) and not tensor.partial and candidates:
        # What a twin of it holds was drawn by the same line, too, but alike.
        changed = [each.initializer for each in candidates] != [each.initializer for each in held]
        if changed and [each.place for each in candidates] == [each.place for each in held]:
            machine.write(root, "candidates", candidates)
            return
    if isinstance(candidates, tuple) and len(candidates) == 1:
        write(machine, tensor, candidates[0].initializer, place)
    else:
        write(machine, tensor, Initializer("assignment", "loaded"), place)


def escape(machine: Machine, value: Value, callee: str, place: Place) -> None:
    """Forget what is known of the parameters in a value that was given to code we cannot see."""
    from initlint.interpret.torch_modules import parameters_of

    tensors: list[Tensor] = []
    match value:
        case Tensor():
            tensors = [value] if (value.base or value).data.get("parameter") else []
        case Obj():
            tensors = [tensor for _, tensor in parameters_of(value)]
        case Either(options):
            for option in options:
                escape(machine, option, callee, place)
        case tuple():
            for item in value:
                escape(machine, item, callee, place)
        case ListValue() | Walk():
            for item in value.items:
                escape(machine, item, callee, place)
    for tensor in tensors:
        if not _is_lost(tensor):
            write(machine, tensor, Initializer(f"{callee}", "unknown"), place)


def _is_lost(tensor: Tensor) -> bool:
    """Whether nothing is known of the tensor's value already. A loop that hands a large model over again and again
    must not write to all of it each time."""
    candidates = (tensor.base or tensor).data.get("candidates")
    if not isinstance(candidates, tuple) or len(candidates) != 1:
        return False
    action = candidates[0]
    return isinstance(action, InitAction) and action.explicit and action.initializer.family == "unknown"


def as_buffer(value: Value, place: Place) -> Value:
    """What a buffer holds: where the value is not known, a tensor of which nothing is known."""
    if not isinstance(value, Unknown):
        return value
    held = Tensor(place)
    held.data["shape"] = value
    return held
