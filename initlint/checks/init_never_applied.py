"""IL402: an init function or method that nothing calls, applies or passes on."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import FileFacts, InitFunction


def check(facts: FileFacts) -> Iterator[Finding]:
    """Every init function without a use, unless a framework may call it."""
    for function in facts.functions:
        if not function.used and not function.hook:
            yield Finding(function.place, _message(function), Severity.WARNING, class_name=function.class_name)


def _message(function: InitFunction) -> str:
    name = function.name
    if function.class_name:
        remedy = f"call it at the end of `{function.class_name}.__init__`, or pass it to `self.apply`"
    else:
        remedy = f"pass it on, as in `model.apply({name})`, or remove it"
    return f"`{name}` never runs, so the layers it is meant for keep the values they were made with; {remedy}"


RULE = Rule("IL402", "init-never-applied", "an init function that nothing calls or applies", check, scope="file")
