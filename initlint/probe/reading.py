"""What a forward's text says of its arguments: which layers take them first, what is looked up in them, and which of
them a line that raised has to do with."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType, FunctionType, MethodType, TracebackType
from typing import Any

import torch
from torch import nn

# Methods and functions after which a value is still what came in, but for its shape or type.
_KEEPS = re.compile(
    "view|reshape|transpose|permute|flatten|unflatten|unsqueeze_?|squeeze_?|to|float|long|int|double|half|type|type_as|"
    "contiguous|cuda|cpu|detach|clone|expand|repeat|t|movedim|rearrange|repeat_interleave|dropout|pad|chunk|split|"
    "normalize|clamp|masked_fill|requires_grad_|one_hot"
)
_PRODUCTS = frozenset({"mm", "matmul", "bmm"})
_JOINS = frozenset({"cat", "concat", "concatenate", "hstack"})
_KEPT = (nn.Dropout, nn.Identity, nn.Flatten, nn.Unflatten)
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Takes:
    """That a layer, or a bare weight by one of its sizes, takes an argument: ``of`` so many that are put side by side,
    or as the ``state`` that a recurrent one begins with."""

    layer: nn.Module | int
    of: int = 1
    state: bool = False


@dataclass(slots=True)
class Reading:
    """By an argument's path (``batch.image`` for what is looked up in it): what takes it, and the names of what is
    looked up in it, with how (``dict``, ``fields`` or ``tuple``)."""

    takes: dict[str, list[Takes]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)


def reading(model: nn.Module, depth: int = 0) -> Reading:
    """What a model's forward says; nothing where its text is not at hand."""
    found = Reading()
    _read(model, getattr(model, "forward", None), found, None, depth)
    return found


def blamed(model: nn.Module, trace: TracebackType | None) -> tuple[str, ...]:
    """The arguments of a model's forward that the line which raised has to do with; none where that is not known."""
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name == "forward" and _first(frame) is model:
            text = _parsed(type(model).forward) if isinstance(type(model).forward, FunctionType) else None
            return _involved(text[0], trace.tb_lineno - text[1]) if text is not None else ()
        trace = trace.tb_next
    return ()


def _first(frame: FrameType) -> Any:
    names = frame.f_code.co_varnames
    return frame.f_locals.get(names[0]) if names else None


@functools.lru_cache(256)
def _parsed(function: FunctionType) -> tuple[ast.FunctionDef, int] | None:
    """A function's text, and how many lines of its file come before that."""
    try:
        lines, start = inspect.getsourcelines(inspect.unwrap(function))
        node = ast.parse(textwrap.dedent("".join(lines))).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return None
    return (node, max(start, 1) - 1) if isinstance(node, ast.FunctionDef) else None


def _arguments(node: ast.FunctionDef) -> list[str]:
    return [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]


def returns(function: FunctionType) -> bool:
    """Whether a function gives a value, as far as its text is at hand."""
    text = _parsed(inspect.unwrap(function))
    inside = _statements(text[0].body) if text is not None else ()
    return any(isinstance(each, ast.Return) and each.value is not None for each in inside)


def calls(entry: Any, name: str) -> bool:
    """Whether a class's constructor, or a function, calls its argument of that name."""
    function = vars(entry).get("__init__") if inspect.isclass(entry) else entry
    text = _parsed(function) if isinstance(function, FunctionType) else None
    inside = ast.walk(text[0]) if text is not None else ()
    return any(isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == name
               for each in inside)  # fmt: skip


# -- which arguments a line has to do with


def _involved(node: ast.FunctionDef, line: int) -> tuple[str, ...]:
    known = {name: {name} for name in _arguments(node)[1:]}
    found: set[str] = set()
    for statement in _statements(node.body):
        head = _head(statement)
        names = set().union(*(known.get(each, set()) for part in head for each in _loaded(part)))
        if statement.lineno <= line <= max(getattr(each, "end_lineno", 0) or 0 for each in head or [statement]):
            found = names
        if statement.lineno > line:
            break
        for target in _targets(statement):
            known[target] = known.get(target, set()) | names if isinstance(statement, ast.AugAssign) else names
    return tuple(name for name in known if name in found)


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for each in body:
        yield each
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(each, name, ()))


def _head(statement: ast.stmt) -> list[ast.AST]:
    """What a statement evaluates itself, without those inside of it."""
    return [each for each in ast.iter_child_nodes(statement) if not isinstance(each, (ast.stmt, ast.excepthandler))]


