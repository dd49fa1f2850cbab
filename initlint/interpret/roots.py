"""What to run: every module class with its default arguments, and the places in the file that build models."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from functools import partial

from initlint.interpret.assumed import NUMBERS, default_arguments, needs_arguments, required, symbols
from initlint.interpret.bounds import LimitReached, TooDeep, looked_up
from initlint.interpret.builders import FILLS, builders, called_in, classes_called
from initlint.interpret.calls import instantiate
from initlint.interpret.chains import CHAIN, CHAINS, held, made_apart
from initlint.interpret.draws import CLONE
from initlint.interpret.entries import entries, is_left_open
from initlint.interpret.execute import run_block
from initlint.interpret.forward import forward_of
from initlint.interpret.functions import run_function
from initlint.interpret.graph import GraphBuilder, tensors_in
from initlint.interpret.hierarchy import is_module_class, mro
from initlint.interpret.later import run_later
from initlint.interpret.link import Namespace, Project
from initlint.interpret.machine import Frame, Machine, ModuleEnv
from initlint.interpret.models import freeze
from initlint.interpret.recall import Recall
from initlint.interpret.shares import unread_tail
from initlint.interpret.torch_modules import container_of, is_module, walk
from initlint.interpret.values import (
    Argument,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    Obj,
    Tensor,
    Value,
)  # fmt: skip
from initlint.ir import code
from initlint.ir.data import dataclass
from initlint.ir.model import Model
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.syntax.calls import calls, last_name

# Sites of one class that are read.
_SITES_PER_CLASS = 2


@dataclass(frozen=True, slots=True)
class NotRead:
    """A class that could not be run, and why."""

    name: str
    place: Place
    why: str


def read_file(project: Project, path: str, every_class: bool = False) -> Iterator[Model | NotRead]:
    """All models of one file: of its module classes with their defaults, and of the sites that build one.

    A class that another class of the file builds is judged inside that one; it is read by itself only where
    ``every_class`` asks for it, or where the other's forward could not be read."""
    namespace = project.namespace(path)
    if namespace is None:
        return
    covered: set[str] = set()
    for name in reversed(list(class_names(namespace))):  # what builds others usually stands below them
        if not every_class and f"{namespace.module}.{name}" in covered:
            continue
        found = read_class(project, namespace, name)
        if found is not None:
            yield found
        if isinstance(found, Model) and not isinstance(found.graph, Unknown):
            covered |= found.classes
    yield from _sites(project, namespace)


def class_names(namespace: Namespace) -> Iterator[str]:
    """The names of the classes that the module's top level defines."""
    for segment in namespace.outline.segments:
        if "class" in segment.kinds:
            yield from (name for name in segment.names)


def read_class(
    project: Project, namespace: Namespace, name: str, given: Mapping[str, Value] | None = None
) -> Model | NotRead | None:
    """The model of a module class built with its defaults, or with the ``given`` arguments and attributes of arguments
    (``config.depth``), which are plain values of Python; None where the name is no module class of this file. Where
    that takes too much work, it is read again with a share of the work for every call."""
    found = _read_class(Machine(project), namespace, name, given or {})
    if not isinstance(found, NotRead):
        return found
    return _read_class(Machine(project, sharing=True), namespace, name, given or {})


def _read_class(
    machine: Machine, namespace: Namespace, name: str, given: Mapping[str, Value]
) -> Model | NotRead | None:
    cls = looked_up(machine, namespace, name)
    if not isinstance(cls, ClassValue) or cls.origin[0] != namespace.path or not is_module_class(cls):
        return None
    if is_abstract(cls):
        return None
    with machine.scratch():
        try:
            plain = {path: _of_plain(each) for path, each in given.items()}
            arguments = default_arguments(machine, cls) | {key: each for key, each in plain.items() if "." not in key}
            for path, each in plain.items():
                _set_attribute(machine, arguments, path, each)
            obj = instantiate(machine, cls, (), arguments, cls.place)
            graph = _forward(machine, obj) if isinstance(obj, Obj) else Unknown("not built")
        except (LimitReached, RecursionError) as error:
            return NotRead(name, cls.place, str(error) or "nested too deeply")
        if not isinstance(obj, Obj):
            return NotRead(name, cls.place, "its constructor returns no module")
        machine.steps = machine.forks = 0
        run_later(machine, obj)
        return freeze(machine, obj, cls.place, True, graph)


def _of_plain(value: Value) -> Value:
    match value:
        case list():
            return ListValue(tuple(map(_of_plain, value)))
        case tuple():
            return tuple(map(_of_plain, value))
        case dict():
            return DictValue({key: _of_plain(each) for key, each in value.items()})
    return value


