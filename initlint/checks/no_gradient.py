"""IL915: parameters that the forward uses and that no gradient ever reaches."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import agreed, once, report, written
from initlint.checks._wording import names, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement, Run, Tensor
from initlint.rule import Rule
from initlint.signal.profile import tensor


def check(measured: Measurement) -> Iterator[Finding]:
    """Weights that aren't registered, an output that depends on no parameter, and parameters that stay at rest."""
    for name, place in measured.first.strays:
        text = f"a weight that `{name or measured.name}` uses is no parameter of the model: the optimiser never gets it"
        yield report(measured, place, text, Severity.ERROR, name)
    trainable = [each for each in measured.first.tensors if each.trainable]
    if measured.first.broken:
        text = f"the backward raises, so nothing can be trained: {measured.first.broken}"
        yield report(measured, None, text, Severity.ERROR)
        return
    if not measured.first.differentiable:
        if trainable and any(each.used for each in trainable):
            text = "no output depends on a parameter in a way that a gradient could follow: nothing can be trained"
            yield report(measured, None, text, Severity.WARNING)
        return
    yield from once(_at_rest(measured, trainable))


def _at_rest(measured: Measurement, trainable: list[Tensor]) -> Iterator[Finding]:
    still = [
        each.name
        for each in trainable
        if each.used and each.gradient is not None and agreed(measured, lambda run, name=each.name: _still(run, name))  # type: ignore[misc]
    ]
    weights = [name for name in still if len(_shape(measured, name)) > 1]
    for name in weights:
        others = [each for each in still if each != name]
        beside = f" (nor to {names(others)}, {plural(len(still), 'parameter')} in all)" if others else ""
        text = f"no gradient ever gets to `{name}`{beside}: it stays as it is initialised"
        place = written(measured, tensor(measured.first, name))
        yield report(measured, place, text, Severity.ERROR, name.rpartition(".")[0])


def _shape(measured: Measurement, name: str) -> tuple[int, ...]:
    found = tensor(measured.first, name)
    return found.shape if found is not None else ()


def _still(run: Run, name: str) -> bool:
    found = tensor(run, name)
    if found is None:
        return False
    return not (found.gradient or 0.0) > 0 and not (found.woken or 0.0) > 0


RULE = Rule("IL915", "no-gradient", "a parameter in use that no gradient reaches (measured)", check, "measured")
