"""What a target names: a module or file, imported, and the models in it."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from torch import nn

from initlint.probe.api import quiet
from initlint.probe.users import callable_module

OWN = "initlint_probe"
# What lies where a project begins.
_ROOT = (".git", "pyproject.toml", "setup.py", "setup.cfg")


class TargetError(Exception):
    """The target can't be had: no such module, file or name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to measure: a class, a function or an instance of a module, under the label that users see."""

    label: str
    value: Any
    module: ModuleType


def entries(target: str) -> list[Entry]:
    """Everything that a target means.

    :raises TargetError: it can't be had.
    """
    module, name = load(target)
    return [Entry(label, value, module) for label, value in _entries(target, module, name)]


def load(target: str) -> tuple[ModuleType, str]:
    """The module of a target ``module:Name`` or ``path.py:Name``, and the name (empty where there is none).

    :raises TargetError: it can't be imported.
    """
    where, colon, name = target.rpartition(":")
    if not colon or os.path.exists(target):
        where, name = target, ""
    if where.endswith(".ipynb"):
        raise TargetError("it is a notebook, whose cells importing it would run: put the model into a module")
    _reach("src")
    try:
        with quiet():
            module = _from_file(where) if where.endswith(".py") else importlib.import_module(where)
    except (Exception, SystemExit) as error:
        if isinstance(error, FileNotFoundError) and not os.path.exists(where):
            raise TargetError(f"no such file: {where}") from None
        raise TargetError(f"importing `{where}` raised {said(error)}") from None
    if name and name.split(".")[0] not in vars(module) and not hasattr(module, name.split(".")[0]):
        raise TargetError(f"`{where}` has no `{name}`")
    return module, name


def _from_file(path: str) -> ModuleType:
    """A file as the module that it is: inside its package, where it lies in one."""
    path = os.path.abspath(path)
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    folder, parts = os.path.dirname(path), [os.path.basename(path).removesuffix(".py")]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        parts.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    _reach(*_roots(folder), folder)
    name = ".".join(parts).removesuffix(".__init__")
    if all(part.isidentifier() for part in parts):
        module = importlib.import_module(name)
        if os.path.abspath(module.__file__ or "") == path:
            return module
    spec = importlib.util.spec_from_file_location(f"_initlint_{abs(hash(path))}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _roots(folder: str) -> list[str]:
    """Where a project's own imports may start: here, where it begins, and its ``src``."""
    found, root = [os.getcwd()], folder
    while os.path.dirname(root) != root and not any(os.path.exists(os.path.join(root, each)) for each in _ROOT):
        root = os.path.dirname(root)
    if os.path.dirname(root) != root:
        found += [root, os.path.join(root, "src")]
    return found


def _reach(*folders: str) -> None:
    """Let modules be imported from these, the last one first; what is there already stays where it is."""
    for each in map(os.path.abspath, folders):
        if each not in sys.path and os.path.isdir(each):
            sys.path.insert(0, each)


def _entries(target: str, module: ModuleType, name: str) -> Iterator[tuple[str, Any]]:
    if name:
        found: Any = module
        for part in name.split("."):
            if not hasattr(found, part):
                raise TargetError(f"`{target.rpartition(':')[0]}` has no `{name}`")
            found = getattr(found, part)
        yield target, found
        return
    own = getattr(module, OWN, None)
    if callable(own):
        yield f"{target}:{OWN}", own
        return
    for each, value in list(vars(module).items()):
        if inspect.isclass(value) and issubclass(value, nn.Module) and value.__module__ == module.__name__:
            if callable_module(value):
                yield f"{target}:{each}", value


def said(error: BaseException) -> str:
    """The kind of an error and the first line of its text."""
    text = (str(error) or "").strip().splitlines()
    return f"{type(error).__name__}{f': {text[0][:200]}' if text else ''}"
