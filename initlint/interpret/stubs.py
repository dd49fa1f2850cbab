"""Library classes and functions that the catalogue has as source of its own, which is run in their place."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret.functions import run_function
from initlint.interpret.machine import Machine
from initlint.interpret.values import MISSING, ClassValue, External, FunctionValue, Value
from initlint.ir.place import Place


def stub_of(machine: Machine, base: Value) -> Value:
    """A class that the catalogue has as source of its own, in place of the library's; any other value as it is."""
    path = base.path if isinstance(base, External) else base.qualified if isinstance(base, ClassValue) else ""
    return stub_class(machine, path) or base if path else base


def stub_value(machine: Machine, path: str) -> Value:
    """What the catalogue's own source has at a library's path; MISSING where it has nothing."""
    stub = machine.catalog.stub(path)
    if stub is None:
        return MISSING
    machine.project.stubs.add(stub.file)
    namespace = machine.project.namespace(stub.file, stub.module)
    return machine.module_name(namespace, stub.name) if namespace is not None else MISSING


def call_stub(
    machine: Machine, stub: Value, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """Call a library's class or function through its stub."""
    from initlint.interpret.calls import call

    if not isinstance(stub, FunctionValue) or machine.shown is not None:
        return call(machine, stub, positional, keywords, place)
    machine.shown = place
    try:
        return run_function(machine, stub, positional, keywords, place)
    finally:
        machine.shown = None


def stub_class(machine: Machine, path: str) -> ClassValue | None:
    """The class that stands for a library's; None where the catalogue has none."""
    found = stub_value(machine, path)
    return found if isinstance(found, ClassValue) else None
