"""What reading alone tells of a file: calls to libraries, and functions that initialise but are never used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from initlint.interpret.bounds import looked_up
from initlint.interpret.hierarchy import is_module_class, mro, runs_no_init, unknown_bases
from initlint.interpret.link import Namespace, Project
from initlint.interpret.machine import Machine
from initlint.interpret.mentions import INITIALISER_NAME, Words
from initlint.interpret.misuses import WITHOUT_GRADIENT
from initlint.interpret.values import MISSING, ClassValue, External, FunctionValue, NamespaceValue, Value
from initlint.ir import code
from initlint.ir.place import Place
from initlint.signal.facts import InitFunction, StaticCall
from initlint.syntax.calls import calls, last_name, walk

_MAY_INITIALISE = re.compile(r"init(?!__)|xavier|kaiming|orthogonal|normal_|uniform_|zero_|constant|fill_|ones_")
_PARAMETER_NAMES = frozenset({"weight", "bias", "data"})
# Decorators that leave it to others to call a function; any other may register it.
_PLAIN_DECORATORS = WITHOUT_GRADIENT | {"staticmethod", "classmethod", "ignore", "unused", "override", "typechecked"}


def library_calls(project: Project, namespace: Namespace) -> Iterator[StaticCall]:
    """Calls to torch.nn.init and its kin, resolved through the file's imports."""
    machine = Machine(project)
    for segment in namespace.outline.segments:
        if not _MAY_INITIALISE.search(segment.text):
            continue
        statements = project.code(namespace.path, segment.number)
        local = local_imports(project, namespace, statements) if "import" in segment.text else {}
        for call in calls(statements):
            target = _static_target(machine, namespace, call.function, local)
            if target is not None:
                place = Place(namespace.path, segment.number, call.at)
                yield StaticCall(target, place, _spelling(call.function))


def local_imports(project: Project, namespace: Namespace, statements: tuple[code.Stmt, ...]) -> dict[str, str]:
    """Names that imports inside the segment's functions bind to libraries."""
    found: dict[str, str] = {}
    for node in walk(statements):
        if isinstance(node, code.ImportFrom) and not node.level:
            target = project.find(namespace, node.module, 0)
            if isinstance(target, External):
                found.update({alias or name: f"{node.module}.{name}" for name, alias in node.names})
        elif isinstance(node, code.Import):
            found.update(
                {
                    alias or dotted.split(".")[0]: dotted if alias else dotted.split(".")[0]
                    for dotted, alias in node.names
                }
            )
    return found


def _static_target(machine: Machine, namespace: Namespace, node: code.Expr, local: dict[str, str]) -> str | None:
    value = static_value(machine, namespace, node, local)
    return machine.catalog.canonical(value.path) if isinstance(value, External) else None


def static_value(machine: Machine, namespace: Namespace, node: code.Expr, local: dict[str, str]) -> Value:
    """What a dotted name means at the file's top level, or by the ``local`` imports: something of a library under its
    canonical name, a class or function of the project; MISSING for anything else."""
    names: list[str] = []
    while isinstance(node, code.Attribute):
        names.insert(0, node.name)
        node = node.value
    if not isinstance(node, code.Name):
        return MISSING
    if node.id in local:
        return External(machine.catalog.canonical(".".join([local[node.id], *names])))
    if not namespace.defines(node.id):
        return MISSING
    value = looked_up(machine, namespace, node.id)
    for name in names:
        if isinstance(value, External):
            value = External(f"{value.path}.{name}")
        elif isinstance(value, NamespaceValue):
            value = looked_up(machine, value.namespace, name)
        else:
            return MISSING
    return External(machine.catalog.canonical(value.path)) if isinstance(value, External) else value


def _spelling(node: code.Expr) -> str:
    return f"{_spelling(node.value)}.{node.name}" if isinstance(node, code.Attribute) else getattr(node, "id", "")


# -- functions that initialise


def init_functions(project: Project, namespace: Namespace, words: Words) -> Iterator[InitFunction]:
    """Functions and methods of the file that fill the parameters of a module they are given, or of self."""
    machine = Machine(project)
    for segment in namespace.outline.segments:
        if not _MAY_INITIALISE.search(segment.text) or not {"class", "function"} & set(segment.kinds):
            continue
        for statement in project.code(namespace.path, segment.number):
            if isinstance(statement, code.Function) and _initialises(
                machine, namespace, statement, statement.parameters
            ):
                place = Place(namespace.path, segment.number, statement.at)
                hook = _is_registered(statement)
                used = hook or words.used(namespace, statement.name, "")
                yield InitFunction(statement.name, "", place, used, hook)
            elif isinstance(statement, code.Class):
                yield from _methods(machine, namespace, statement, segment.number, words)


def _methods(
    machine: Machine, namespace: Namespace, statement: code.Class, segment: int, words: Words
) -> Iterator[InitFunction]:
    cls = looked_up(machine, namespace, statement.name)
    for method in statement.body:
        if not isinstance(method, code.Function) or method.name.startswith("__"):
            continue
        if _initialises(machine, namespace, method, method.parameters):
            hook = _is_registered(method) or not isinstance(cls, ClassValue) or _may_be_called(cls, method.name)
            hook = hook or _is_part_of_a_model(statement, method.name)
            used = hook or words.used(namespace, method.name, statement.name)
            yield InitFunction(method.name, statement.name, Place(namespace.path, segment, method.at), used, hook)


def _is_registered(function: code.Function) -> bool:
    """Whether a decorator may hand the function to something that calls it."""
    return any(last_name(decorator) not in _PLAIN_DECORATORS for decorator in function.decorators)


def _is_part_of_a_model(cls: code.Class, name: str) -> bool:
    """Whether mmcv's kin build the class out of a registry: their models call the ``init_weights`` of all parts."""
    return name == "init_weights" and any(last_name(decorator) == "register_module" for decorator in cls.decorators)


def _may_be_called(cls: ClassValue, name: str) -> bool:
    """Whether a base class may call the method: one that we cannot see, one that has it too, or a library layer."""
    if not is_module_class(cls) or unknown_bases(cls):
        return True
    for base in mro(cls)[1:]:
        if isinstance(base, ClassValue) and isinstance(base.members.data.get(name), FunctionValue):
            return True
        if isinstance(base, External) and not runs_no_init(base):
            return True
    return False


def _initialises(
    machine: Machine, namespace: Namespace, function: code.Function, parameters: tuple[code.Parameter, ...]
) -> bool:
    """Whether the body fills parameters reached from the function's arguments, and its name says that it means to."""
    if not INITIALISER_NAME.search(function.name) or not parameters:
        return False
    for call in calls(function.body):
        target = _static_target(machine, namespace, call.function, {})
        if target is not None and machine.catalog.initializer(target) is not None:
            return True
        if (
            isinstance(call.function, code.Attribute)
            and machine.catalog.tensor_initializer(call.function.name) is not None
        ):
            owner = call.function.value
            if isinstance(owner, code.Attribute) and owner.name in _PARAMETER_NAMES:
                return True
    return False
