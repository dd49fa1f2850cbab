"""The patterns of ``match`` statements."""

from __future__ import annotations

from collections.abc import Iterable

from initlint.interpret import attributes
from initlint.interpret.evaluate import evaluate
from initlint.interpret.instances import instance_of
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.operators import compare, is_plain
from initlint.interpret.records import fields
from initlint.interpret.values import ClassValue, DictValue, External, ListValue, Maybe, Missing, Obj, Value
from initlint.ir import code
from initlint.ir.pattern import Pattern
from initlint.ir.unknown import Unknown


def matches(machine: Machine, case: code.Case, subject: Value, frame: Frame) -> bool | None:
    """Whether the subject matches, its guard apart; None where it is not decided. Binds the names of the pattern."""
    if not case.known:
        return _match(machine, case.pattern, subject, frame) if case.pattern is not None else None
    if not case.patterns:
        return True
    results = [
        compare("==", subject, evaluate(machine, pattern, frame), machine.loop_symbols) for pattern in case.patterns
    ]
    return True if True in results else (None if None in results or isinstance(subject, Unknown) else False)


def _match(machine: Machine, pattern: Pattern, subject: Value, frame: Frame) -> bool | None:
    decided = _decide(machine, pattern, subject, frame)
    if decided is not False and pattern.name is not None:
        machine.write(frame.env, pattern.name, subject)
    return decided


def _decide(machine: Machine, pattern: Pattern, subject: Value, frame: Frame) -> bool | None:
    match pattern.kind:
        case "any":
            return True
        case "value" if pattern.value is not None:
            return compare("==", subject, evaluate(machine, pattern.value, frame), machine.loop_symbols)
        case "or":
            undecided = False
            for part in pattern.parts:
                decided = _match(machine, part, subject, frame)
                if decided:
                    return None if undecided else True
                undecided |= decided is None
            return None if undecided else False
        case "sequence":
            return _sequence(machine, pattern, subject, frame)
        case "mapping":
            return _mapping(machine, pattern, subject, frame)
        case "class" if pattern.value is not None:
            return _class(machine, pattern, evaluate(machine, pattern.value, frame), subject, frame)
    return None


def _all(results: Iterable[bool | None]) -> bool | None:
    found = list(results)
    return False if False in found else (None if None in found else True)


def _sequence(machine: Machine, pattern: Pattern, subject: Value, frame: Frame) -> bool | None:
    if isinstance(subject, ListValue) and (
        "length" in subject.data or any(isinstance(v, Maybe) for v in subject.items)
    ):
        return _unread(machine, pattern, frame)
    if not isinstance(subject, (tuple, ListValue)):
        known = is_plain(subject) or isinstance(subject, (DictValue, Obj, ClassValue, External))
        return False if known else _unread(machine, pattern, frame)
    values = subject.items if isinstance(subject, ListValue) else subject
    extra = len(values) - len(pattern.parts)
    if extra < 0 or (extra and pattern.rest is None):
        return False
    if pattern.rest is not None:
        if pattern.rest:
            machine.write(frame.env, pattern.rest, ListValue(values[pattern.star : pattern.star + extra]))
        values = values[: pattern.star] + values[pattern.star + extra :]
    return _all(_match(machine, part, value, frame) for part, value in zip(pattern.parts, values))


def _mapping(machine: Machine, pattern: Pattern, subject: Value, frame: Frame) -> bool | None:
    if not isinstance(subject, DictValue):
        known = is_plain(subject) or isinstance(subject, (tuple, ListValue, Obj, ClassValue, External))
        return False if known else _unread(machine, pattern, frame)
    keys = [evaluate(machine, key, frame) for key in pattern.keys]
    if not all(map(is_plain, keys)):
        return _unread(machine, pattern, frame)
    if any(key not in subject.data for key in keys):
        return _unread(machine, pattern, frame) if subject.open else False
    if pattern.rest:
        left = {key: value for key, value in subject.data.items() if key not in keys}
        machine.write(frame.env, pattern.rest, DictValue(left, subject.open))
    return _all(_match(machine, part, subject.data[key], frame) for part, key in zip(pattern.parts, keys))


def _class(machine: Machine, pattern: Pattern, cls: Value, subject: Value, frame: Frame) -> bool | None:
    decided = instance_of(subject, cls)
    if decided is False:
        return False
    positional = len(pattern.parts) - len(pattern.names)
    builtin = isinstance(cls, External) and cls.path.startswith("builtins.")
    names = list(fields(cls)) if isinstance(cls, ClassValue) else []
    if positional > len(names) and not (builtin and positional == 1):
        return _unread(machine, pattern, frame)
    results: list[bool | None] = [decided]
    for number, part in enumerate(pattern.parts):
        if builtin and number < positional:
            value = subject
        else:
            name = names[number] if number < positional else pattern.names[number - positional]
            value = attributes.get(machine, subject, name, machine.here) if decided else Unknown(f"`{name}`")
            value = Unknown(f"`{name}`") if isinstance(value, Missing) else value
        results.append(_match(machine, part, value, frame))
    return _all(results)


def _unread(machine: Machine, pattern: Pattern, frame: Frame) -> bool | None:
    """Bind the names of a pattern of which is not known whether it matches."""
    for part in pattern.parts:
        if part.name is not None:
            machine.write(frame.env, part.name, Unknown(f"`{part.name}`, which a pattern binds"))
        _unread(machine, part, frame)
    if pattern.rest:
        machine.write(frame.env, pattern.rest, Unknown(f"`{pattern.rest}`, which a pattern binds"))
    return None
