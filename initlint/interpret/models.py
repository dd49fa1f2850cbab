"""Freezing: from the objects of a run to a :class:`~initlint.ir.model.Model`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from initlint import catalog
from initlint.interpret import hooks
from initlint.interpret.computed import OF
from initlint.interpret.graph import Draft, GraphBuilder
from initlint.interpret.hidden import hidden_layers
from initlint.interpret.hierarchy import MODULE, unknown_bases
from initlint.interpret.machine import Machine
from initlint.interpret.misuses import lost
from initlint.interpret.operators import as_scalar
from initlint.interpret.reparametrise import COMPUTED, effective
from initlint.interpret.swept import freeze_sweeps
from initlint.interpret.torch_init import STORED
from initlint.interpret.torch_modules import children, container_of, own_parameters, spec_of, walk
from initlint.interpret.twins import twins
from initlint.interpret.values import ClassValue, Either, Obj, Tensor, Value, class_name
from initlint.ir.dim import Scalar
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.model import ForwardGraph, Misuse, Model, Module, Op, Parameter, Shape
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

Tree = Sequence[tuple[str, Obj]]  # the modules of a model with their paths


def freeze(machine: Machine, root: Obj, site: Place, standalone: bool, graph: GraphBuilder | Unknown) -> Model:
    """The model whose outermost module is ``root``."""
    modules: list[Module] = []
    parameters: dict[str, Parameter] = {}
    computed: dict[str, Parameter] = {}
    names: dict[int, str] = {}
    paths: dict[int, str] = {}
    classes: set[str] = set()
    tree = walk(root)
    hidden = _hidden_writers(machine, tree)
    optional = _optional(tree)
    for path, module in tree:
        paths[id(module)] = path
        if isinstance(module.cls, ClassValue):
            classes.add(module.cls.qualified)
        kind = _kind(module)
        modules.append(Module(path, kind, _type(module), module.made, id(module) in optional, _eps(module, kind)))
        for buffer in (False, True):
            for name, tensor in own_parameters(module, buffer):
                full = f"{path}.{name}" if path else name
                if id(tensor) in names:
                    continue
                names[id(tensor)] = full
                parameter = _parameter(full, path, tensor, buffer, hidden)
                parameters[full] = _either(parameters[full], parameter) if full in parameters else parameter
        for name, tensor in _computed(module):
            names[id(tensor)] = full = f"{path}.{name}" if path else name
            tensor.data["candidates"] = effective(tensor)
            computed.setdefault(full, _parameter(full, path, tensor, False, hidden))
    if not isinstance(graph, Unknown):
        computed.update(_computed_in_forward(graph, names, parameters))
    frozen = graph if isinstance(graph, Unknown) else _graph(graph, names, paths)
    return Model(
        name=class_name(root.cls),
        file=root.cls.origin[0] if isinstance(root.cls, ClassValue) else site.path,
        site=site,
        standalone=standalone,
        modules=tuple(modules),
        parameters=tuple(parameters.values()),
        graph=frozen,
        classes=frozenset(classes),
        misuses=(*_misuses(machine.misuses, names, tree), *_lost(machine, tree, names)),
        unknowns=tuple(machine.unknowns.values()),
        computed=tuple(computed.values()),
        sweeps=tuple(freeze_sweeps(machine, tree, names)),
        hidden=tuple(hidden_layers(tree, names)),
        twins=tuple(twins(tree, names)),
    )


def _computed(module: Obj) -> list[tuple[str, Tensor]]:
    """The weights that the module computes from its parameters."""
    return [
        (key, value)
        for key, value in module.data.items()
        if isinstance(key, str) and isinstance(value, Tensor) and value.data.get(COMPUTED)
    ]


def _computed_in_forward(
    graph: GraphBuilder, names: dict[int, str], parameters: Mapping[str, Parameter]
) -> dict[str, Parameter]:
    """The weights that the forward computes of parameters; adds their names."""
    found: dict[str, Parameter] = {}
    for weight in (draft.weight for draft in graph.drafts if draft.weight is not None):
        source = weight.data.get(OF)
        name = names.get(id(source))
        if name is not None and name in parameters:
            names[id(weight)] = made = f"{name} (computed)"
            found[made] = replace(_parameter(made, parameters[name].layer, weight, False, set()), of=name)
    return found


def _optional(tree: Tree) -> set[int]:
    """The modules that stand under a name which exists on some branches only, or beside others."""
    found: set[int] = set()
    for _, module in tree:
        for name, child in children(module):
            if isinstance(child, Either):
                found.update(id(option) for option in child.options)
            elif ("optional", name) in module.data:
                found.add(id(child))
    return found


def _either(one: Parameter, other: Parameter) -> Parameter:
    """A parameter of a name under which one of two modules stands, on a condition that we can't decide."""
    shape = one.shape if one.shape == other.shape else Unknown("the shape depends on a condition")
    candidates = tuple(dict.fromkeys(one.candidates + other.candidates))
    return replace(one, shape=shape, candidates=candidates, buffer=one.buffer and other.buffer)


def _kind(module: Obj) -> str:
    spec = spec_of(module)
    if spec is not None:
        return spec.kind
    if container_of(module) is not None or _type(module) == MODULE:
        return "container"
    if isinstance(module.cls, ClassValue):
        return "other" if catalog.load().stub(module.cls.qualified) is not None else "user"
    return "unknown"


def _eps(module: Obj, kind: str) -> float | None:
    value = module.data.get("eps")
    return value if kind == "norm" and isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _type(module: Obj) -> str:
    return module.cls.qualified if isinstance(module.cls, ClassValue) else module.cls.path


