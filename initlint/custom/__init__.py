"""Rules of a project or of another package: found, loaded and checked. See ``docs/custom-rules.md``."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from initlint.custom.guard import Failed, guarded
from initlint.ir.data import dataclass
from initlint.rule import Rule

GROUP = "initlint.rules"
_CODE = re.compile(r"(?!IL\d)[A-Z]{2,}\d{1,5}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
SCOPES = ("model", "file")


class RulesError(Exception):
    """Rules that can't be used; the text says why, and whose they are."""


@dataclass(frozen=True, slots=True)
class Plugins:
    """Where to find rules that are not initlint's: in ``files`` (absolute paths), and, where ``installed``, in what
    installed packages announce as entry points."""

    files: tuple[str, ...] = ()
    installed: bool = False

    def load(self) -> tuple[Rule[Any], ...]:
        """The rules, by code. Each file is run once in a process.

        :raises RulesError: one can't be loaded, is no rule, or takes the code or the name of another.
        """
        rules = [rule for path in self.files for rule in _of_file(path)]
        rules += _of_packages() if self.installed else ()
        taken: dict[str, str] = {}
        for rule in rules:
            for key in (rule.code, rule.name):
                if key in taken:
                    raise RulesError(f"{rule.origin}: {key} is the rule of {taken[key]} already")
                taken[key] = rule.origin
        return tuple(sorted(rules, key=lambda rule: rule.code))

    def sources(self) -> tuple[str, ...]:
        """The files that loading the rules has imported: their own, and those of the modules that they need.

        :raises RulesError: as :meth:`load` does.
        """
        self.load()
        return tuple(sorted(_imported_files)) if self != NO_PLUGINS else ()


NO_PLUGINS = Plugins()
_imported_files: set[str] = set()


@lru_cache(maxsize=64)
def _of_file(path: str) -> tuple[Rule[Any], ...]:
    origin = _shown(path)
    if not os.path.isfile(path):
        raise RulesError(f"{origin}: no such file of rules")
    module = _run(lambda: _imported(path), origin)
    return tuple(_checked(each, origin) for each in _listed(module, origin))


def _imported(path: str) -> ModuleType:
    name = "initlint_rules_" + re.sub(r"\W", "_", os.path.abspath(path))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError("not the name of a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=1)
def _of_packages() -> tuple[Rule[Any], ...]:
    if not any(_announces(folder) for folder in sys.path):
        return ()
    from importlib.metadata import entry_points

    found: list[Rule[Any]] = []
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        origin = f"entry point {point.name} ({point.value})"
        found += [_checked(each, origin) for each in _listed(_run(point.load, origin), origin)]
    return tuple(found)


def _announces(folder: str) -> bool:
    """Whether a package installed there may announce rules: a look at a few small files, which takes less time than
    to import what would tell for certain."""
    try:
        with os.scandir(folder or os.curdir) as scan:
            names = [entry.path for entry in scan if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    for name in names:
        try:
            with open(os.path.join(name, "entry_points.txt"), "rb") as file:
                if GROUP.encode() in file.read():
                    return True
        except OSError:
            continue
    return False


def _run(load: Any, origin: str) -> Any:
    before = set(sys.modules)
    result = guarded(load)
    files = (getattr(module, "__file__", None) for name, module in list(sys.modules.items()) if name not in before)
    _imported_files.update(file for file in files if file)
    if isinstance(result, Failed):
        raise RulesError(f"{origin}: can't be loaded: it {result.why}")
    return result


def _listed(found: object, origin: str) -> Iterator[object]:
    """The rules that a module, a list or a name holds."""
    if isinstance(found, ModuleType):
        if hasattr(found, "RULES"):
            found = found.RULES
        elif hasattr(found, "RULE"):
            found = found.RULE
        else:
            raise RulesError(f"{origin}: has neither RULE nor RULES")
    if isinstance(found, Rule):
        yield found
    elif isinstance(found, Iterable) and not isinstance(found, str):
        yield from found
    else:
        raise RulesError(f"{origin}: RULES must be a list of rules, not {type(found).__name__}")


def _checked(rule: object, origin: str) -> Rule[Any]:
    if not isinstance(rule, Rule):
        raise RulesError(f"{origin}: RULES holds something that is no Rule: {rule!r:.60}")
    problem = _problem(rule)
    if problem is not None:
        raise RulesError(f"{origin}: {rule.code!r:.40}: {problem}")
    module = sys.modules.get(getattr(rule.check, "__module__", None) or "")
    file = getattr(module, "__file__", None)
    return replace(rule, origin=origin, home=rule.home or (str(Path(file).resolve().parent) if file else ""))


def _problem(rule: Rule[Any]) -> str | None:
    if not isinstance(rule.code, str) or not _CODE.fullmatch(rule.code):
        return "a code is two or more capitals and digits, such as ACME101; those that start with IL are initlint's"
    if not isinstance(rule.name, str) or not _NAME.fullmatch(rule.name):
        return "a name is small words with hyphens, such as dead-gate"
    if not isinstance(rule.summary, str) or not rule.summary or len(rule.summary.splitlines()) != 1:
        return "the summary must be one line"
    if rule.scope not in SCOPES:
        return f"the scope must be one of {', '.join(SCOPES)}"
    return None if callable(rule.check) else "check must be a function"


def _shown(path: str) -> str:
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")
