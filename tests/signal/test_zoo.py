"""Healthy models at their usual depth have no finding; broken in one way each, the right one, with the right number."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

ZOO = Path(__file__).resolve().parent / "zoo"
CONV = 'nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")'
LINEAR = 'nn.init.kaiming_normal_(m.weight, nonlinearity="relu")'


@dataclass(frozen=True)
class Broken:
    """One change to a model of the zoo, the rule that names it, and a small instance to measure it on."""

    file: str
    model: str
    changes: tuple[tuple[str, str], ...]
    rule: str
    small: dict[str, Any] = field(default_factory=dict)
    shape: tuple[int, ...] = ()

    def write(self, folder: Path) -> Path:
        """The broken source."""
        source = (ZOO / f"{self.file}.py").read_text(encoding="utf-8")
        for old, new in self.changes:
            assert old in source, old
            source = source.replace(old, new)
        path = folder / f"{self.file}_{self.rule.replace('-', '_')}.py"
        path.write_text(source, encoding="utf-8")
        return path


def drawn(by: str) -> tuple[tuple[str, str], ...]:
    """VGG's convolutions and linear layers drawn by another call."""
    return tuple((call, by) for call in (CONV, LINEAR))


VGG, IMAGE = {"width": 24, "plan": (2, 2, 2), "hidden": 96, "classes": 10}, (3, 24, 24)
SELU, FIXUP = "math.sqrt(1 / layer.in_features)", "nn.init.constant_(self.conv2.weight, 0)"
SIGMOIDS = (("nn.ReLU(inplace=True)", "nn.Sigmoid()"), ("nn.ReLU(True)", "nn.Sigmoid()"))
NO_NORM = ("nn.BatchNorm2d(", "nn.Identity(")
NO_FIXUP = ((" * blocks ** (-0.5)", ""), (FIXUP, "nn.init.kaiming_normal_(self.conv2.weight)"))
SMALL_RESNET = {"width": 16, "plan": (2, 3, 4, 2), "classes": 10}
SMALL, LARGE, GROWS = "weight-scale-too-small", "weight-scale-too-large", "unscaled-residual-stack"
UNSELF = "selu-without-lecun"
BROKEN = [
    Broken("images", "Vgg19", drawn("nn.init.xavier_normal_(m.weight)"), "xavier-before-relu", VGG, IMAGE),
    Broken("images", "Vgg19", drawn("nn.init.normal_(m.weight, std=0.01)"), SMALL, VGG, IMAGE),
    Broken("images", "Vgg19", drawn("nn.init.normal_(m.weight, std=0.5)"), LARGE, VGG, IMAGE),
    Broken("images", "Vgg19", drawn("pass"), "default-init-deep-relu", VGG, IMAGE),
    Broken("images", "Vgg19", SIGMOIDS, "sigmoid-hidden-stack", VGG, IMAGE),
    Broken("images", "ResNet152", (NO_NORM,), GROWS, SMALL_RESNET, (3, 48, 48)),
    Broken("images", "Fixup", NO_FIXUP, GROWS, {"channels": 48, "blocks": 8}, (3, 12, 12)),
    Broken("images", "Generator", (NO_NORM, ("0.0, 0.02", "0.0, 0.002")), SMALL, {"width": 16}, (100, 1, 1)),
    Broken("texts", "SeluNet", ((SELU, f"10 * {SELU}"),), UNSELF, {"width": 128, "depth": 8}, (64,)),
    Broken("texts", "SeluNet", ((SELU, f"0.1 * {SELU}"),), UNSELF, {"width": 128, "depth": 8}, (64,)),
    Broken("texts", "ReZero", (("torch.zeros(1)", "torch.ones(1)"),), GROWS, {"width": 128, "depth": 16}, (32,)),
    Broken("texts", "T5", ((" * self.width**-0.5, self.shared", ", self.shared"),), "tied-embedding-scale"),
]


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
    for model in read_file(Project(), (ZOO / f"{file}.py").as_posix()):
        assert isinstance(model, Model), model
        given = facts(model)
        assert found_in(given) == set()
        layers = given.layers
        known = sum(isinstance(each.after, State) for each in layers)
        assert known >= 0.9 * len(layers), f"{model.name}: {known} of {len(layers)}"


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: f"{each.model}-{each.rule}")
def test_broken_models_are_named(broken: Broken, tmp_path: Path) -> None:
    assert found_in(facts(read(broken.write(tmp_path), broken.model, {}))) == {broken.rule}


MEASURED = [each for each in BROKEN if each.shape]


@pytest.mark.parametrize("broken", MEASURED, ids=lambda each: f"{each.model}-{each.rule}")
def test_predictions_of_broken_models_hold(broken: Broken, tmp_path: Path) -> None:
    """Within 0.3 decades at the layer at which the fault is judged, on a smaller instance."""
    torch = pytest.importorskip("torch")
    from tests.agreement.signal.compare import compare
    from tests.agreement.signal.measure import BATCH

    path = broken.write(tmp_path)
    model = read(path, broken.model, broken.small)
    found = facts(model)
    judged = {stream.ends[-1].name for stream in found.streams} | {
        stack.hidden[-1].name for stack in found.stacks if len(stack.hidden) >= 3
    }
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    positions = float(torch.Size(broken.shape[1:]).numel()) if len(broken.shape) > 1 else 1.0
    names = {op.name for op in getattr(model.graph, "ops", ()) if op.kind == "input"}
    outcome = compare(
        broken.file,
        broken.model,
        model,
        lambda: getattr(module, broken.model)(**broken.small),
        lambda: (torch.randn(BATCH, *broken.shape),),
        dict.fromkeys(names, positions),
    )
    points = [point for point in outcome.forward if point.layer in judged]
    assert points and not outcome.failure
    for point in points:
        assert point.error is not None and point.error <= 0.3, point
