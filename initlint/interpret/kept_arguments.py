"""What modules of frameworks keep of their constructor's arguments: Lightning's ``save_hyperparameters``, diffusers'
``register_to_config``.

https://lightning.ai/docs/pytorch/stable/common/hyperparameters.html,
https://huggingface.co/docs/diffusers/api/configuration
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from initlint.interpret.configurations import Configuration
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.values import Argument, DictValue, Env, FunctionValue, ListValue, Obj, Value
from initlint.ir import code


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
        arguments = dict(_arguments(machine.active[-1], frame.env)) if machine.active else {}
        found.open |= isinstance(ignored, Argument)
        found.data.update(
            (name, value) for name, value in arguments.items() if name not in left_out and name in (names or arguments)
        )
    machine.write(module, "hparams", found)


def keep_arguments(machine: Machine, function: FunctionValue, env: Env) -> None:
    """A constructor under ``@register_to_config`` that begins to run: its arguments become ``self.config``."""
    decorators = function.code.decorators if isinstance(function.code, code.Function) else ()
    if not any(isinstance(each, code.Name) and each.id == "register_to_config" for each in decorators):
        return
    module = env.data.get(function.code.parameters[0].name) if function.code.parameters else None
    if isinstance(module, Obj):
        settings = Configuration(dict(_arguments(function, env)))
        for name in ("config", "_internal_dict"):
            machine.write(module, name, settings)


def _arguments(function: FunctionValue, env: Env) -> Iterator[tuple[str, Value]]:
    """The arguments of a running function by name, but for its first."""
    for parameter in function.code.parameters[1:]:
        value = env.data.get(parameter.name)
        if parameter.kind == "**" and isinstance(value, DictValue):
            yield from ((key, item) for key, item in value.data.items() if isinstance(key, str))
        elif parameter.kind != "*":
            yield parameter.name, value