def _set_attribute(machine: Machine, arguments: Mapping[str, Value], path: str, value: Value) -> None:
    """Let an argument have an attribute: a configuration with its defaults, or one of which nothing is known."""
    head, *parts = path.split(".")
    held = arguments.get(head)
    while len(parts) > 1 and isinstance(held, Obj):
        inner = held.data.get(parts[0])
        if not isinstance(inner, (Obj, Argument)):
            inner = Argument(head + "." + parts[0])
            machine.write(held, parts[0], inner)
        held, head = inner, f"{head}.{parts.pop(0)}"
    if parts and isinstance(held, Obj):
        machine.write(held, parts[0], value)
    elif parts:
        machine.settings[path] = value


def is_abstract(cls: ClassValue) -> bool:
    """Whether a method is left to subclasses, so that no instance of the class can be built."""
    seen: set[object] = set()
    for base in mro(cls):
        for name, value in base.members.data.items() if isinstance(base, ClassValue) else ():
            if name in seen:
                continue
            seen.add(name)
            if isinstance(value, FunctionValue) and isinstance(value.code, code.Function):
                if "abstractmethod" in map(last_name, value.code.decorators):
                    return True
    return False


def _forward(machine: Machine, obj: Obj, given: Collection[str] = ()) -> GraphBuilder | Unknown:
    """Run the forward on tensors of unknown content: those arguments that it needs, and those ``given`` by name. Where
    that takes too much work, it is run again with a share of the work for every call; what is left over then ends in an
    opaque op. What it changes in the model is undone: the model is judged as its constructor leaves it."""
    sharing = machine.sharing
    with machine.scratch():
        found = _run_forward(machine, obj, given)
    if isinstance(found, LimitReached) and not sharing:
        machine.steps, machine.forks, machine.sharing = 0, 0, True
        with machine.scratch():
            found = _run_forward(machine, obj, given)
        machine.sharing = sharing
    return Unknown(str(found), obj.made) if isinstance(found, LimitReached) else found


def _run_forward(machine: Machine, obj: Obj, given: Collection[str]) -> GraphBuilder | Unknown | LimitReached:
    builder = GraphBuilder(machine.repeats)
    machine.graph, machine.recall = builder, Recall()
    try:
        method = forward_of(machine, obj)
        methods = (method,) if method is not None and not is_left_open(method) else entries(obj)
        if not methods and container_of(obj) != "torch.nn.Sequential":
            return Unknown(f"`{obj.cls.name if isinstance(obj.cls, ClassValue) else ''}` has no forward", obj.made)
        results: list[Value] = []
        if not methods:
            from initlint.interpret.calls import call

            source = builder.emit("input", "input", [], obj.made)
            results.append(call(machine, obj, [source], {}, obj.made))
        for method in methods:
            place = Place(*method.origin, method.code.at)
            arguments = _forward_arguments(machine, method, builder, place, given)
            results.append(run_function(machine, method, [obj], arguments, place))
        for tensor in _distinct(tensors_in(tuple(results))):
            builder.emit_output(tensor)
        return builder
    except TooDeep as error:
        return Unknown(str(error), obj.made)
    except LimitReached as error:
        if not machine.sharing and not builder.full:
            return error
        why = machine.lost(f"the rest of the forward: {error}", obj.made).why
        builder.emit_output(unread_tail(builder, 0, error.live, why, obj.made))
        return builder
    except RecursionError:
        return Unknown("nested too deeply", obj.made)
    finally:
        machine.graph = None


def _forward_arguments(
    machine: Machine, method: FunctionValue, builder: GraphBuilder, place: Place, given: Collection[str]
) -> dict[str, Value]:
    arguments: dict[str, Value] = {}
    first = not given
    for parameter in method.code.parameters[1:]:
        if parameter.name in given:
            arguments[parameter.name] = builder.emit("input", parameter.name, [], place)
            continue
        if parameter.kind not in {"positional", "keyword"} or (parameter.default is not None and not first):
            continue
        kind = parameter.annotation.strip("\"'")
        if kind in NUMBERS or (parameter.default is not None and kind.startswith("Optional[int")):
            if parameter.default is None:
                arguments[parameter.name] = Argument(parameter.name)
            continue
        # The first argument is the input even where it has a default (input_ids=None).
        arguments[parameter.name] = builder.emit("input", parameter.name, [], place)
        first = False
    return arguments


def _distinct(tensors: list[Tensor]) -> list[Tensor]:
    return list({id(tensor): tensor for tensor in tensors}.values())


# -- sites


def _sites(project: Project, namespace: Namespace) -> Iterator[Model | NotRead]:
    """The models that the file's functions, its classes that are no modules, and its top level build."""
    budget: dict[str, int] = {}
    machine = Machine(project)
    is_module_name = partial(_is_module, machine, namespace)
    needs = partial(_needs_arguments, machine, namespace)
    chains = made_apart(namespace, is_module_name)
    for builder in builders(namespace, is_module_name, needs, chains):
        segment, built, chain = builder.segment, builder.classes, builder.chain
        # Where a class needs arguments, a site tells more than the class.
        if not chain and not (built and (builder.fills or any(map(needs, built)))):
            continue
        if not chain and all(budget.get(name, 0) >= _SITES_PER_CLASS for name in built):
            continue
        for name in segment.names:
            found = list(_run_site(project, namespace, name, builder.fills, chains))
            yield from found
            if found:
                for each in built:
                    budget[each] = budget.get(each, 0) + 1
    if any("other" in s.kinds or "assign" in s.kinds for s in namespace.outline.segments):
        yield from _run_script(project, namespace, chains, is_module_name)


