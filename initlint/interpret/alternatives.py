"""``try: import …`` with something in place of what is not installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from initlint.interpret.hierarchy import canonical
from initlint.interpret.link import Imported
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.values import ClassValue, FunctionValue, Value
from initlint.ir import code
from initlint.ir.unknown import Unknown


def imports_or_else(machine: Machine, statement: code.Try, frame: Frame, run: Callable[[], object]) -> None:
    """Run the handler of a ``try`` that imports, too (``run`` does), and keep for each name what can be read: the
    import where the project or a known library has it, else the handler's class or function. A flag that the two set
    differently is not known."""
    if not any(isinstance(each, (code.Import, code.ImportFrom)) for each in statement.body):
        return
    held = frame.env.data
    tried = dict(held)
    if not any(_is_foreign(machine, value) for value in tried.values()):
        return
    run()
    for name, other in list(held.items()):
        mine = tried.get(name, other)
        if mine is other or (_is_foreign(machine, mine) and _is_readable(machine, other)):
            continue
        flags = isinstance(mine, bool) and isinstance(other, bool) and mine != other
        machine.write(frame.env, name, Unknown(f"`{name}`, which tells what is installed") if flags else mine)


def readable(machine: Machine, options: Sequence[Value]) -> Sequence[Value]:
    """Of what a name may be on a condition, such as what is installed, what can be read; all, where nothing can."""
    return [each for each in options if not _is_foreign(machine, each)] or options


def _is_foreign(machine: Machine, value: Value) -> bool:
    """Whether a name is imported from a library that the catalogue does not know."""
    if not isinstance(value, Imported) or (path := value.library) is None:
        return False
    return path.partition(".")[0] not in machine.catalog.roots and not machine.catalog.known(canonical(path))


def _is_readable(machine: Machine, value: Value) -> bool:
    if isinstance(value, (ClassValue, FunctionValue)):
        return True
    return isinstance(value, Imported) and not _is_foreign(machine, value)
