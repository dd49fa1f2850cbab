"""Calls: of functions, classes, methods, modules, and of what lies outside the project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from initlint.interpret import (
    attributes,
    einops_shapes,
    enumerations,
    forward,
    hooks,
    known_numbers,
    mappings,
    strays,
    tensors,
    trial,
)  # fmt: skip
from initlint.interpret.auto_classes import from_config
from initlint.interpret.auto_names import auto_class
from initlint.interpret.functions import run_function, why_it_raises
from initlint.interpret.hierarchy import (
    CONTAINERS,
    MAKES_NOTHING,
    MODULE,
    canonical,
    is_module_class,
    mro,
    unknown_bases,
)
from initlint.interpret.initialising import fills_tensor
from initlint.interpret.kept_arguments import save_hyperparameters
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.module_methods import module_method, unknown_method
from initlint.interpret.python_calls import PYTHON, python_call
from initlint.interpret.python_methods import python_method
from initlint.interpret.records import fill_fields, own_new
from initlint.interpret.stubs import call_stub, stub_class, stub_value
from initlint.interpret.torch_init import call_initializer, escape, factory, make_parameter, write
from initlint.interpret.torch_modules import (
    REPEAT,
    build_container,
    build_layer,
    container_of,
)  # fmt: skip
from initlint.interpret.values import (
    MISSING,
    Argument,
    Bound,
    ClassValue,
    Either,
    External,
    FunctionValue,
    ListValue,
    Maybe,
    Missing,
    Obj,
    PartialValue,
    Super,
    Tensor,
    Value,
    Walk,
    describe,
)  # fmt: skip
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# What a callee that we cannot see is called when it fills parameters.
_FILLS = re.compile(
    r"\w_` of|class attribute|init|load|reset|weight|pretrain|checkpoint|ckpt|state_dict|restore|copy", re.I
)
# The parameter of the functions that make a tensor of another, or of an array.
_DATA = frozenset({"data", "items", "ndarray"})
_WRITES = re.compile(r"init|load|reset|weight|pretrain|checkpoint|ckpt|state_dict|restore|orthogonal|spectral", re.I)


def call(
    machine: Machine,
    function: Value,
    positional: Sequence[Value],
    keywords: dict[str, Value],
    place: Place,
    frame: Frame | None = None,
) -> Value:
    """The result of a call."""
    machine.step()
    match function:
        case FunctionValue():
            return run_function(machine, function, positional, keywords, place)
        case Bound(Obj() as receiver, None, "save_hyperparameters") if frame is not None:
            save_hyperparameters(machine, receiver, frame, positional, keywords)
            return None
        case Bound(receiver, None, name):
            return _provided_method(machine, receiver, name, positional, keywords, place)
        case Bound(receiver, method) if method is not None:
            return run_function(machine, method, [receiver, *positional], keywords, place)
        case ClassValue():
            return instantiate(machine, function, positional, keywords, place)
        case External():
            return _external(machine, function, positional, keywords, place, frame)
        case Obj():
            return _call_object(machine, function, positional, keywords, place)
        case PartialValue(inner, leading, named):
            return call(machine, inner, [*leading, *positional], {**named, **keywords}, place, frame)
        case Either(options):
            usable = [option for option in options if option is not None]
            return machine.join_values(
                machine.fork([partial(call, machine, o, positional, keywords, place, frame) for o in usable])
            )
        case Maybe(value):
            return call(machine, value, positional, keywords, place, frame)
        case Argument(name) if name.endswith(".prod") and not positional and not keywords:
            return Argument(f"prod({name.removesuffix('.prod')})")
        case Unknown(why):
            owner = machine.owner_of(function)
            if (absent := machine.absent.get(id(function))) is not None and fills_tensor(absent.last):
                strays.no_tensor(machine, function, place)
            if owner is not None and machine.graph is None and _FILLS.search(why):
                escape(machine, owner, why, place)
            name = why if machine.graph is not None or _WRITES.search(why) else "something not known"
            result = unknown_call(machine, name, positional, keywords, place)
            return Unknown(why, function.place) if isinstance(result, Unknown) else result
    return unknown_call(machine, describe(function), positional, keywords, place)


# -- classes and objects

# Arguments that tell a constructor no more than its defaults and its parameters' names do.
_SAYS_NOTHING = (Unknown, Argument, Dim, bool, type(None))


def instantiate(
    machine: Machine, cls: ClassValue, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """Build an instance of a project class."""
    if (member := enumerations.lookup(cls, positional)) is not None:
        return member
    if (new := own_new(cls)) is not None:
        return run_function(machine, new, [cls, *positional], keywords, place)
    obj = Obj(cls, place, machine.outer())
    if machine.repeats:
        obj.data[REPEAT] = machine.repeats[-1]
    if is_module_class(cls):
        machine.made(obj)
        if any(not isinstance(value, _SAYS_NOTHING) for value in (*positional, *keywords.values())):
            machine.told.add(id(obj))
    for base in mro(cls):
        if isinstance(base, ClassValue) and isinstance(init := base.members.data.get("__init__"), FunctionValue):
            result = run_function(machine, init, [obj, *positional], keywords, place)
            if isinstance(result, Unknown) and result.why == why_it_raises(init):
                machine.write(obj, ("open",), True)  # nothing is said of what it would have had
            return obj
        if isinstance(base, ClassValue) and base.dataclass:
            fill_fields(machine, obj, positional, keywords)
            return obj
        if isinstance(base, External):
            path = canonical(base.path)
            if path == MODULE or path in MAKES_NOTHING:
                continue
            _library_init(machine, obj, path, positional, keywords, place)
            return obj
    fill_fields(machine, obj, positional, keywords)
    return obj


def _library_init(
    machine: Machine, obj: Obj, path: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> None:
    """The constructor of a library class, run on an instance of it or of a subclass."""
    if path in CONTAINERS:
        build_container(machine, obj, path, positional, keywords, place)
        return
    if path in MAKES_NOTHING or mappings.build(machine, obj, path, positional, keywords):
        return
    spec = machine.catalog.layer(path)
    if spec is not None:
        build_layer(machine, obj, spec, positional, keywords, place)
        _reset_as_overridden(machine, obj, place)
        return
    stub = stub_class(machine, path)
    if stub is not None and isinstance(init := stub.members.data.get("__init__"), FunctionValue):
        run_function(machine, init, [obj, *positional], keywords, place)
        return
    if not is_module_class(External(path)):
        machine.unknown(f"the constructor of `{path}`", place)
        machine.write(obj, ("open",), True)
        if isinstance(obj.cls, ClassValue):
            for name, value in zip(("config",), positional):  # what frameworks' constructors keep under that name
                if name not in obj.data:
                    machine.write(obj, name, value)


def _reset_as_overridden(machine: Machine, obj: Obj, place: Place) -> None:
    """The constructors of torch's layers end in ``self.reset_parameters()``, which a subclass may override."""
    if isinstance(obj.cls, ClassValue):
        for name in ("reset_parameters", "_reset_parameters"):
            method = attributes.get(machine, obj, name, place)
            if isinstance(method, Bound) and method.function is not None:
                call(machine, method, [], {}, place)