def _is_module(machine: Machine, namespace: Namespace, name: str) -> bool:
    value = looked_up(machine, namespace, name)
    return isinstance(value, ClassValue) and is_module_class(value)


def _needs_arguments(machine: Machine, namespace: Namespace, name: str) -> bool:
    """Whether a name of the file is a function or a class that can't be called without arguments."""
    value = looked_up(machine, namespace, name)
    if isinstance(value, FunctionValue):
        return required(value.code.parameters)
    return isinstance(value, ClassValue) and needs_arguments(value)


def _run_site(
    project: Project, namespace: Namespace, name: str, fills: bool, chains: frozenset[int]
) -> Iterator[Model | NotRead]:
    """The models that a function builds, or the constructor and the methods of a class (an agent, a trainer). Where it
    ``fills`` nothing, those made with arguments of unknown value alone say no more than their classes."""
    machine = Machine(project)
    target = looked_up(machine, namespace, name)
    with machine.scratch():
        with suppress(LimitReached, RecursionError):  # what was built before a bound was reached still counts
            if isinstance(target, FunctionValue) and target.origin[0] == namespace.path:
                place = Place(*target.origin, target.code.at)
                run_function(machine, target, (), symbols(machine, target, target.code.parameters), place)
            elif isinstance(target, ClassValue) and target.origin[0] == namespace.path and not is_module_class(target):
                _run_methods(machine, namespace, target)
        yield from _built(machine, namespace, chains, told=not fills)


def _run_methods(machine: Machine, namespace: Namespace, cls: ClassValue) -> None:
    """Build an instance, and run those of its methods that build modules themselves."""
    instance = instantiate(machine, cls, (), default_arguments(machine, cls), cls.place)
    for method in cls.members.data.values():
        if not isinstance(method, FunctionValue) or not isinstance(method.code, code.Function):
            continue
        if method.name.startswith("__") or method in machine.ran:
            continue
        called = {call.function.id for call in calls(method.code.body) if isinstance(call.function, code.Name)}
        if any(is_module_class(machine.module_name(namespace, name)) for name in called if namespace.defines(name)):
            arguments = symbols(machine, method, method.code.parameters[1:])
            run_function(machine, method, [instance], arguments, Place(*method.origin, method.code.at))


def _run_script(
    project: Project, namespace: Namespace, chains: frozenset[int], is_module_name: Callable[[str], bool]
) -> Iterator[Model | NotRead]:
    """The module's top level, as a script runs it."""
    segments = [
        segment
        for segment in namespace.outline.segments
        if not {"class", "function", "import"} & set(segment.kinds) and "(" in segment.text
    ]
    makers = {name for segment in namespace.outline.segments if segment.number in chains for name in segment.names}
    if not any(
        FILLS.search(segment.text)
        or CHAINS.search(segment.text)
        or not makers.isdisjoint(called_in(segment.text))
        or classes_called(namespace, called_in(segment.text), is_module_name)
        for segment in segments
    ):
        return
    machine = Machine(project)
    with machine.scratch():
        machine.write(namespace, "__name__", "__main__")
        with suppress(LimitReached, RecursionError):
            for segment in segments:
                frame = Frame(ModuleEnv(namespace), (namespace.path, segment.number))
                run_block(machine, project.code(namespace.path, segment.number), frame)
        yield from _built(machine, namespace, chains)


def _built(
    machine: Machine, namespace: Namespace, chains: frozenset[int], told: bool = False
) -> Iterator[Model | NotRead]:
    """The models among the objects that a run made: those that are part of no other, and were not there to be copied
    into one, and that were ``told`` something where that is asked."""
    inner = {id(module) for obj in machine.objects for path, module in walk(obj) if path}
    copies = [obj.data.get(CLONE) for obj in machine.objects if id(obj) in inner]
    parts = inner | {id(found[0]) for found in copies if isinstance(found, tuple)}
    for obj in list(machine.objects):
        if id(obj) in parts or not is_module(obj):
            continue
        if not isinstance(obj.cls, ClassValue):
            if container_of(obj) != CHAIN or obj.made.path != namespace.path or obj.made.segment not in chains:
                continue
        elif told and id(obj) not in machine.told:
            continue
        machine.steps = machine.forks = 0
        graph = _forward(machine, obj)
        machine.steps = machine.forks = 0
        run_later(machine, obj)
        root = obj if isinstance(obj.cls, ClassValue) else held(machine, obj)
        yield freeze(machine, root, obj.made, False, graph)
