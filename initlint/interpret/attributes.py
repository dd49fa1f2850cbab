"""Reading, setting and deleting attributes."""

from __future__ import annotations

from initlint.interpret import absent, configurations, misuses, overridden, own_backward, tensors
from initlint.interpret.auto_names import auto_class
from initlint.interpret.hidden import keep_line
from initlint.interpret.hierarchy import MODULE, canonical, is_module_class, mro, unknown_bases
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.module_methods import IGNORED, METHODS, RETURN_SELF
from initlint.interpret.operators import is_plain
from initlint.interpret.overridden import FALLBACK, READ, WRITE, access
from initlint.interpret.standard_library import Parser
from initlint.interpret.torch_init import assign_data
from initlint.interpret.torch_modules import append, children, container_of, own_parameters, recurrent_weights, spec_of
from initlint.interpret.values import (
    MISSING,
    Argument,
    AttributesValue,
    Bound,
    Buffer,
    ClassValue,
    DictValue,
    Either,
    External,
    FunctionValue,
    ListValue,
    Missing,
    NamespaceValue,
    Obj,
    PartialValue,
    Super,
    Tensor,
    Value,
    Walk,
    class_name,
    describe,
)  # fmt: skip
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

DICT_METHODS = frozenset(dir(dict)) | {"move_to_end"}
_CONTAINERMETHODS = frozenset({"append", "extend", "insert", "items", "keys", "values", "update", "pop", "clear"})


def get(machine: Machine, value: Value, name: str, place: Place) -> Value:
    """``value.name``."""
    match value:
        case Obj():
            return _of_object(machine, value, name, place)
        case External(path):
            if name in {"__name__", "__qualname__"}:
                return canonical(path).rpartition(".")[2]
            if name == "__bases__":
                return _bases(machine, path)
            return External(f"{path}.{name}")
        case Tensor():
            return tensors.attribute(machine, value, name, place)
        case NamespaceValue() if name == "__dict__":
            return value
        case NamespaceValue(namespace):
            found = machine.module_name(namespace, name)
            return External(f"{namespace.module}.{name}") if isinstance(found, Missing) else found
        case ClassValue():
            return _of_class(machine, value, name)
        case Super():
            return _of_super(machine, value, name)
        case Argument(base):
            path = f"{base}.{name}"
            return machine.settings.get(path, Argument(path))
        case Unknown():
            return absent.part_of(machine, value, name)
        case Missing():
            return value
        case Either(options):
            usable = [option for option in options if option is not None]
            return machine.join_values([get(machine, option, name, place) for option in usable])
        case FunctionValue():
            return value.name if name == "__name__" else Unknown(f"attribute `{name}` of a function")
        case PartialValue():
            return _of_partial(value, name)
        case DictValue():
            if name in value.data and name not in {"items", "keys", "values", "get", "pop", "update"}:
                return value.data[name]  # configuration objects that give their keys as attributes
            if name in {"__dict__", "__class__"}:
                return value if name == "__dict__" else External("builtins.dict")
            if name in DICT_METHODS or isinstance(value, Parser):
                return Bound(value, None, name)
            if name in configurations.METHODS and isinstance(value, configurations.Configuration):
                return Bound(value, None, name)
            return Argument(name) if value.open else Unknown(f"attribute `{name}` of a dict")
        case str() | int() if name == "value":
            return value  # of a member of an enumeration of strings or numbers
        case ListValue() | Walk() | str() | tuple() | Bound():
            return Bound(value, None, name)
        case None:
            misuses.attribute_of_none(machine, place)
        case int() | float() | Dim():
            if name.startswith("__") and not isinstance(value, Dim):
                return Bound(value, None, name)
            return Unknown(f"attribute `{name}` of a number")
    return machine.unknown(f"attribute `{name}` of {describe(value)}", place)