def _call_object(
    machine: Machine, obj: Obj, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """``obj(...)``: a module's forward, or ``__call__``."""
    if not is_module_class(obj.cls):
        if isinstance(obj.cls, ClassValue):
            method = attributes.get(machine, obj, "__call__", place)
            if isinstance(method, Bound) and method.function is not None:
                return call(machine, method, positional, keywords, place)
        return unknown_call(machine, describe(obj), positional, keywords, place)
    if machine.graph is None:
        return trial.called(machine, obj, positional, keywords, place)
    repeat = forward.repeated(obj)
    if repeat is not None:
        machine.repeats.append(repeat)
    try:
        positional = hooks.before(machine, obj, positional, place)
        result = _run_forward(machine, obj, positional, keywords, place)
        return hooks.after(machine, obj, positional, result, place)
    finally:
        if repeat is not None:
            machine.repeats.pop()


def _run_forward(
    machine: Machine, obj: Obj, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    if isinstance(obj.cls, ClassValue):
        method = forward.forward_of(machine, obj)
        if method is not None:
            run = partial(run_function, machine, method, [obj, *positional], keywords, place)
            return machine.recall.run(machine, obj, positional, keywords, run)
        if container_of(obj) is None and (foreign := unknown_bases(obj.cls)):
            return forward.opaque_call(machine, foreign[0], positional, keywords, place)
    return forward.run_library_module(machine, obj, positional, keywords, place)


# -- methods that we provide


def _provided_method(
    machine: Machine, receiver: Value, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    match receiver:
        case Tensor():
            return tensors.method(machine, receiver, name, positional, keywords, place)
        case Obj():
            return _object_method(machine, receiver, name, positional, keywords, place)
        case Bound() | Super():
            return unknown_call(machine, name, positional, keywords, place)
    return python_method(machine, receiver, name, positional, keywords, place)


def _object_method(
    machine: Machine, obj: Obj, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    if name.startswith("super:"):
        _, path, name = name.split(":", 2)
        if path == "dataclass":
            fill_fields(machine, obj, positional, keywords)
            return None
        if name == "__init__":
            if path not in {MODULE, "builtins.object", "?"}:
                _library_init(machine, obj, path, positional, keywords, place)
            return None
        stub = stub_class(machine, path)
        method = stub.members.data.get(name) if stub is not None else None
        if isinstance(method, FunctionValue):
            return run_function(machine, method, [obj, *positional], keywords, place)
        if name == "__setattr__" and len(positional) == 2 and isinstance(positional[0], str):
            attributes.assign_plain(machine, obj, positional[0], positional[1])
        if name == "__delattr__" and len(positional) == 1 and isinstance(positional[0], str):
            attributes.delete(machine, obj, positional[0])
            return None
        if name == "__getattribute__" and len(positional) == 1 and isinstance(positional[0], str):
            value = attributes.plain(machine, obj, positional[0], place)
            machine.reads.last = (obj, positional[0], value)
            return value
        if name == "__getattr__" and len(positional) == 1 and isinstance(positional[0], str):
            return attributes.get(machine, obj, positional[0], place) if positional[0] in obj.data else Unknown(name)
        if name in {"__setattr__", "__getattr__", "__init_subclass__"}:
            return None
        if (found := mappings.method(machine, obj, name, positional, place)) is not MISSING:
            return found
        if path == "?":
            return unknown_method(machine, obj, name, positional, keywords, place)
    if name in {"forward", "__call__"}:
        return forward.run_library_module(machine, obj, positional, keywords, place) if machine.graph else None
    if (found := mappings.method(machine, obj, name, positional, place)) is not MISSING:
        return found
    result = module_method(machine, obj, name, positional, keywords, place)
    if not isinstance(result, Missing):
        return result
    if machine.graph is not None:
        return forward.opaque_call(machine, f"method `{name}`", positional, keywords, place)
    if _WRITES.search(name):
        return unknown_method(machine, obj, name, positional, keywords, place)
    return unknown_call(machine, f"method `{name}`", positional, keywords, place)


# -- outside the project


def _external(
    machine: Machine,
    function: External,
    positional: Sequence[Value],
    keywords: dict[str, Value],
    place: Place,
    frame: Frame | None,
) -> Value:
    path = canonical(function.path)
    if path in PYTHON:  # most calls; no table of a library has these
        result = python_call(machine, path, positional, keywords, place, frame)
        return unknown_call(machine, f"`{path}`", positional, keywords, place, path) if result is MISSING else result
    library = machine.catalog
    target = keywords.get("out")
    if isinstance(target, Tensor) and machine.graph is None:
        write(machine, target, Initializer(path.rpartition(".")[2], "mixed"), place)
        return target
    if path in {"torch.nn.Parameter", "torch.nn.parameter.Parameter", "torch.nn.UninitializedParameter"}:
        trainable = positional[1] if len(positional) > 1 else keywords.get("requires_grad", True)
        data = positional[0] if positional else keywords.get("data", Unknown("a parameter without data"))
        return make_parameter(machine, data, trainable, place)
    if (automatic := auto_class(path)) is not None:
        config = positional[0] if positional else keywords.get("config")
        return from_config(machine, automatic, config, keywords, place)
    kind = library.known(path)
    if (initializer := library.initializer(path) if kind == "initializer" else None) is not None:
        return call_initializer(machine, initializer, positional, keywords, place)
    if kind == "layer" or path in CONTAINERS or path == MODULE:
        obj = Obj(External(path), place, machine.outer())
        if machine.repeats:
            obj.data[REPEAT] = machine.repeats[-1]
        machine.made(obj)
        _library_init(machine, obj, path, positional, keywords, place)
        return obj
    if kind == "stub" and isinstance(stub := stub_value(machine, path), (ClassValue, FunctionValue)):
        return call_stub(machine, stub, positional, keywords, place)
    if (made := library.factory(path) if kind == "factory" else None) is not None:
        if machine.graph is not None and (made.sizes == "like" or not any(isinstance(v, Tensor) for v in positional)):
            empty = bool(positional) and isinstance(positional[0], ListValue) and not positional[0].items
            return machine.graph.emit("constant", forward.EMPTY if empty else path.rpartition(".")[2], [], place)
        data = positional[0] if made.signature[0].name in _DATA and len(positional) == 1 else None
        if isinstance(data, Tensor):
            return tensors.method(machine, data, "clone", (), {}, place)
        return known_numbers.keep(
            factory(machine, made, positional, keywords, place), known_numbers.made(path, positional, keywords)
        )
    if machine.graph is None and path in einops_shapes.FUNCTIONS and positional and isinstance(positional[0], Tensor):
        copy = known_numbers.keep(tensors.method(machine, positional[0], "clone", (), {}, place), None)
        assert isinstance(copy, Tensor)
        copy.data["shape"] = einops_shapes.shaped(positional, keywords)
        return copy
    if machine.graph is None and path.startswith("torch."):
        name = path.removeprefix("torch.")
        if (numbers := known_numbers.function(name, positional, keywords)) is not None:
            return known_numbers.tensor(machine, numbers, place)
        if (pair := known_numbers.counted(name, positional, keywords)) is not None:
            return tuple(known_numbers.tensor(machine, numbers, place) for numbers in pair)
        if name in tensors.METHODS and positional and isinstance(positional[0], Tensor):
            return tensors.method(machine, positional[0], name, positional[1:], keywords, place)
    if machine.graph is not None and (spec := library.function(path)) is not None:
        return forward.function(machine, spec, positional, keywords, place)
    if path.endswith(".__init__") and positional and isinstance(positional[0], Obj):
        owner = canonical(path.removesuffix(".__init__"))
        if owner != MODULE:
            _library_init(machine, positional[0], owner, positional[1:], keywords, place)
            return None
    owner, _, name = path.rpartition(".")
    if positional and isinstance(positional[0], Obj) and is_module_class(External(owner)) and owner != MODULE:
        return _object_method(machine, positional[0], f"super:{owner}:{name}", positional[1:], keywords, place)
    result = python_call(machine, path, positional, keywords, place, frame)
    if not isinstance(result, Missing):
        return result
    return unknown_call(machine, f"`{path}`", positional, keywords, place, path)


def unknown_call(
    machine: Machine,
    name: str,
    positional: Sequence[Value],
    keywords: dict[str, Value],
    place: Place,
    path: str = "",
) -> Value:
    """Call what we cannot see. In a constructor it may fill the parameters that it is given."""
    if machine.graph is not None:
        return forward.opaque_call(machine, name, positional, keywords, place)
    if not (path and machine.catalog.inert(path)):
        writes = bool(_WRITES.search(name))
        for value in (*positional, *keywords.values()):
            if writes or isinstance(value, (Tensor, Walk)):
                escape(machine, value, name, place)
    return machine.unknown(f"the result of {name}", place)
