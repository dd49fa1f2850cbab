"""``initlint check --probe``: what was predicted and what was measured, in one report.

A prediction that the measurement confirms says so, and the measured finding of the same fault is left out. One that it
refutes is withdrawn, with an IL917 in its place. What only the measurement found is added.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from initlint.checks import RULES
from initlint.checks.prediction_disagrees import RULE as DISAGREES
from initlint.diagnostics import Diagnostic, Severity
from initlint.ir.measured import Measurement, Run, Skip
from initlint.ir.place import Span
from initlint.probe.judge import judge
from initlint.probe.launch import Job, run
from initlint.report.measured import relative
from initlint.signal.profile import chain_factor, chains, tensor

_EVERY = frozenset(rule.code for rule in RULES)
_DYING = frozenset({"IL901", "IL903"})
_GROWING = frozenset({"IL902", "IL904", "IL906", "IL916"})
_COPIES = frozenset({"IL901", "IL905", "IL907", "IL915"})
# A static rule's code, then the measured ones that confirm it in the same model.
CONFIRMS: dict[str, frozenset[str]] = {
    "IL101": _COPIES, "IL102": _COPIES, "IL103": frozenset({"IL908"}), "IL104": frozenset(),
    "IL105": frozenset({"IL908"}), "IL106": _COPIES, "IL201": _DYING, "IL202": _GROWING, "IL203": _DYING | _GROWING,
    "IL204": _GROWING, "IL205": _DYING, "IL206": _DYING | _GROWING, "IL208": _DYING | _GROWING,
    "IL301": _DYING | _GROWING, "IL302": _DYING, "IL305": _DYING, "IL401": frozenset({"IL910"}),
    "IL409": frozenset({"IL915"}),
}  # fmt: skip
# A stack that keeps more than this share of the signal has not lost it, however a prediction of 1e-3 may err.
_KEPT = 1e-2


@dataclass(frozen=True, slots=True)
class Merged:
    """The findings in order, and a line for each class that was not measured."""

    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...]


def probed(
    found: Sequence[Diagnostic], files: Iterable[str], keep: Callable[[Diagnostic], Diagnostic | None],
    prepare: Callable[[Job], Job] = lambda job: job,
) -> Merged:  # fmt: skip
    """Measure the classes of the files, and merge. ``keep`` says how the configuration has a measured finding (None:
    not at all), ``prepare`` what it says of a file's classes."""
    measured: list[Measurement] = []
    notes: list[str] = []
    for path in (path for path in files if path.endswith(".py")):
        for each in run(prepare(Job(path))):
            if isinstance(each, Measurement):
                measured.append(each)
            elif "no module class" not in each.why:
                notes.append(_note(each))
    return Merged(tuple(_merge(found, measured, keep)), tuple(notes))


def _note(skip: Skip) -> str:
    return f"{skip.target}: not measured: {skip.why}"


def _merge(
    found: Sequence[Diagnostic], measured: Sequence[Measurement], keep: Callable[[Diagnostic], Diagnostic | None]
) -> list[Diagnostic]:
    by_class = {(relative(each.place.path), each.name): each for each in measured if each.place is not None}
    verdicts = {key: [_near(each) for each in judge(model, _EVERY)] for key, model in by_class.items()}
    used: set[Diagnostic] = set()
    merged: list[Diagnostic] = []
    for each in found:
        key = (_normal(each.span.path), each.class_name)
        model = by_class.get(key) or next((m for (_, name), m in by_class.items() if name == each.class_name), None)
        if model is None:
            merged.append(each)
            continue
        own = next(verdict for held, verdict in verdicts.items() if by_class[held] is model)
        same = [one for one in own if one.code in CONFIRMS.get(each.code, ())]
        if same:
            used.update(same)
            merged.append(replace(each, message=f"{each.message} (measured, too: {same[0].code} {_number(same[0])})"))
        elif (why := refuted(each, model)) is not None:
            merged += _kept([_withdrawn(each, why)], keep)
        else:
            merged.append(each)
    rest = [one for verdict in verdicts.values() for one in verdict if one not in used]
    seen = {(each.code, each.span) for each in merged}
    merged += [each for each in _kept(rest, keep) if (each.code, each.span) not in seen]
    return sorted(merged, key=lambda each: each.sort_key)


def _kept(found: Iterable[Diagnostic], keep: Callable[[Diagnostic], Diagnostic | None]) -> list[Diagnostic]:
    return [shown for each in found if (shown := keep(each)) is not None]


def _number(diagnostic: Diagnostic) -> str:
    return diagnostic.message.split(",")[0].split(": ", 1)[-1]


def refuted(diagnostic: Diagnostic, measured: Measurement) -> str | None:
    """What was measured, where it is the contrary of what was predicted."""
    refutes = _REFUTES.get(diagnostic.code)
    if refutes is None:
        return None
    return refutes(diagnostic, measured.first)


def _signal(diagnostic: Diagnostic, run: Run) -> str | None:
    """A lost or exploded signal: the plain chains keep it."""
    factors = [value for chain in chains(run) if len(chain) > 2 and (value := chain_factor(chain)) == value]
    if not factors or not all(_KEPT < value < 1 / _KEPT for value in factors):
        return None
    return f"what tells inputs apart stays at ×{min(factors):.2g} or more of what enters"


def _distinct(diagnostic: Diagnostic, run: Run) -> str | None:
    """Units that are equal: they differ."""
    found = tensor(run, f"{diagnostic.layer}.weight") or tensor(run, diagnostic.layer)
    if found is None or found.units < 2 or found.distinct < found.units:
        return None
    return f"all {found.units} units of `{found.name}` differ"


def _written(diagnostic: Diagnostic, run: Run) -> str | None:
    """Memory that nothing writes: something does."""
    found = tensor(run, diagnostic.layer)
    if found is None or len(found.writes) < 2:
        return None
    last = found.writes[-1]
    where = f" at {relative(last.inner.path)}:{last.inner.line}" if last.inner is not None else ""
    return f"`{found.name}` is written by `{last.call}`{where}"


_REFUTES: Mapping[str, Callable[[Diagnostic, Run], str | None]] = {
    "IL101": _distinct, "IL102": _distinct, "IL205": _signal, "IL301": _signal, "IL302": _signal, "IL305": _signal,
    "IL401": _written,
}  # fmt: skip


def _withdrawn(diagnostic: Diagnostic, why: str) -> Diagnostic:
    message = f"{diagnostic.code} {diagnostic.name} was predicted here, but measured is the contrary: {why}"
    return replace(
        diagnostic, code=DISAGREES.code, name=DISAGREES.name, severity=Severity.INFO, message=message, related=(),
        fix=None,
    )  # fmt: skip


def _near(diagnostic: Diagnostic) -> Diagnostic:
    def near(span: Span) -> Span:
        return replace(span, path=relative(span.path))

    return replace(diagnostic, span=near(diagnostic.span))


def _normal(path: str) -> str:
    return relative(os.path.abspath(path))