def _of_partial(value: PartialValue, name: str) -> Value:
    match name:
        case "func":
            return value.function
        case "keywords":
            return DictValue(dict(value.keywords))
        case "args":
            return value.positional
    return Unknown(f"attribute `{name}` of a partial")


def _of_object(machine: Machine, obj: Obj, name: str, place: Place) -> Value:
    method = access(obj.cls, READ)
    if method is None or name.startswith("__"):
        return plain(machine, obj, name, place)
    return overridden.read(machine, obj, method, name, place)


def plain(machine: Machine, obj: Obj, name: str, place: Place) -> Value:
    """``object.__getattribute__(obj, name)``."""
    found = obj.data[name] if name in obj.data else _inherited(machine, obj, name, place)
    if found is None:
        machine.nothing = (obj, name)
    if machine.graph is not None and is_plain(found):
        machine.recall.read(obj, name)
    if machine.watch is not None:
        machine.watch.read(obj, name, found)
    return found


def _inherited(machine: Machine, obj: Obj, name: str, place: Place) -> Value:
    if name == "__class__":
        return obj.cls
    if name == "module" and is_module_class(obj.cls):
        return obj  # what DataParallel, which we take for the module itself, calls the module
    if name == "training":
        # A constructor runs in training mode; the signal is judged without dropout, as in evaluation.
        return machine.graph is None
    if name in {"__module__", "__doc__"}:
        return Unknown(f"`{name}`")
    if name in {"__setattr__", "__getattr__", "__delattr__"} and not _defines(obj, name):
        return Bound(obj, None, f"super:{MODULE}:{name}")
    if isinstance(obj.cls, ClassValue):
        found = _member(machine, obj, mro(obj.cls), name)
        if found is not MISSING:
            return found
    if name == "__dict__":
        return AttributesValue(obj)
    if name in {"_modules", "_parameters"} and is_module_class(obj.cls):
        return registered(obj, name)
    if (
        name in {"all_weights", "_all_weights", "_flat_weights"}
        and (weights := recurrent_weights(obj, name)) is not None
    ):
        return weights
    if _provided(obj, name):
        return Bound(obj, None, name)
    if isinstance(obj.cls, ClassValue):
        method = access(obj.cls, FALLBACK)
        if method is not None and not name.startswith("__"):
            from initlint.interpret.calls import call

            return call(machine, Bound(obj, method), [name], {}, place)
        foreign = unknown_bases(obj.cls)
        if foreign or ("open",) in obj.data:
            return Bound(obj, None, name)
    if machine.graph is None and is_module_class(obj.cls):
        return absent.attribute(machine, obj, name, place)
    return machine.unknown(f"attribute `{name}` of `{class_name(obj.cls)}`", place)


def _defines(obj: Obj, name: str) -> bool:
    """Whether a class of the project defines the method."""
    order = mro(obj.cls) if isinstance(obj.cls, ClassValue) else ()
    return any(isinstance(base, ClassValue) and name in base.members.data for base in order)


def registered(obj: Obj, name: str) -> Value:
    """``_modules`` or ``_parameters`` of a module."""
    found = AttributesValue(obj, name == "_modules")
    wanted = dict(children(obj) if name == "_modules" else own_parameters(obj))
    found.data = {key: value for key, value in found.data.items() if key in wanted}
    return found


def _provided(obj: Obj, name: str) -> bool:
    """Whether nn.Module, a container or a library layer has a method of that name."""
    if not is_module_class(obj.cls):
        return False
    if name in METHODS or name in RETURN_SELF or name in IGNORED or name in {"forward", "__call__"}:
        return True
    if container_of(obj) is not None and name in _CONTAINERMETHODS:
        return True
    return name in {"reset_parameters", "_reset_parameters"} and spec_of(obj) is not None


