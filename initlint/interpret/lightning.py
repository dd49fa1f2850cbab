"""What Lightning's modules keep of their constructor's arguments.

https://lightning.ai/docs/pytorch/stable/common/hyperparameters.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from initlint.interpret.configurations import Configuration
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.values import Argument, DictValue, ListValue, Obj, Value


def save_hyperparameters(
    machine: Machine, module: Obj, frame: Frame, positional: Sequence[Value], keywords: dict[str, Value]
) -> None:
    """``self.save_hyperparameters(...)`` in a running constructor: its arguments, those that are named, or the settings
    that are given, become ``self.hparams``."""
    held = module.data.get("hparams")
    found = Configuration(held.data, held.open) if isinstance(held, DictValue) else Configuration()
    names = [each for each in positional if isinstance(each, str)]
    for given in positional:
        if isinstance(given, DictValue):
            found.data.update(given.data)
            found.open |= given.open
        elif not isinstance(given, str):
            found.open = True
    if len(names) == len(positional):
        ignored = keywords.get("ignore")
        left_out = ignored.items if isinstance(ignored, ListValue) else (ignored,)
        arguments = dict(_arguments(machine, frame))
        found.open |= isinstance(ignored, Argument)
        found.data.update(
            (name, value) for name, value in arguments.items() if name not in left_out and name in (names or arguments)
        )
    machine.write(module, "hparams", found)


def _arguments(machine: Machine, frame: Frame) -> Iterator[tuple[str, Value]]:
    """The arguments of the running function by name, but for its first."""
    for parameter in machine.active[-1].code.parameters[1:] if machine.active else ():
        value = frame.env.data.get(parameter.name)
        if parameter.kind == "**" and isinstance(value, DictValue):
            yield from ((key, item) for key, item in value.data.items() if isinstance(key, str))
        elif parameter.kind != "*":
            yield parameter.name, value