def _loaded(node: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _targets(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(targets=targets):
            given: Sequence[ast.AST] = targets
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            given = [target]
        case _:
            given = []
    for each in given:
        yield from _loaded(each)


# -- what becomes of each argument


def _read(owner: nn.Module, method: Any, found: Reading, given: dict[str, str] | None, depth: int) -> None:
    """Read a method of a module; ``given`` says which paths its arguments are, by their names (None: themselves)."""
    function = inspect.unwrap(method.__func__) if isinstance(method, MethodType) else None
    text = _parsed(function) if isinstance(function, FunctionType) else None
    if text is None or depth > _DEPTH:
        return
    names = _arguments(text[0])[1:]
    same = {name: name for name in names} if given is None else given
    _Reader(owner, found, dict(same), depth).run(text[0].body)


class _Reader:
    def __init__(self, owner: nn.Module, found: Reading, same: dict[str, str], depth: int) -> None:
        self.owner, self.found, self.same, self.depth = owner, found, same, depth
        self.bound: dict[str, Any] = {}
        self.together: dict[str, list[str]] = {}

    def run(self, body: Sequence[ast.stmt]) -> None:
        """The statements in the order of the text."""
        for statement in _statements(body):
            for part in _head(statement):
                self.inside(part)
            match statement:
                case ast.Assign(targets=[target], value=value):
                    self.assign(target, value)
                case ast.For(target=target, iter=each):
                    self.loop(target, each)

    def assign(self, target: ast.expr, value: ast.expr) -> None:
        """A name for what is still an argument, or names for its parts."""
        path = self.path(value)
        if isinstance(target, ast.Name):
            self.bound.pop(target.id, None)
            self.same.pop(target.id, None)
            self.together.pop(target.id, None)
            if path is not None:
                self.same[target.id] = path
            elif paths := self.joined(value):
                self.together[target.id] = paths
            elif isinstance(layer := self.resolved(value), nn.Module):
                self.bound[target.id] = layer
        elif isinstance(target, ast.Tuple) and all(isinstance(each, ast.Name) for each in target.elts):
            names = [each.id for each in target.elts if isinstance(each, ast.Name)]
            for name in names:
                self.same.pop(name, None)
            if isinstance(value, ast.Name) and path is not None:
                self.found.forms.setdefault(path, "tuple")
                for name in names:
                    self.same[name] = self.part(path, name, "tuple")

    def loop(self, target: ast.expr, each: ast.expr) -> None:
        """The first of the layers that it goes over."""
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "enumerate":
            if isinstance(target, ast.Tuple) and len(target.elts) == 2 and each.args:
                target, each = target.elts[1], each.args[0]
        layers = self.resolved(each)
        if isinstance(layers, (nn.ModuleList, nn.Sequential)) and len(layers) and isinstance(target, ast.Name):
            self.bound[target.id] = layers[0]

    def inside(self, node: ast.AST) -> None:
        """What is evaluated first, first."""
        for each in getattr(node, "generators", ()):
            self.loop(each.target, each.iter)
        for each in ast.iter_child_nodes(node):
            self.inside(each)
        match node:
            case (
                ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(), *_]) | ast.Subscript() | ast.Attribute()
            ):
                self.path(node)
            case ast.Call():
                self.call(node)
            case ast.BinOp(op=ast.MatMult()):
                self.product(node.left, node.right, -2)

    def call(self, node: ast.Call) -> None:
        """A layer, a method of the model, or a product takes what is given to it."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        called = self.resolved(node.func)
        if isinstance(called, (nn.Module, MethodType)):
            self.given_to(called, node)
        elif name in _PRODUCTS and len(node.args) == 2:
            self.product(node.args[0], node.args[1], -2)
        elif name == "linear" and len(node.args) >= 2:
            self.product(node.args[0], node.args[1], -1)

    def given_to(self, called: nn.Module | MethodType, node: ast.Call) -> None:
        """Each of the call's arguments goes into a layer, or into what reads it."""
        keywords = {each.arg: each.value for each in node.keywords if each.arg}
        given: list[tuple[int | str, ast.expr]] = [*enumerate(node.args), *keywords.items()]
        for index, value in given:
            paths = self.joined(value)
            if isinstance(called, (nn.RNNBase, nn.RNNCellBase)) and index in (1, "hx"):
                for each in value.elts if isinstance(value, ast.Tuple) else [value]:
                    path = self.path(each)
                    if path is not None:
                        self.found.takes.setdefault(path, []).append(Takes(called, state=True))
            elif isinstance(called, nn.Module) and type(called).__module__.startswith("torch."):
                for path in paths:
                    if index == 0 or isinstance(called, (nn.MultiheadAttention, nn.Transformer)):
                        self.found.takes.setdefault(path, []).append(Takes(called, len(paths)))
            elif len(paths) == 1:
                method = called.forward if isinstance(called, nn.Module) else called
                name = index if isinstance(index, str) else _name(method, index)
                owner = called if isinstance(called, nn.Module) else self.owner
                if name is not None:
                    _read(owner, method, self.found, {name: paths[0]}, self.depth + 1)

    def product(self, left: ast.expr, right: ast.expr, at: int) -> None:
        """With a bare weight, one of whose sizes is the argument's last."""
        path, weight = self.path(left), self.resolved(right)
        if path is not None and isinstance(weight, torch.Tensor) and weight.dim() >= 2:
            self.found.takes.setdefault(path, []).append(Takes(weight.shape[at]))

    def joined(self, value: ast.expr) -> list[str]:
        """The argument that an expression is, or several that are put side by side."""
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _JOINS:
            parts = value.args[0] if value.args else None
            if isinstance(parts, (ast.List, ast.Tuple)):
                paths = [self.path(each) for each in parts.elts]
                return [each for each in paths if each is not None] if None not in paths else []
        path = self.path(value)
        if path is None:
            return self.together.get(value.id, []) if isinstance(value, ast.Name) else []
        return [path]

    def path(self, node: ast.AST) -> str | None:
        """Which argument an expression still is."""
        match node:
            case ast.Name(id=name):
                return self.same.get(name)
            case ast.Subscript(value=value, slice=ast.Constant(value=str(key))):
                return self.looked_up(value, key, "dict")
            case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[ast.Constant(value=str(key)), *_]):
                return self.looked_up(value, key, "dict")
            case ast.Subscript(value=value):
                return self.path(value)
            case ast.Attribute(value=value, attr=name) if not hasattr(torch.Tensor, name):
                return self.looked_up(value, name, "fields")
            case ast.Call(func=func, args=args):
                return self.kept(func, args)
            case ast.BinOp(left=left, right=right) if not isinstance(node.op, ast.MatMult):
                return self.path(left) if isinstance(right, ast.Constant) else None
        return None

    def kept(self, func: ast.expr, args: list[ast.expr]) -> str | None:
        layer = self.resolved(func)
        if isinstance(layer, _KEPT):
            return self.path(args[0]) if args else None
        if isinstance(func, ast.Attribute) and _KEEPS.fullmatch(func.attr):
            path = self.path(func.value)
            return path if path is not None or not args else self.path(args[0])
        if isinstance(func, ast.Name) and _KEEPS.fullmatch(func.id) and args:
            return self.path(args[0])
        return None

    def looked_up(self, value: ast.expr, name: str, form: str) -> str | None:
        path = self.path(value) if isinstance(value, ast.Name) else None
        return self.part(path, name, form) if path is not None else None

    def part(self, path: str, name: str, form: str) -> str:
        self.found.forms.setdefault(path, form)
        names = self.found.parts.setdefault(path, [])
        if name not in names:
            names.append(name)
        return f"{path}.{name}"

    def resolved(self, node: ast.AST) -> Any:
        """The layer, method or weight of the model that an expression names; None for others."""
        match node:
            case ast.Name(id="self"):
                return self.owner
            case ast.Name(id=name):
                return self.bound.get(name)
            case ast.Attribute(value=value, attr=name):
                owner = self.resolved(value)
                return _held(owner, name) if isinstance(owner, nn.Module) else None
            case ast.Subscript(value=value, slice=ast.Constant(value=int(index))):
                owner = self.resolved(value)
                if isinstance(owner, (nn.ModuleList, nn.Sequential)) and -len(owner) <= index < len(owner):
                    return owner[index]
        return None


def _held(owner: nn.Module, name: str) -> Any:
    """A submodule, a parameter or a method; what else an attribute may do is not asked for."""
    for table in (owner._modules, owner._parameters, owner._buffers):
        if name in table:
            return table[name]
    if isinstance(vars(type(owner)).get(name), FunctionType):
        return getattr(owner, name)
    return None


def _name(method: Any, index: int) -> str | None:
    text = _parsed(inspect.unwrap(method.__func__)) if isinstance(method, MethodType) else None
    names = _arguments(text[0])[1:] if text is not None else []
    return names[index] if index < len(names) else None
