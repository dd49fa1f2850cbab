"""Healthy models at their usual depth have no finding; broken in one way each, the right one, with the right number;
and changed without harm, none."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from initlint.checks import RULES
from initlint.checks.precedence import SAME_PLACE
from initlint.diagnostics import Severity
from initlint.interpret.link import Project
from initlint.interpret.roots import read_class, read_file
from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from initlint.signal.build import facts
from initlint.signal.facts import Facts, State
from tests.signal.broken import BROKEN, GROWS, HARMLESS, ZOO, Changed

if TYPE_CHECKING:
    from tests.agreement.signal.compare import Outcome


def read(path: Path, name: str, arguments: dict[str, Any]) -> Model:
    """One class of a file."""
    project = Project()
    namespace = project.namespace(path.as_posix())
    assert namespace is not None
    model = read_class(project, namespace, name, arguments)
    assert isinstance(model, Model) and not isinstance(model.graph, Unknown)
    return model


def found_in(given: Facts) -> set[str]:
    """The rules that have findings that are no advice, and that no more specific rule silences."""
    rules = [rule for rule in RULES if rule.scope == "model" and rule.default]
    found = [(rule, each) for rule in rules for each in rule.check(given) if each.severity is not Severity.INFO]
    silenced = {(each.place, code) for rule, each in found for code in SAME_PLACE.get(rule.code, ())}
    return {rule.name for rule, each in found if (each.place, rule.code) not in silenced}


@pytest.mark.parametrize("file", ["images", "texts"])
def test_healthy_models_are_read_and_clean(file: str) -> None:
    models = list(read_file(Project(), (ZOO / f"{file}.py").as_posix()))
    for model in models:
        assert isinstance(model, Model), model
        given = facts(model)
        assert found_in(given) == set()
        layers = given.layers
        known = sum(isinstance(each.after, State) for each in layers)
        assert known >= 0.9 * len(layers), f"{model.name}: {known} of {len(layers)}"
    # With what is changed without harm, more clean models than the 10, and more broken ones than the 16, of the trial
    # that the thresholds come from.
    assert len(models) >= 8 and len(BROKEN) >= 16 and len(HARMLESS) >= 10


def _named(each: Changed) -> str:
    return f"{each.model}-{each.rule}"


@pytest.mark.parametrize("changed", BROKEN, ids=_named)
def test_broken_models_are_named(changed: Changed, tmp_path: Path) -> None:
    assert found_in(facts(read(changed.write(tmp_path), changed.model, {}))) == {changed.rule}


@pytest.mark.parametrize("changed", HARMLESS, ids=_named)
def test_what_does_no_harm_is_passed_over(changed: Changed, tmp_path: Path) -> None:
    assert found_in(facts(read(changed.write(tmp_path), changed.model, {}))) == set()


def measured(changed: Changed, folder: Path) -> tuple[Facts, Outcome]:
    """The facts of a small instance, and its predictions beside measurements."""
    torch = pytest.importorskip("torch")
    from tests.agreement.signal.compare import compare
    from tests.agreement.signal.measure import BATCH

    path = changed.write(folder)
    model = read(path, changed.model, dict(changed.small))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names = [op.name for op in getattr(model.graph, "ops", ()) if op.kind == "input"]
    sizes = changed.shape if changed.tokens else changed.shape[1:]

    def inputs() -> tuple[Any, ...]:
        if changed.tokens:
            return tuple(torch.randint(0, changed.tokens, (BATCH, *changed.shape)) for _ in names)
        return (torch.randn(BATCH, *changed.shape),)

    outcome = compare(
        changed.file,
        changed.model,
        model,
        lambda: getattr(module, changed.model)(**changed.small),
        inputs,
        dict.fromkeys(names, float(torch.Size(sizes).numel())),
    )
    assert not outcome.failure
    return facts(model), outcome


@pytest.mark.parametrize("changed", [each for each in BROKEN if each.shape], ids=_named)
def test_predictions_of_broken_models_hold(changed: Changed, tmp_path: Path) -> None:
    """Within 0.3 decades at the layer at which the fault is judged, on a smaller instance, on which it harms, too."""
    found, outcome = measured(changed, tmp_path)
    if changed.rule == GROWS:
        judged = {stream.ends[-1].name for stream in found.streams if stream.ends}
    else:
        judged = {span.layers[-1].name for span in found.spans}
        judged = judged or {stack.hidden[-1].name for stack in found.stacks if len(stack.hidden) >= 3}
    points = [point for point in outcome.forward if point.layer in judged and point.measured > 0]
    assert points
    for point in points:
        assert point.error is not None and point.error <= 0.3, point
    assert (
        changed.shallow or max(abs(math.log10(point.measured / outcome.forward[0].measured)) for point in points) > 0.5
    )


@pytest.mark.parametrize("changed", [each for each in HARMLESS if each.shape], ids=_named)
def test_what_does_no_harm_measures_so(changed: Changed, tmp_path: Path) -> None:
    _, outcome = measured(changed, tmp_path)
    first, last = outcome.forward[0].measured, outcome.forward[-1].measured
    assert 10**-2.5 < last / first < 10**2.5
