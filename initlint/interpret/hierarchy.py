"""Classes: method resolution order, and what a library class is a subclass of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

from initlint import catalog
from initlint.interpret.values import ClassValue, Either, External, Value
from initlint.ir.unknown import Unknown

F = TypeVar("F", bound=Callable[..., Any])

MODULE = "torch.nn.Module"
CONTAINERS = frozenset(
    f"torch.nn.{name}" for name in ("Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict")
)
# Foreign base classes that are an nn.Module and, as far as initialisation goes, no more than that.
_PLAIN_MODULES = frozenset(
    {"LightningModule", "ModelMixin", "PyTorchModelHubMixin", "ModelHubMixin", "LightningDataModule"}
)
# Bases whose constructor does nothing.
MAKES_NOTHING = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"})
# Foreign bases that say nothing about modules.
_INERT_BASES = frozenset(
    MAKES_NOTHING
    | {"typing.NamedTuple", "enum.Enum",
     "builtins.dict", "builtins.list", "builtins.tuple", "builtins.Exception", "diffusers.ConfigMixin",
     "diffusers.configuration_utils.ConfigMixin", "torch.autograd.Function", "torch.autograd.function.Function"}
)  # fmt: skip


@lru_cache(maxsize=4096)
def canonical(path: str) -> str:
    """The one name of a library object that has several."""
    return catalog.load().canonical(path)


_of_a_project: list[Callable[[], None]] = []


def once(function: F) -> F:
    """Remember a function's results for classes and functions of the project, until :func:`forget_classes`."""
    cached = lru_cache(maxsize=4096)(function)
    _of_a_project.append(cached.cache_clear)
    return cast(F, cached)


@once
def mro(cls: ClassValue) -> tuple[ClassValue | External | Unknown, ...]:
    """The classes in which attributes are looked up: depth first from the left, a shared base at its last place."""
    order: list[ClassValue | External | Unknown] = []

    def visit(value: Value, depth: int) -> None:
        if isinstance(value, Either):
            value = value.options[0]
        if depth > 30 or not isinstance(value, (ClassValue, External, Unknown)):
            return
        order.append(value)
        if isinstance(value, ClassValue):
            for base in value.bases:
                visit(base, depth + 1)

    visit(cls, 0)
    seen: list[ClassValue | External | Unknown] = []
    for value in reversed(order):
        if value not in seen:
            seen.append(value)
    return tuple(reversed(seen))


def is_module_class(value: Value) -> bool:
    """Whether the class derives from torch.nn.Module, as far as can be seen."""
    if isinstance(value, ClassValue):
        return _derives_from_module(value)
    return _is_module_path(value.path) if isinstance(value, External) else False


@once
def _derives_from_module(cls: ClassValue) -> bool:
    return any(is_module_class(base) for base in mro(cls)[1:])


@lru_cache(maxsize=4096)
def _is_module_path(path: str) -> bool:
    path = canonical(path)
    library = catalog.load()
    return (
        path == MODULE
        or path in CONTAINERS
        or path.rpartition(".")[2] in _PLAIN_MODULES
        or library.layer(path) is not None
        or ((stub := library.stub(path)) is not None and stub.layer)
    )


def runs_no_init(base: External) -> bool:
    """Whether a foreign base class is known to call no method that a subclass may have to initialise itself with."""
    path = canonical(base.path)
    plain = path == MODULE or path in CONTAINERS or path in _INERT_BASES
    return plain or path.rpartition(".")[2] in _PLAIN_MODULES


@once
def unknown_bases(cls: ClassValue) -> tuple[str, ...]:
    """The bases of a class that we cannot see into, each by name."""
    names: list[str] = []
    library = catalog.load()
    for base in mro(cls)[1:]:
        if isinstance(base, Unknown):
            names.append(base.why)
        elif isinstance(base, External):
            path = canonical(base.path)
            if not is_module_class(base) and path not in _INERT_BASES and library.layer(path) is None:
                names.append(path)
    return tuple(names)


def forget() -> None:
    """Forget what was looked up in a catalogue that is no longer in use."""
    canonical.cache_clear()
    _is_module_path.cache_clear()
    forget_classes()


def forget_classes() -> None:
    """Forget what was found of the classes of a project that is no longer in use."""
    for clear in _of_a_project:
        clear()


def _library_subclass(path: str, of: str) -> bool:
    of = canonical(of)
    return of == "builtins.object" or catalog.load().is_subclass(path, of) or (of == MODULE and path in CONTAINERS)


def class_is(cls: Value, of: Value) -> bool | None:
    """Whether a class is a subclass of another; None where a base is not known."""
    if isinstance(of, tuple):
        results = [class_is(cls, each) for each in of]
        return True if True in results else (None if None in results else False)
    if isinstance(of, (Unknown, Either)):
        return None
    if isinstance(cls, External):
        return _library_subclass(cls.path, of.path) if isinstance(of, External) else False
    if not isinstance(cls, ClassValue):
        return None
    if isinstance(of, ClassValue):
        if of in mro(cls):
            return True
        if catalog.load().stub(of.qualified) is not None:  # the library's own source; what derives from it has the stub
            return class_is(cls, External(of.qualified))
    elif isinstance(of, External):
        if canonical(of.path) == MODULE and is_module_class(cls):
            return True
        if any(isinstance(base, External) and _library_subclass(base.path, of.path) for base in mro(cls)):
            return True
        if any(isinstance(base, ClassValue) and base.qualified == canonical(of.path) for base in mro(cls)):
            return True
    else:
        return None
    return None if any(isinstance(base, Unknown) for base in mro(cls)) else False
