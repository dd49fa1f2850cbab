"""Which loss a model's output is given to: in its own forward, in a script, in functions that train, in trainers.

Found by reading, not by running: names are followed as far as one function, the constructor of its class, the file's
top level, and the arguments of its own functions' calls go. What is assigned differently on a condition is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from initlint.interpret.hierarchy import is_module_class
from initlint.interpret.link import Namespace, Project
from initlint.interpret.machine import Machine
from initlint.interpret.roots import read_class
from initlint.interpret.statics import local_imports, static_value
from initlint.interpret.values import ClassValue, External, FunctionValue
from initlint.ir import code
from initlint.ir.data import dataclass
from initlint.ir.model import Model, Op
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal.facts import LossUse
from initlint.syntax.calls import walk

LOSSES = {
    "torch.nn.CrossEntropyLoss": "CrossEntropyLoss",
    "torch.nn.functional.cross_entropy": "cross_entropy",
    "torch.nn.BCEWithLogitsLoss": "BCEWithLogitsLoss",
    "torch.nn.functional.binary_cross_entropy_with_logits": "binary_cross_entropy_with_logits",
}
_MENTIONED = re.compile(r"cross_entropy|CrossEntropyLoss|BCEWithLogitsLoss")
_FUNCTIONS = {
    f"{module}.{name}": name
    for module in ("torch", "torch.nn.functional")
    for name in ("softmax", "sigmoid", "relu", "log_softmax", "tanh", "log_sigmoid", "logsigmoid")
}
_SQUASHING = frozenset(_FUNCTIONS.values())
_WRAPPERS = frozenset({"torch.nn.DataParallel", "torch.nn.parallel.DistributedDataParallel", "torch.compile"})
_SAME = frozenset(
    {"to", "cuda", "cpu", "train", "eval", "float", "half", "double", "squeeze", "unsqueeze", "view", "reshape",
     "flatten", "contiguous", "permute", "transpose"}
)  # fmt: skip
_PASS = frozenset({"reshape", "dropout", "resample"})
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Held:
    """What a name holds: a ``model`` or its ``output`` (its class), a ``loss`` (its name), or what an activation gave
    (``squashed``: its name, and where). ``item`` is the number of one of several outputs, and ``of`` how many there
    are as far as the source says (0: it doesn't)."""

    kind: str
    cls: ClassValue | None = None
    name: str = ""
    place: Place | None = None
    item: int | None = None
    of: int = 0


_Names = dict[str, "_Held | None"]


def inside(model: Model) -> Iterator[LossUse]:
    """The activations straight before the losses that a model's own forward computes."""
    if isinstance(model.graph, Unknown):
        return
    types = {module.path: module.type for module in model.modules}
    by_id = {op.id: op for op in model.graph.ops}
    for op in model.graph.ops:
        target = types.get(op.module or "", f"torch.nn.functional.{op.name}") if op.inputs else ""
        if target in LOSSES and (found := _squashed(by_id, op.inputs[0])) is not None:
            yield _use(model, found, LOSSES[target], op.place)


def outside(project: Project, namespace: Namespace) -> Iterator[LossUse]:
    """The activations straight before the losses that the file's other code computes of models' outputs."""
    if not any(_MENTIONED.search(segment.text) for segment in namespace.outline.segments):
        return
    reader = _Reader(Machine(project), namespace)
    reader.read_file()
    for loss, (held, name) in reader.found.items():
        if held.kind == "squashed" and held.place is not None:
            yield LossUse(name, loss, held.name, held.place, "")
        elif held.cls is not None and (source := project.namespace(held.cls.origin[0])) is not None:
            model = read_class(project, source, held.cls.name)
            if isinstance(model, Model) and (op := _last(held, model)) is not None:
                yield _use(model, op, name, loss)


def _use(model: Model, op: Op, loss: str, place: Place) -> LossUse:
    modules = {module.path: module for module in model.modules}
    own, around = modules.get(op.module or ""), modules.get((op.module or "").rpartition(".")[0])
    # What a container runs has no call of its own in the source.
    listed = op.module and own is not None and around is not None and around.kind == "container"
    made = own.place if listed and own is not None else op.place
    return LossUse(loss, place, op.name, made, model.name, bool(listed))


def _last(held: _Held, model: Model) -> Op | None:
    """The activation that gives the model's only output, or the one that is meant. A forward that asks whether it
    trains may give another."""
    graph = model.graph
    forward = held.cls.members.data.get("forward") if held.cls is not None else None
    body = forward.code.body if isinstance(forward, FunctionValue) and isinstance(forward.code, code.Function) else ()
    if isinstance(graph, Unknown):
        return None
    count = len(graph.outputs)
    if count != (1 if held.item is None else held.of or count) or (held.item or 0) >= count:
        return None
    if held.item is not None and not _returns_one_tuple(body, count):
        return None
    if any(isinstance(node, code.Attribute) and node.name == "training" for node in walk(body)):
        return None
    return _squashed({op.id: op for op in graph.ops}, graph.outputs[held.item or 0])


def _returns_one_tuple(body: tuple[code.Stmt, ...], count: int) -> bool:
    """Whether a forward returns one display of so many values, and nothing else anywhere."""
    returned = [node.value for node in walk(body) if isinstance(node, code.Return)]
    return len(returned) == 1 and isinstance(returned[0], code.Sequence) and len(returned[0].items) == count


def _squashed(by_id: dict[int, Op], number: int) -> Op | None:
    """The activation or softmax that the value comes from, in another shape at most."""
    op = by_id.get(number)
    while op is not None and op.kind in {*_PASS, "output"} and len(op.inputs) == 1:
        op = by_id.get(op.inputs[0])
    return op if op is not None and op.kind in {"activation", "softmax"} else None


@dataclass(slots=True)
class _Reader:
    """Follows names through one file; ``found`` has what is given to each loss, by the place of its call."""

    machine: Machine
    namespace: Namespace
    found: dict[Place, tuple[_Held, str]] = field(default_factory=dict)
    _segment: int = 0
    _local: dict[str, str] = field(default_factory=dict)
    _given: dict[str, list[_Names]] = field(default_factory=dict)

    def read_file(self) -> None:
        """Read the top level, then functions and classes, and functions again with what they were seen to be given."""
        top: _Names = {}
        later: list[tuple[int, code.Function | code.Class]] = []
        for segment in self.namespace.outline.segments:
            self._enter(segment.number)
            for statement in self.machine.project.code(self.namespace.path, segment.number):
                if isinstance(statement, (code.Function, code.Class)):
                    later.append((segment.number, statement))
                else:
                    self._run((statement,), top, False)
        for _ in range(_ROUNDS):
            for number, statement in later:
                self._enter(number)
                if isinstance(statement, code.Function):
                    self._function(statement, {**top, **self._agreed(statement.name)})
                else:
                    self._class(statement, dict(top))

    def _enter(self, number: int) -> None:
        self._segment = number
        statements = self.machine.project.code(self.namespace.path, number)
        self._local = local_imports(self.machine.project, self.namespace, statements)

    def _agreed(self, function: str) -> _Names:
        """What all calls of a function give to its parameters."""
        calls = self._given.get(function, [])
        return {
            name: held for name, held in (calls[0] if calls else {}).items() if all(c.get(name) == held for c in calls)
        }

    def _function(self, function: code.Function, names: _Names) -> None:
        known = self._agreed(function.name)
        names.update({parameter.name: known.get(parameter.name) for parameter in function.parameters})
        self._run(function.body, names, False)

    def _class(self, statement: code.Class, names: _Names) -> None:
        cls = static_value(self.machine, self.namespace, code.Name(statement.name, 0), {})
        module = isinstance(cls, ClassValue) and is_module_class(cls)
        methods = [method for method in statement.body if isinstance(method, code.Function)]
        for method in methods:
            if method.name == "__init__":
                self._function(method, names)
        if module and isinstance(cls, ClassValue):
            names["self"] = _Held("model", cls)
        for method in methods:
            if method.name not in {"__init__", "forward" if module else ""}:
                own = {**names}
                self._function(method, own) if not module else self._method(method, own)

    def _method(self, method: code.Function, names: _Names) -> None:
        own = names.get("self")
        names.update({parameter.name: None for parameter in method.parameters})
        names["self"] = own
        self._run(method.body, names, False)

    # -- statements

    def _run(self, statements: Iterable[code.Stmt], names: _Names, conditional: bool) -> None:
        for statement in statements:
            match statement:
                case code.Assign(targets, value):
                    self._look(value, names)
                    for target in targets:
                        self._bind(target, value, names, conditional)
                case code.Augment(target, _, value):
                    self._look(value, names)
                    names[_key(target)] = None
                case code.Evaluate(value) | code.Return(value):
                    self._look(value, names)
                case code.If(_, body, otherwise):
                    self._run(body, names, True)
                    self._run(otherwise, names, True)
                case code.For(target, _, body, otherwise):
                    for node in walk(target):
                        names[_key(node)] = None
                    self._run((*body, *otherwise), names, conditional)
                case code.While(_, body, otherwise):
                    self._run((*body, *otherwise), names, conditional)
                case code.With(_, body):
                    self._run(body, names, conditional)
                case code.Try(body, handlers, otherwise, final):
                    self._run(body, names, conditional)
                    for handler in handlers:
                        self._run(handler.body, names, True)
                    self._run((*otherwise, *final), names, conditional)
                case code.Function():
                    self._function(statement, dict(names))

    def _bind(self, target: code.Expr, value: code.Expr, names: _Names, conditional: bool) -> None:
        if isinstance(target, code.Sequence):
            pairs = value.items if isinstance(value, code.Sequence) and len(value.items) == len(target.items) else ()
            whole = None if pairs or any(isinstance(each, code.Starred) for each in target.items) else value
            held = self._held(whole, names) if whole is not None else None
            for number, item in enumerate(target.items):
                if held is not None and held.kind == "output" and held.item is None:
                    self._keep(_key(item), replace(held, item=number, of=len(target.items)), names, conditional)
                else:
                    self._bind(item, pairs[number] if pairs else code.Const(None, 0), names, conditional)
            return
        self._keep(_key(target), self._held(value, names), names, conditional)

    def _keep(self, key: str, held: _Held | None, names: _Names, conditional: bool) -> None:
        names[key] = None if conditional and key in names and names[key] != held else held

    # -- expressions

    def _look(self, value: code.Expr | None, names: _Names) -> None:
        """Find the losses in an expression, and what the file's own functions are given."""
        for node in walk(value) if value is not None else ():
            if not isinstance(node, code.Call):
                continue
            target = static_value(self.machine, self.namespace, node.function, self._local)
            path = target.path if isinstance(target, External) else ""
            called = self._held(node.function, names)
            name = called.name if called is not None and called.kind == "loss" else LOSSES.get(path, "")
            given = next((each.value for each in node.arguments if each.name in {None, "input"}), None)
            if name and given is not None and path not in _CLASSES:
                held = self._held(given, names)
                if held is not None and held.kind in {"output", "squashed"}:
                    self.found[Place(self.namespace.path, self._segment, node.at)] = (held, name)
            elif isinstance(target, FunctionValue) and isinstance(target.code, code.Function):
                parameters = [parameter.name for parameter in target.code.parameters]
                bound = {
                    argument.name or parameters[at]: self._held(argument.value, names)
                    for at, argument in enumerate(node.arguments)
                    if argument.name or at < len(parameters)
                }
                if bound not in self._given.setdefault(target.name, []):
                    self._given[target.name].append(bound)

    def _held(self, node: code.Expr, names: _Names) -> _Held | None:
        if (key := _key(node)) and key in names:
            return names[key]
        if (
            isinstance(node, code.Subscript)
            and isinstance(node.index, code.Const)
            and isinstance(node.index.value, int)
        ):
            held = self._held(node.value, names)
            whole = held is not None and held.kind == "output" and held.item is None and node.index.value >= 0
            return replace(held, item=node.index.value) if held is not None and whole else None
        if not isinstance(node, code.Call):
            return None
        function, first = node.function, node.arguments[0].value if node.arguments else None
        target = static_value(self.machine, self.namespace, function, self._local)
        path = target.path if isinstance(target, External) else ""
        place = Place(self.namespace.path, self._segment, node.at)
        if path in _CLASSES:
            return _Held("loss", name=LOSSES[path])
        if path in _FUNCTIONS:
            return _Held("squashed", name=_FUNCTIONS[path], place=place)
        if path in _WRAPPERS and first is not None:
            return self._held(first, names)
        if isinstance(target, ClassValue):
            return _Held("model", target) if is_module_class(target) else None
        if isinstance(function, code.Attribute):
            owner = self._held(function.value, names)
            if function.name in _SQUASHING and not path and _key(function) not in names:
                return _Held("squashed", name=function.name, place=place)
            if owner is not None and function.name in _SAME:
                return owner
            if owner is not None and function.name == "forward" and owner.kind == "model":
                return _Held("output", owner.cls)
        called = self._held(function, names)
        return _Held("output", called.cls) if called is not None and called.kind == "model" else None


_CLASSES = frozenset(path for path, name in LOSSES.items() if name.endswith("Loss"))


def _key(node: object) -> str:
    """The key of a name, or of an attribute of self; of anything else, one that nothing has."""
    match node:
        case code.Name(name):
            return name
        case code.Attribute(code.Name("self"), name):
            return f"self.{name}"
    return ""