def _hidden_writers(machine: Machine, tree: Tree) -> set[int]:
    """The parameters that code we do not run may fill: of modules with a base class that we cannot see, with a hook
    before their forward, or with a class that an init function of its file tests for and whose parameter it names."""
    return {
        id(tensor)
        for _, module in tree
        for name, tensor in own_parameters(module)
        if any(action.initializer.family == "garbage" for action in _actions(tensor.data.get("candidates")))
        and (
            hooks.BEFORE in module.data
            or (
                isinstance(module.cls, ClassValue) and (unknown_bases(module.cls) or _filled(machine, module.cls, name))
            )
        )
    }


def _filled(machine: Machine, cls: ClassValue, name: str) -> bool:
    """Whether code of the class's file, outside the class, asks for instances of it and names that parameter."""
    namespace = machine.project.namespace(cls.origin[0])
    if namespace is None:
        return False
    asked = re.compile(rf"isinstance\s*\([^)]*\b{re.escape(cls.name)}\b")
    named = re.compile(rf"\.{re.escape(name)}\b")
    return any(
        segment.number != cls.origin[1] and asked.search(segment.text) and named.search(segment.text)
        for segment in namespace.outline.segments
    )


def _parameter(name: str, layer: str, tensor: Tensor, buffer: bool, hidden: set[int]) -> Parameter:
    candidates = tuple(a for a in _actions(tensor.data.get("candidates")))
    if id(tensor) in hidden:
        candidates = tuple(
            replace(a, initializer=Initializer("a base class that can't be seen", "unknown"))
            if a.initializer.family == "garbage"
            else a
            for a in candidates
        )
    if not candidates:
        unknown = Initializer("a value that is not known", "unknown")
        candidates = (InitAction(unknown, tensor.made, explicit=False),)
    trainable, stored = tensor.data.get("trainable", True), tensor.data.get(STORED) is True
    return Parameter(
        name=name,
        shape=_shape(tensor.data.get("shape")),
        candidates=candidates,
        history=tuple(_actions(tensor.data.get("history"))),
        place=tensor.made,
        layer=layer,
        trainable=trainable is not False and not buffer and not stored,
        buffer=buffer,
        stored=stored,
    )


def _actions(value: Value) -> Iterable[InitAction]:
    return (action for action in value if isinstance(action, InitAction)) if isinstance(value, tuple) else ()


def _shape(value: Value) -> Shape | Unknown:
    if not isinstance(value, tuple):
        return value if isinstance(value, Unknown) else Unknown("the shape of an unknown tensor")
    return tuple(_size(size) for size in value)


def _size(value: Value) -> Scalar | Unknown:
    size = as_scalar(value)
    if size is not None:
        return size
    return value if isinstance(value, Unknown) else Unknown("a size that is not known")


def _graph(builder: GraphBuilder, names: dict[int, str], paths: dict[int, str]) -> ForwardGraph:
    ops = tuple(_op(number, draft, names, paths) for number, draft in enumerate(builder.drafts))
    outputs = tuple(op.id for op in ops if op.kind == "output")
    repeats = tuple((number, draft.repeat) for number, draft in enumerate(builder.drafts) if draft.repeat is not None)
    return ForwardGraph(ops, outputs, repeats)


def _op(number: int, draft: Draft, names: dict[int, str], paths: dict[int, str]) -> Op:
    weight = names.get(id(draft.weight)) if draft.weight is not None else None
    kind = draft.kind
    if kind == "layer" and weight is None:
        kind = "opaque"  # its weight is not registered under a name that we know
    return Op(
        id=number,
        kind=kind,
        name=draft.name,
        inputs=draft.inputs,
        place=draft.place,
        module=paths.get(id(draft.module)) if draft.module is not None else None,
        weight=weight,
        bias=names.get(id(draft.bias)) if draft.bias is not None else None,
        value=draft.value,
        stride=draft.stride,
        groups=draft.groups,
    )


def _misuses(found: list[Misuse], names: Mapping[int, str], tree: Tree) -> Iterator[Misuse]:
    """Misuses with the name in the model in place of a token; those of other objects are left out. An attribute that
    was missing counts where the constructor makes it in the end."""
    modules = {id(module): (path, module) for path, module in tree}
    for misuse in found:
        token = misuse.parameter
        if token.startswith("#"):
            if (name := names.get(int(token[1:]))) is not None:
                yield replace(misuse, parameter=name)
        elif token.startswith("@"):
            number, _, attribute = token[1:].partition(".")
            path, module = modules.get(int(number), ("", None))
            if module is None or (attribute not in module.data and misuse.kind == "missing-attribute"):
                continue
            early = attribute in module.data and misuse.kind == "no-attribute"
            name = f"{path}.{attribute}".strip(".")
            yield replace(misuse, parameter=name, kind="too-early" if early else misuse.kind)
        else:
            yield misuse


def _lost(machine: Machine, tree: Tree, names: Mapping[int, str]) -> Iterator[Misuse]:
    """The parameters that stand in the model only as plain tensors computed of them, which no optimiser is given."""
    held: set[int] | None = None
    for path, module in tree:
        for key, value in module.data.items():
            if not isinstance(key, str) or module.data.get(("buffer", key)) or (origin := lost(value)) is None:
                continue
            if held is None:
                held = {id(each) for owner in machine.objects for each in owner.data.values()}
            shape = value.data.get("shape") if isinstance(value, Tensor) else None
            empty = isinstance(shape, tuple) and 0 in shape  # there to tell the device
            if id(origin[0]) not in held and isinstance(value, Tensor) and not empty:
                yield Misuse("lost-parameter", origin[1], value.made, parameter=f"{path}.{key}" if path else key)
