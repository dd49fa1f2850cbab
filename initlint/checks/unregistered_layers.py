"""IL409: layers in a plain list, tuple or dict: apply, parameters(), the optimiser and .to() never reach them."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Applicability, Finding, PlacedFix, Severity, Wrap
from initlint.ir.model import Hidden
from initlint.rule import Rule
from initlint.signal.facts import Facts

_CONTAINERS = {
    ("modules", "dict"): "nn.ModuleDict",
    ("modules", "list"): "nn.ModuleList",
    ("parameters", "dict"): "nn.ParameterDict",
    ("parameters", "list"): "nn.ParameterList",
}


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each attribute that keeps such layers."""
    for hidden in facts.model.hidden:
        yield Finding(
            hidden.place,
            _message(hidden),
            Severity.ERROR,
            fix=_fix(hidden),
            class_name=facts.model.name,
            layer=hidden.name,
        )


def _fix(hidden: Hidden) -> PlacedFix:
    container = _container(hidden)
    text = f"put it into `{container}`: what it holds is trained, initialised and moved, and every run changes"
    return PlacedFix(text, Applicability.UNSAFE, (Wrap(hidden.place, f"torch.{container}"),))


def _container(hidden: Hidden) -> str:
    return _CONTAINERS[hidden.holds, "dict" if hidden.kind == "dict" else "list"]


def _message(hidden: Hidden) -> str:
    what = "layers" if hidden.holds == "modules" else "parameters"
    container = _container(hidden)
    return (
        f"the {what} in `{hidden.name}` are never trained, initialised or moved: a plain {hidden.kind} registers "
        f"nothing; use `{container}`"
    )


RULE = Rule("IL409", "unregistered-layers", "layers in a plain list, tuple or dict", check)
