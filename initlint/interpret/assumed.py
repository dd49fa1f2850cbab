"""What constructors and functions are given where no call is read: symbols, and configurations with their defaults."""

from __future__ import annotations

from collections.abc import Iterable

from initlint.interpret.calls import instantiate
from initlint.interpret.hierarchy import MODULE, canonical, is_module_class, mro
from initlint.interpret.link import Namespace
from initlint.interpret.machine import Machine
from initlint.interpret.torch_modules import container_of
from initlint.interpret.values import MISSING, Argument, ClassValue, Env, External, FunctionValue, Obj, Value
from initlint.ir import code
from initlint.ir.unknown import Unknown

_TAKES_NONE = frozenset({"builtins.object", "abc.ABC", MODULE})
NUMBERS = frozenset({"int", "float", "bool", "str"})  # annotations of arguments that are no tensors


def default_arguments(machine: Machine, cls: ClassValue) -> dict[str, Value]:
    """Symbols for the constructor's arguments without a default."""
    for base in mro(cls):
        if isinstance(base, ClassValue) and isinstance(init := base.members.data.get("__init__"), FunctionValue):
            return {**symbols(machine, init, init.code.parameters[1:]), **_configured(machine, cls, init)}
        if isinstance(base, External) and container_of(Obj(base, cls.place, ())) is None:
            spec = machine.catalog.layer(base.path)
            if spec is not None:
                from initlint.catalog import Required

                return {
                    p.name: Argument(p.name) for p in spec.signature if isinstance(p.default, Required) and not p.star
                }
    return {}


def _configured(machine: Machine, cls: ClassValue, init: FunctionValue) -> dict[str, Value]:
    """The configuration of the class that the model class names (transformers' ``config_class``), where the constructor
    takes one and says no more about it."""
    held = (base.members.data.get("config_class") for base in mro(cls) if isinstance(base, ClassValue))
    config = machine.resolve(next((each for each in held if each is not None), MISSING))
    plain = any(p.name == "config" and p.default is None and not p.annotation for p in init.code.parameters)
    if not plain or not isinstance(config, ClassValue) or needs_arguments(config):
        return {}
    built = instantiate(machine, config, (), {}, config.place)
    return {"config": built} if isinstance(built, Obj) else {}


def symbols(machine: Machine, function: FunctionValue, parameters: tuple[code.Parameter, ...]) -> dict[str, Value]:
    """Symbols for those of a function's parameters that have no default."""
    found: dict[str, Value] = {}
    for parameter in parameters:
        if parameter.default is None and parameter.kind in {"positional", "keyword"}:
            found[parameter.name] = _annotated(machine, function, parameter)
    return found


def _annotated(machine: Machine, function: FunctionValue, parameter: code.Parameter) -> Value:
    """An argument without a default: an instance of the class that its annotation names, where that can be built
    without arguments (a configuration), else a symbol."""
    name = parameter.annotation.strip("\"'")
    if name.isidentifier() and name not in NUMBERS:
        scope: Env | Namespace = function.scope
        while isinstance(scope, Env) and scope.outer is not None:
            scope = scope.outer
        cls = machine.module_name(scope, name) if isinstance(scope, Namespace) else MISSING
        if isinstance(cls, ClassValue) and not is_module_class(cls) and not needs_arguments(cls):
            built = instantiate(machine, cls, (), {}, cls.place)
            if isinstance(built, Obj):
                return built
    return Argument(parameter.name)


def required(parameters: Iterable[code.Parameter]) -> bool:
    """Whether any of the parameters must be given."""
    return any(p.default is None and p.kind in {"positional", "keyword"} for p in parameters)


def needs_arguments(cls: ClassValue) -> bool:
    """Whether the class can't be built without arguments, or that can't be told."""
    for base in mro(cls):
        if not isinstance(base, ClassValue):
            return isinstance(base, Unknown) or canonical(base.path) not in _TAKES_NONE
        if isinstance(init := base.members.data.get("__init__"), FunctionValue):
            return required(init.code.parameters[1:])
        if base.dataclass:
            return False
    return False
