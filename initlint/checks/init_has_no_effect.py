"""IL405: an init that changes nothing of the model, so its layers keep the values that they were made with."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import misuses, report_misuse
from initlint.checks._sweeps import at_default, blocking, idle, weights_below
from initlint.checks._weights import related_places
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Misuse
from initlint.ir.place import Place
from initlint.ir.sweep import Guard, Sweep
from initlint.rule import Rule
from initlint.signal.facts import Facts

_MISUSES = {
    "of-a-copy": "`{0}` keeps its value: this call fills a copy of it; write to the parameter itself",
    "of-a-temporary": "no layer gets these values: this call fills a tensor that nothing keeps",
    "rebound": "`{0}` keeps its value: the assignment gives the loop's variable another tensor; write in place",
    "not-called": "`{0}` keeps its value: the method is named and not called; add the parentheses",
    "no-such-method": "this line raises AttributeError: {1}; the in-place one ends in `_`",
    "of-a-module": "this call raises AttributeError: it is given the module `{0}` and not its weight or bias",
    "tensor-for-module": "`{0}` keeps its value: `{1}` fills the weight of a layer, and is given a tensor",
    "no-attribute": "this call raises AttributeError: there is no `{0}`",
}


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each init that writes to nothing of the model, and for each condition that none of it meets."""
    for kind, message in _MISUSES.items():
        for place, found in misuses(facts, kind).items():
            text = message.format(found[0].parameter or "the model", found[0].text)
            yield report_misuse(
                facts, place, found, text + (_caught(facts, found[0]) if kind == "no-attribute" else "")
            )
    at_work = {sweep.place for sweep in facts.model.sweeps if sweep.filled}
    every = {sweep.place for sweep in facts.model.sweeps}
    for sweep in facts.model.sweeps:
        if sweep.place in at_work and not every.isdisjoint(sweep.outer):
            continue  # a loop inside an init that goes over all modules, which others of them were meant for
        guard, left = _unmet(facts, sweep)
        if guard is not None and left:
            yield _of_sweep(facts, sweep, guard, left)


def _unmet(facts: Facts, sweep: Sweep) -> tuple[Guard | None, list[str]]:
    """A condition that nothing meets though something is meant to, and the weights that stay at torch's default."""
    for guard in sweep.guards:
        if guard.fills and guard.impossible and not guard.held and not guard.open:
            return guard, _left(facts, sweep)
    if idle(sweep) and not sweep.late:
        return blocking(sweep), list(sweep.deep) or _left(facts, sweep)
    for guard in sweep.guards if sweep.complete and not sweep.may and not sweep.shared else ():
        if guard.fills and not guard.held and not guard.open:
            classes = {module.path: module.type.rpartition(".")[2] for module in facts.model.modules}
            asked = [name for name in sweep.deep if classes.get(name.rpartition(".")[0]) in guard.types]
            if asked:
                return guard, asked
    return None, []


def _left(facts: Facts, sweep: Sweep) -> list[str]:
    return [each.name for _, each in weights_below(facts.model, sweep.root) if at_default(each)]


def _of_sweep(facts: Facts, sweep: Sweep, guard: Guard, left: list[str]) -> Finding:
    if guard.impossible:
        why = "a class never equals a text; compare with the class, or its `__name__`"
    elif sweep.deep:
        why = "`children()` comes to the direct children only, and the layers stand deeper; use `modules()`"
    elif guard.leaves and not guard.fills:
        why = "each of its layers meets this condition and is left out"
    else:
        why = "none of its layers meets this condition"
    keep = "keeps its" if len(left) == 1 else "keep their"
    return Finding(
        guard.place,
        f"{names(left)} {keep} default: {why}",
        Severity.ERROR,
        related=_callers(facts, guard.place, (*sweep.outer, sweep.place)),
        class_name=facts.model.name,
        layer=left[0].rpartition(".")[0],
    )


def _callers(facts: Facts, place: Place, outer: tuple[Place, ...]) -> tuple[tuple[Place, str], ...]:
    return related_places(place, [(each, "reached from here") for each in outer if each != facts.model.site])


def _caught(facts: Facts, misuse: Misuse) -> str:
    """Which class of the project an init took for a layer: a test of names catches «Conv» in «ConvBN»."""
    path, _, attribute = misuse.parameter.rpartition(".")
    own = next((each.type for each in facts.model.modules if each.path == path and each.kind == "user" and path), "")
    name = own.rpartition(".")[2]
    return f": `{name}` has no `{attribute}` of its own; test for the class, with isinstance" if name else ""


RULE = Rule("IL405", "init-has-no-effect", "an init that writes to nothing of the model", check)