def _member(machine: Machine, receiver: Obj, order: tuple[ClassValue | External | Unknown, ...], name: str) -> Value:
    for base in order:
        if not isinstance(base, ClassValue):
            continue
        value = machine.resolve(base.members.data.get(name, MISSING))
        if isinstance(value, Missing):
            continue
        if not isinstance(value, FunctionValue):
            return absent.method(machine, receiver, name, value)
        if value.kind == "property":
            from initlint.interpret.calls import call

            return call(machine, Bound(receiver, value), [], {}, machine.here, None)
        if value.kind == "static":
            return value
        return Bound(receiver.cls if value.kind == "class" else receiver, value)
    return MISSING


def _of_class(machine: Machine, cls: ClassValue, name: str) -> Value:
    if name in {"__name__", "__qualname__"}:
        return cls.name
    if name == "__bases__":
        return cls.bases
    if name == "__dataclass_fields__":
        from initlint.interpret.records import fields

        return DictValue(fields(cls))
    if name == "__dict__":
        held = {key: machine.resolve(value) for key, value in cls.members.data.items()}
        return DictValue({key: value for key, value in held.items() if not isinstance(value, Missing)})
    if name.endswith("from_config") and auto_class(f"{cls.qualified}.{name}") is not None:
        return External(f"{cls.qualified}.{name}")
    for base in mro(cls):
        if isinstance(base, ClassValue):
            value = machine.resolve(base.members.data.get(name, MISSING))
            if not isinstance(value, Missing):
                return Bound(cls, value) if isinstance(value, FunctionValue) and value.kind == "class" else value
        elif isinstance(base, External) and name == "apply" and base.path in own_backward.FUNCTIONS:
            return own_backward.applied(machine, _of_class(machine, cls, "forward"))
        elif isinstance(base, External) and canonical(base.path) != "builtins.object":
            if canonical(base.path) == MODULE or name.startswith("__"):
                return External(f"{base.path}.{name}")
    return Unknown(f"attribute `{name}` of class `{cls.name}`")


def _bases(machine: Machine, path: str) -> Value:
    """The direct base classes of a library layer; the tables list a class's direct base first."""
    spec = machine.catalog.layer(path)
    return (External(spec.bases[0] if spec.bases else MODULE),) if spec is not None else Unknown(f"bases of `{path}`")


def make_super(machine: Machine, frame: Frame) -> Value:
    """``super()`` in the running method."""
    if frame.owner is None or isinstance(frame.receiver, Missing):
        return Unknown("super() outside a method")
    return Super(frame.receiver, frame.owner)


def _of_super(machine: Machine, value: Super, name: str) -> Value:
    receiver = value.receiver
    if isinstance(receiver, ClassValue):
        return _of_super_class(machine, receiver, value.owner, name)
    if not isinstance(receiver, Obj) or not isinstance(receiver.cls, ClassValue):
        return Unknown("super() of an unknown object")
    order = mro(receiver.cls)
    after = order[order.index(value.owner) + 1 :] if value.owner in order else order[1:]
    for position, base in enumerate(after):
        if isinstance(base, ClassValue):
            found = _member(machine, receiver, (base,), name)
            if not isinstance(found, Missing):
                return found
            if base.dataclass and name == "__init__":
                return Bound(receiver, None, "super:dataclass:__init__")
        elif isinstance(base, External):
            path = canonical(base.path)
            if path in {MODULE, "builtins.object"} and position < len(after) - 1:
                continue
            return Bound(receiver, None, f"super:{path}:{name}")
        else:
            return Bound(receiver, None, f"super:?:{name}")
    return Bound(receiver, None, f"super:builtins.object:{name}")


def _of_super_class(machine: Machine, cls: ClassValue, owner: ClassValue, name: str) -> Value:
    """``super().name`` in a class method."""
    order = mro(cls)
    for base in order[order.index(owner) + 1 :] if owner in order else order[1:]:
        found = machine.resolve(base.members.data.get(name, MISSING)) if isinstance(base, ClassValue) else MISSING
        if isinstance(found, FunctionValue) and found.kind == "function" and name != "__init_subclass__":
            break
        if not isinstance(found, Missing):
            return Bound(cls, found) if isinstance(found, FunctionValue) and found.kind != "static" else found
    of_object = External(f"builtins.object.{name}")
    return of_object if name in {"__init_subclass__", "__new__"} else Unknown("super() in a class method")


