"""Inits that change nothing of the model: of copies, of tensors that are thrown away, of what is no tensor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from initlint.catalog.tensor_names import TENSOR_NAMES
from initlint.interpret.hierarchy import is_module_class
from initlint.interpret.initialising import fills_tensor, initialises
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.misuses import note
from initlint.interpret.values import Bound, FunctionValue, Obj, Tensor, Value
from initlint.ir import code
from initlint.ir.place import Place
from initlint.syntax.calls import walk

# The tensor that a tensor is a copy of, or was computed from.
COPIED = "copied"
# What gives a tensor's elements changed, and leaves the tensor as it was.
_OUT_OF_PLACE = frozenset({"mul", "div", "add", "sub", "clamp", "neg", "sqrt", "pow", "abs", "masked_fill"})


def no_tensor(machine: Machine, target: Value, place: Place) -> None:
    """Look at what an initialiser is given in place of a tensor: both a module and an attribute that isn't there raise
    AttributeError."""
    if isinstance(target, Obj) and is_module_class(target.cls):
        note(machine, "of-a-module", "it is given the module, not its weight", place, target)
    elif (absent := machine.absent.get(id(target))) is not None:
        note(machine, "no-attribute", absent.name, place, absent.module, absent.name)


def no_init(function: Value) -> str | None:
    """Why ``apply`` can't call a value with a module; None where it can, or where that is not known."""
    if function is None:
        return "`apply` is given what a call returns, None, and not a function; give it the function without calling it"
    inner = function.function if isinstance(function, Bound) else function
    if not isinstance(inner, FunctionValue):
        return None
    taken = inner.code.parameters[1 if isinstance(function, Bound) else 0 :]
    positional = [parameter for parameter in taken if parameter.kind == "positional"]
    required = sum(parameter.default is None for parameter in positional)
    if required > 1:
        return f"`apply` calls `{inner.name}` with a module alone, and it needs {required} arguments"
    if not positional and all(parameter.kind != "*" for parameter in taken):
        return f"`apply` calls `{inner.name}` with each module, and it takes no argument; call it directly"
    return None


def gives_copy(name: str) -> bool:
    """Whether a tensor's method of that name gives a new tensor where a name with an underscore would write to it."""
    return name in _OUT_OF_PLACE or fills_tensor(f"{name}_")


def discarded(machine: Machine, statement: code.Evaluate, value: Value, frame: Frame) -> None:
    """Look at an expression that stands alone: whether it was meant to initialise something and does not."""
    if machine.graph is not None:
        return
    node = statement.value
    match value:
        case Bound(Tensor() as tensor, None, name) if isinstance(node, code.Attribute) and fills_tensor(name):
            place = Place(*frame.origin, node.at)
            note(machine, "not-called", f"`{name}` is named and not called", place, tensor.base or tensor)
        case Tensor() if isinstance(node, code.Call) and not value.data.get("parameter") and value.base is None:
            _thrown_away(machine, node, value, frame, Place(*frame.origin, node.at))


def _thrown_away(machine: Machine, node: code.Call, tensor: Tensor, frame: Frame, place: Place) -> None:
    source = tensor.data.get(COPIED)
    about = source if isinstance(source, Tensor) else frame.receiver
    if not isinstance(about, (Tensor, Obj)):
        return
    made_here = tensor.made.path == place.path and any(
        Place(*frame.origin, getattr(part, "at", -1)) == tensor.made for part in walk(node)
    )
    if not made_here and not _is_only_use(machine, node):
        return
    method = node.function.name if isinstance(node.function, code.Attribute) else ""
    if isinstance(source, Tensor) and method and not method.endswith("_") and method not in TENSOR_NAMES:
        note(machine, "no-such-method", f"tensors have no method `{method}`", place, about)
    elif isinstance(source, Tensor):
        note(machine, "of-a-copy", "it writes to a copy", place, about)
    elif made_here:
        note(machine, "of-a-temporary", "it fills a tensor that nothing keeps", place, about)


def _is_only_use(machine: Machine, node: code.Call) -> bool:
    """Whether the local name that a call fills is read nowhere else in the running function."""
    function = machine.active[-1] if machine.active else None
    target = node.arguments[0].value if node.arguments else None
    if isinstance(node.function, code.Attribute) and isinstance(node.function.value, code.Name):
        if node.function.name.endswith("_") and fills_tensor(node.function.name):
            target = node.function.value if target is None or not isinstance(target, code.Name) else target
    if not isinstance(target, code.Name) or not isinstance(function, FunctionValue):
        return False
    return isinstance(function.code, code.Function) and _reads(function.code.body, target.id) == 1


def _reads(body: Iterable[code.Stmt], name: str) -> int:
    """How often the statements mention a name, but for its assignments."""
    assigned = sum(
        isinstance(target, code.Name) and target.id == name
        for node in walk(body)
        if isinstance(node, code.Assign)
        for target in node.targets
    )
    return sum(isinstance(node, code.Name) and node.id == name for node in walk(body)) - assigned


def parameter_given(machine: Machine, positional: Sequence[Value]) -> Tensor | None:
    """The parameter that a function which runs in a constructor is given first."""
    given = positional[0] if positional else None
    return given if isinstance(given, Tensor) and machine.graph is None and given.is_parameter else None


@contextmanager
def watching(machine: Machine, function: FunctionValue, tensor: Tensor, place: Place) -> Iterator[None]:
    """Look at a call of an init function that is there for modules: given a parameter, it does nothing."""
    held, forks = tensor.data.get("candidates"), machine.forks
    yield
    if tensor.data.get("candidates") is held and machine.forks == forks and _is_for_modules(function):
        note(machine, "tensor-for-module", function.name, place, tensor)


def _is_for_modules(function: FunctionValue) -> bool:
    """Whether a function initialises the weight or the bias of what it is given."""
    taken = function.code.parameters
    if function.owner is not None or not taken or not isinstance(function.code, code.Function):
        return False
    wanted = any(
        isinstance(part, code.Attribute)
        and part.name in {"weight", "bias"}
        and isinstance(part.value, code.Name)
        and part.value.id == taken[0].name
        for part in walk(function.code.body)
    )
    return wanted and initialises(function.code.body)


def rebound(machine: Machine, statement: code.Assign, value: Value, frame: Frame) -> None:
    """Look at an assignment to the variable of a loop over parameters: it changes none of them."""
    if not machine.sweeps.running:
        return
    match statement.targets:
        case (code.Name(name),):
            old = frame.env.data.get(name)
            loop = machine.sweeps.loop_over(name)
            if loop is None or not isinstance(old, Tensor) or not old.data.get("parameter"):
                return
            if not isinstance(value, Tensor) or value is old or value.base is old or value.data.get("parameter"):
                return
            end = max(getattr(part, "at", 0) for part in walk([statement]))
            later = [part for part in walk(loop) if isinstance(part, code.Name) and part.id == name and part.at > end]
            if all(id(part) in _instead(loop, statement) for part in later):
                place = Place(*frame.origin, statement.at)
                note(machine, "rebound", f"it gives the name `{name}` another tensor", place, old)


def _instead(body: tuple[code.Stmt, ...], statement: code.Stmt) -> set[int]:
    """The ids of the nodes that run only where a statement does not: in the other branches of the ifs around it."""
    return {
        id(part)
        for node in walk(body)
        if isinstance(node, code.If) and any(inner is statement for inner in walk(node.body))
        for part in walk(node.otherwise)
    }
