"""From the live values that a class was built with to the interpreter's values."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from initlint.interpret.calls import call
from initlint.interpret.machine import Machine
from initlint.interpret.values import (
    DictValue,
    External,
    ListValue,
    Missing,
    Obj,
    PartialValue,
    Value,
)  # fmt: skip
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_NOWHERE = Place("", 0, 0)


class Translator:
    """Gives live values as values of one machine. ``configs`` are the configurations to be built by interpreting their
    class, with the arguments to build them with."""

    def __init__(self, machine: Machine, configs: Mapping[type, Mapping[str, Any]]) -> None:
        self._machine = machine
        self._configs = configs

    def value(self, live: object) -> Value:
        """The value; Unknown for what has no counterpart."""
        if live is None or isinstance(live, (bool, int, float, str, bytes)):
            return live
        if isinstance(live, tuple) and not hasattr(live, "_fields"):
            return tuple(map(self.value, live))
        if isinstance(live, list):
            return ListValue(tuple(map(self.value, live)))
        if isinstance(live, dict):
            return DictValue({key: self.value(item) for key, item in live.items()})
        if isinstance(live, functools.partial):
            keywords = {name: self.value(item) for name, item in live.keywords.items()}
            return PartialValue(self.value(live.func), tuple(map(self.value, live.args)), keywords)
        if isinstance(live, type) or inspect.isroutine(live):
            return self.named(live)
        if type(live) in self._configs:
            given = {name: self.value(item) for name, item in self._configs[type(live)].items()}
            return call(self._machine, self.named(type(live)), [], given, _NOWHERE)
        if isinstance(live, (nn.Module, torch.Tensor, torch.dtype, torch.device)):
            return Unknown(f"a live {type(live).__name__}")
        return self._instance(live)

    def named(self, live: object) -> Value:
        """A class or a function, by its name."""
        module, name = getattr(live, "__module__", None), getattr(live, "__qualname__", "")
        if module is None or module.split(".")[0] in {"torch", "builtins"}:
            return External(f"{module or 'builtins'}.{name}")
        path = getattr(sys.modules.get(module), "__file__", None)
        namespace = self._machine.project.namespace(path) if path else None
        if namespace is None or "<" in name or "." in name:
            return Unknown(f"a live {name}")
        found = self._machine.module_name(namespace, name)
        return Unknown(f"{name} is not in {module}") if isinstance(found, Missing) else found

    def _instance(self, live: object) -> Value:
        cls = self.named(type(live))
        if isinstance(cls, Unknown) or not hasattr(live, "__dict__"):
            return Unknown(f"a live {type(live).__name__}")
        held = Obj(cls, _NOWHERE, ())  # type: ignore[arg-type]
        held.data.update((name, self.value(item)) for name, item in vars(live).items())
        return held