def assign(machine: Machine, owner: Value, name: str, value: Value, place: Place) -> None:
    """``owner.name = value``."""
    match owner:
        case Obj() if not misuses.replaces_parameter(machine, owner, name, value, place):
            _assign_to_object(machine, owner, name, value)
            keep_line(machine, owner, name, value, place)
        case Tensor():
            if name == "data":
                assign_data(machine, owner, value, place)
            elif name == "requires_grad":
                machine.write(owner, "trainable", value)
            else:
                machine.write(owner, ("attribute", name), value)
        case ClassValue():
            machine.write(owner.members, name, value)
        case DictValue():
            machine.write(owner, name, value)
        case Either(options):
            for option in options:
                if isinstance(option, Obj):
                    _assign_to_object(machine, option, name, value)


def _assign_to_object(machine: Machine, obj: Obj, name: str, value: Value) -> None:
    method = access(obj.cls, WRITE)
    if method is None:
        assign_plain(machine, obj, name, value)
        return
    from initlint.interpret.calls import call

    call(machine, Bound(obj, method), [name, value], {}, machine.here)


def assign_plain(machine: Machine, obj: Obj, name: str, value: Value) -> None:
    """``object.__setattr__(obj, name, value)``."""
    setter = overridden.setters(obj.cls).get(name) if isinstance(obj.cls, ClassValue) else None
    if setter is not None:
        from initlint.interpret.calls import call

        call(machine, Bound(obj, setter), [value], {}, machine.here, None)
        return
    machine.write(obj, name, value)
    if isinstance(value, Buffer):
        machine.write(obj, ("buffer", name), True)


def assign_item(machine: Machine, owner: Value, key: Value, value: Value, place: Place) -> None:
    """``owner[key] = value`` for containers of modules."""
    if not isinstance(owner, Obj):
        return
    if not is_module_class(owner.cls):
        from initlint.interpret.calls import call

        method = get(machine, owner, "__setitem__", place)
        if isinstance(method, Bound):
            call(machine, method, [key, value], {}, place)
        return
    if isinstance(key, int):
        digits = [k for k in owner.data if isinstance(k, str) and k.isdigit()]
        if -len(digits) <= key < len(digits):
            machine.write(owner, digits[key], value)
        else:
            append(machine, owner, value)
    elif isinstance(key, str):
        machine.write(owner, key, value)


def delete(machine: Machine, owner: Value, name: str) -> None:
    """``del owner.name``."""
    if isinstance(owner, Obj):
        machine.write(owner, name, MISSING)


def delete_item(machine: Machine, owner: Value, key: Value) -> None:
    """``del owner[key]``."""
    if isinstance(owner, ListValue) and isinstance(key, int) and -len(owner.items) <= key < len(owner.items):
        remaining = list(owner.items)
        del remaining[key]
        machine.write(owner, "items", tuple(remaining))
    elif isinstance(owner, ListValue):
        owner.data["length"] = Unknown("items were deleted")
    elif isinstance(owner, Obj) and isinstance(key, int):
        digits = [k for k in owner.data if isinstance(k, str) and k.isdigit()]
        if -len(digits) <= key < len(digits):
            left = [owner.data[name] for number, name in enumerate(digits) if number != key % len(digits)]
            for name, value in zip(digits, [*left, MISSING]):  # what follows moves up
                machine.write(owner, name, value)
    elif isinstance(owner, (DictValue, Obj)) and isinstance(key, str):
        machine.write(owner, key, MISSING)
        if isinstance(owner, AttributesValue):
            machine.write(owner.owner, key, MISSING)
