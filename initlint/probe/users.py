"""Which classes and functions of a project use a class: by the names in their code."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from torch import nn

from initlint.probe.construct import configured, required_of
from initlint.probe.reading import returns

# Those that do something besides making a model, by their own names and by those in their code.
_DOES = re.compile(
    r"_?(main|train|test|eval|run|fit|demo|load|download|save|export|convert|bench|plot|draw|show|sample|generate)(_|$)|.*main$"
)
_ACTS = re.compile(
    r"backward|step|zero_grad|save\w*|open|write\w*|dump|makedirs|mkdir|remove|unlink|rmtree|system|Popen|check_call|"
    r"urlopen|urlretrieve|download\w*|load_state_dict_from_url|snapshot_download|DataLoader|parse_args|input|_?exit|show|"
    r"savefig|SummaryWriter|wandb|push_to_hub|Trainer|sleep|perf_counter"
)
_SMALL = re.compile(r"(^|_)(test|tiny|mini|nano|atto|femto|pico|small|xxs|xs|xxt|t|s|n|b0|18|lite)(\d|_|$)|18$|_?0$")
_FILES = 2


def users(cls: type, module: ModuleType) -> Iterator[tuple[Any, ModuleType]]:
    """The classes and functions through which a class gets built, each with its module: those that tell themselves what
    they are given first, then those that are near and small. First of its own module, then of others of its package."""
    yield from ((each, module) for each in _within(cls, module))
    for other in _others(cls, module):
        yield from ((each, other) for each in _within(cls, other))


def _within(cls: type, module: ModuleType) -> list[Any]:
    nodes = {name: each for name, each in vars(module).items() if _makes(each) and each is not cls}
    steps = {name: _named(each) for name, each in nodes.items()}
    own = {name for name, each in vars(module).items() if each is cls or _holds(each, cls)}
    far: dict[str, int] = {}
    edge, distance = own | {cls.__name__}, 0
    while edge:
        distance += 1
        edge = {name for name, named in steps.items() if name not in far and named & edge}
        far.update(dict.fromkeys(edge, distance))
    order = list(nodes)
    ranks = {name: _rank(nodes[name], module) for name in far if _may_run(nodes[name], module)}
    # What is a part of another may get its weights from that; a model of transformers has them from itself.
    parts = {name for name in ranks if ranks[name] and any(name in steps[other] for other in ranks if other != name)}
    ranked = sorted(
        ranks,
        key=lambda name: (ranks[name], name in parts, not _SMALL.search(name), far[name], order.index(name)),
    )
    return [nodes[name] for name in ranked]


def _makes(value: Any) -> bool:
    if inspect.isclass(value):
        return issubclass(value, nn.Module) and not value.__module__.startswith("torch.")
    return isinstance(value, FunctionType)


def _holds(value: Any, cls: type) -> bool:
    """Whether it is a table or a partial call with that class."""
    if isinstance(value, functools.partial):
        return value.func is cls or any(each is cls for each in value.keywords.values())
    if isinstance(value, (dict, list, tuple)):
        return any(each is cls or _holds(each, cls) for each in (value.values() if isinstance(value, dict) else value))
    return False


def _named(value: Any) -> set[str]:
    """The names that its code, and the defaults of its arguments, speak of."""
    if isinstance(value, FunctionType):
        return _of_function(value)
    bases = [each for each in value.__mro__ if issubclass(each, nn.Module) and not each.__module__.startswith("torch.")]
    functions = [each for base in bases for each in vars(base).values() if isinstance(each, FunctionType)]
    return set().union(*map(_of_function, functions)) if functions else set()


def _of_function(function: FunctionType) -> set[str]:
    found = set(_of_code(inspect.unwrap(function).__code__))
    for each in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
        each = each.func if isinstance(each, functools.partial) else each
        if inspect.isclass(each) or isinstance(each, FunctionType):
            found.add(each.__name__)
    return found


def _of_code(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _of_code(each)
        elif isinstance(each, str) and each.isidentifier():
            yield each


def _rank(value: Any, module: ModuleType) -> int:
    if tells(value):
        return 0
    if not required_of(value):
        return 1
    return 2 if configured(value, module) else 3


def tells(value: Any) -> bool:
    """Whether a class says itself what it is built with and what it takes."""
    return inspect.isclass(value) and bool(getattr(value, "config_class", None)) and hasattr(value, "main_input_name")


def callable_module(cls: type[nn.Module]) -> bool:
    """Whether a module class can be called."""
    return cls.forward is not nn.Module.forward and not inspect.isabstract(cls)


def _may_run(value: Any, module: ModuleType) -> bool:
    if inspect.isclass(value):
        return issubclass(value, nn.Module) and callable_module(value)
    own = value.__module__ == module.__name__ and not required_of(value) and not _DOES.match(value.__name__)
    return own and not any(map(_ACTS.fullmatch, _of_function(value))) and returns(value)


# -- other files


def _others(cls: type, module: ModuleType) -> Iterator[ModuleType]:
    """Modules of the same package that import the class and do nothing but define, the nearest first."""
    path = getattr(module, "__file__", None)
    if path is None or (not module.__name__.isidentifier() and "." not in module.__name__):
        return
    top = sys.modules.get(module.__name__.partition(".")[0])
    root = os.path.dirname(getattr(top, "__file__", None) or "")
    if not root or not os.path.isfile(os.path.join(root, "__init__.py")):
        return
    name = re.compile(rf"\b{re.escape(cls.__name__)}\b")
    count = 0
    for each in _files(root, os.path.dirname(path)):
        if os.path.samefile(each, path):
            continue
        with open(each, encoding="utf-8", errors="replace") as file:
            text = file.read()
        if name.search(text) and _defines(text):
            dotted = os.path.relpath(each, os.path.dirname(root)).removesuffix(".py").replace(os.sep, ".")
            try:
                found = importlib.import_module(dotted)
            except (Exception, SystemExit):
                continue
            if vars(found).get(cls.__name__) is cls:
                yield found
                count += 1
        if count == _FILES:
            return


def _files(root: str, near: str) -> list[str]:
    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(root) for name in names
        if name.endswith(".py") and not name.startswith("__")
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-len(os.path.commonpath([each, near])), each.count(os.sep), each))


def _defines(text: str) -> bool:
    """Whether a file only defines: importing it does nothing else."""
    try:
        body: Iterable[ast.stmt] = ast.parse(text).body
    except (SyntaxError, ValueError):
        return False
    calm = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.If, ast.Try)
    return all(
        isinstance(each, calm) or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)) for each in body
    )
