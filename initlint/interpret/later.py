"""What may still happen to a model after its constructor: methods that fill parameters and that nothing has run yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from initlint.interpret.bounds import LimitReached
from initlint.interpret.functions import run_function
from initlint.interpret.hierarchy import mro, once
from initlint.interpret.initialising import initialises, writes
from initlint.interpret.machine import Machine
from initlint.interpret.module_methods import module_method
from initlint.interpret.torch_init import escape, is_garbage, may_fill
from initlint.interpret.torch_modules import walk
from initlint.interpret.values import Argument, Bound, ClassValue, FunctionValue, Obj, PartialValue, Tensor, Value
from initlint.ir import code
from initlint.ir.place import Place
from initlint.syntax.calls import calls, once_for_code
from initlint.syntax.calls import walk as walk_code

# What an init function asks any module for.
_OF_MODULES = frozenset(
    {"weight", "bias", "__class__", "modules", "children", "parameters", "named_parameters", "named_modules", "apply"}
)


def run_later(machine: Machine, root: Obj) -> None:
    """Run every such method as something that may happen, so that what it fills is not judged by its first value."""
    for _, module in walk(root):
        for name, place in _filled_by_forward(module.cls) if isinstance(module.cls, ClassValue) else ():
            tensor = module.data.get(name)
            if isinstance(tensor, Tensor) and is_garbage(tensor):  # else it has an initial value already
                may_fill(machine, tensor, f"`{name}`, which the forward writes to", place)
        for method in _unrun(machine, module):
            try:
                branches: list[Callable[[], None]] = [partial(_run, machine, module, method), _not_run]
                machine.fork(branches)
            except (LimitReached, RecursionError):
                escape(machine, module, f"{method.name}()", Place(*method.origin, method.code.at))


@once
def _filled_by_forward(cls: ClassValue) -> tuple[tuple[str, Place], ...]:
    """The parameters of ``self`` that the class's forward, or a method that it calls, fills: from the first batch,
    say, and maybe in a branch that the arguments' defaults do not take. With the place of each."""
    methods: dict[str, FunctionValue] = {}
    for base in mro(cls):
        for name, value in base.members.data.items() if isinstance(base, ClassValue) else ():
            if isinstance(name, str) and isinstance(value, FunctionValue):
                methods.setdefault(name, value)
    found: dict[str, Place] = {}
    reached = ["forward"]
    for name in reached:
        method = methods.get(name)
        for call in calls(method.code.body) if method is not None and isinstance(method.code, code.Function) else ():
            assert method is not None
            match call.function:
                case code.Attribute(code.Name("self"), called):
                    reached.extend([called] if called not in reached else [])
                case code.Attribute(code.Attribute(code.Name("self"), held), called) | code.Attribute(
                    code.Attribute(code.Attribute(code.Name("self"), held), "data"), called
                ) if writes(called):
                    found.setdefault(held, Place(*method.origin, call.at))
    return tuple(found.items())


def _unrun(machine: Machine, module: Obj) -> list[FunctionValue]:
    found: dict[str, FunctionValue] = {}
    for base in mro(module.cls) if isinstance(module.cls, ClassValue) else ():
        for name, value in base.members.data.items() if isinstance(base, ClassValue) else ():
            # A class method has no module yet that it could fill.
            if isinstance(value, FunctionValue) and isinstance(name, str) and value.kind != "class" and fills(value):
                found.setdefault(name, value)
    return [method for method in found.values() if method not in machine.ran]


@once
def fills(function: FunctionValue) -> bool:
    """Whether the body calls an initialiser, by the name it has in torch.nn.init or as a tensor's method."""
    if function.name in {"__init__", "forward"} or not isinstance(function.code, code.Function):
        return False
    return initialises(function.code.body, _made_by(function.code.body))


@once_for_code
def _made_by(body: tuple[code.Stmt, ...]) -> frozenset[str]:
    """The local names that hold only what the function itself makes: literals, and instances of classes by the look of
    their names."""
    made: dict[str, bool] = {}
    for node in walk_code(body):
        if isinstance(node, code.Assign):
            value = node.value
            called = value.function if isinstance(value, code.Call) else None
            new = isinstance(value, code.Mapping) or (isinstance(called, code.Name) and called.id[:1].isupper())
            for target in node.targets:
                if isinstance(target, code.Name):
                    made[target.id] = made.get(target.id, True) and new
    return frozenset(name for name, new in made.items() if new)


def _not_run() -> None:
    """The other branch."""


def _run(machine: Machine, module: Obj, method: FunctionValue) -> None:
    place = Place(*method.origin, method.code.at)
    own = 0 if method.kind == "static" else 1
    parameters = [p for p in method.code.parameters[own:] if p.kind == "positional" and p.default is None]
    # Whoever calls it may give other numbers than the defaults.
    numbers: dict[str, Value] = {
        p.name: Argument(p.name) for p in method.code.parameters[own:] if _is_number(p.default)
    }
    if len(parameters) == 1 and _takes_module(method, parameters[0].name):
        function = PartialValue(method if method.kind == "static" else Bound(module, method), (), numbers)
        module_method(machine, module, "apply", [function], {}, place)
    else:
        given = [*[module][:own], *(Argument(p.name) for p in parameters)]
        run_function(machine, method, given, numbers, place)


def _is_number(default: code.Expr | None) -> bool:
    return isinstance(default, code.Const) and type(default.value) in (int, float)


@once
def _takes_module(method: FunctionValue, parameter: str) -> bool:
    """Whether a method's only argument is some module, as with what ``apply`` is given: its body looks at the
    argument's class or at what most layers have, or hands it to an init function."""
    assert isinstance(method.code, code.Function)
    for node in walk_code(method.code.body):
        match node:
            case code.Attribute(code.Name(name), attribute) if name == parameter and attribute in _OF_MODULES:
                return True
            case code.Call(code.Name(function), (code.Argument(code.Name(name)), *_)) if name == parameter:
                if function in {"isinstance", "hasattr", "type"} or "init" in function:
                    return True
    return False
