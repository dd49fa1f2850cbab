"""Whether a value is an instance of a class."""

from __future__ import annotations

from initlint.interpret.hierarchy import MAKES_NOTHING, MODULE, canonical, class_is, is_module_class, mro
from initlint.interpret.machine import Machine
from initlint.interpret.operators import is_plain
from initlint.interpret.values import (
    Argument,
    Bound,
    ClassValue,
    DictValue,
    Either,
    External,
    FunctionValue,
    ListValue,
    Missing,
    Obj,
    PartialValue,
    Tensor,
    Value,
)  # fmt: skip
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,), "float": (float,), "str": (str,), "bool": (bool,), "tuple": (tuple,), "list": (ListValue,),
    "dict": (DictValue,), "bytes": (bytes,), "set": (),
}  # fmt: skip
# What Python's own syntax makes; an instance of a project's class is an Obj.
_PLAINLY_MADE = (FunctionValue, ClassValue, DictValue, ListValue, tuple)
_MAKES_OBJECTS = MAKES_NOTHING | {MODULE}


def instance_of(value: Value, wanted: Value) -> bool | None:
    """``isinstance(value, wanted)``; None where it is not decided."""
    if isinstance(wanted, tuple):
        results = [instance_of(value, each) for each in wanted]
        return True if True in results else (None if None in results else False)
    if isinstance(value, Either):
        decided = {instance_of(option, wanted) for option in value.options}
        return decided.pop() if len(decided) == 1 else None
    if isinstance(value, (Unknown, Argument, Missing)) or isinstance(wanted, (Unknown, Either)):
        return None
    if isinstance(value, Obj):
        return class_is(value.cls, wanted)
    path = wanted.path if isinstance(wanted, External) else ""
    name = path.rpartition(".")[2]
    if isinstance(value, Tensor):
        if name in {"Tensor", "Parameter"}:
            return name == "Tensor" or bool(value.data.get("parameter"))
        return False
    if isinstance(value, Dim):
        return name in {"int", "float", "Number", "Integral"} or None
    if path.startswith("builtins.") and name in PYTHON_TYPES:
        return isinstance(value, PYTHON_TYPES[name])
    if name in {"Sequence", "Iterable", "Sized"}:
        return isinstance(value, (tuple, ListValue, str))
    if name in {"Mapping", "MutableMapping", "OrderedDict"}:
        return isinstance(value, DictValue)
    if name in {"Number", "Real", "Integral"}:
        return isinstance(value, (int, float))
    if isinstance(value, (tuple, ListValue, DictValue)) and (name in {"Tensor", "Parameter"} or _is_module(wanted)):
        return False
    if isinstance(value, _PLAINLY_MADE) and isinstance(wanted, ClassValue) and not _may_be_python(wanted):
        return False
    if isinstance(value, (FunctionValue, Bound, ClassValue, PartialValue, External)):
        return _callable_is(value, name)
    if name in {"Callable", "FunctionType", "partial"}:
        return False
    return False if is_plain(value) and isinstance(wanted, ClassValue) else (None if not is_plain(value) else False)


def _is_module(wanted: Value) -> bool:
    return isinstance(wanted, (ClassValue, External)) and is_module_class(wanted)


def _may_be_python(cls: ClassValue) -> bool:
    """Whether a class of the project may be that of a list, a dict, a function or a class."""
    return any(
        isinstance(base, Unknown) or (isinstance(base, External) and canonical(base.path) not in _MAKES_OBJECTS)
        for base in mro(cls)
    )


def _callable_is(value: Value, name: str) -> bool | None:
    """Whether something that can be called is a class, a function, or a partial; a foreign name may be any."""
    if name == "Callable":
        return True
    if isinstance(value, External) and not is_module_class(value):
        return True if name == "FunctionType" and value.path.startswith("torch.nn.functional.") else None
    match name:
        case "partial":
            return isinstance(value, PartialValue)
        case "FunctionType" | "LambdaType":
            return isinstance(value, FunctionValue)
        case "type":
            return isinstance(value, (ClassValue, External))
        case "Module" | "Tensor" | "Parameter":
            return False
    return None


def type_of(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``type(value)``."""
    value = positional[0] if positional else Unknown("type()")
    if isinstance(value, Obj):
        return value.cls
    if isinstance(value, PartialValue):
        return External("functools.partial")
    if isinstance(value, ClassValue) or (isinstance(value, External) and machine.catalog.layer(value.path)):
        return External("builtins.type")
    for name, types in PYTHON_TYPES.items():
        if types and type(value) is types[0]:
            return External(f"builtins.{name}")
    return Unknown("the type of a value that is not known")
