"""Models as people write them: the static model is what torch builds and runs."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from initlint.ir.model import Model  # noqa: E402
from initlint.ir.unknown import Unknown  # noqa: E402
from initlint.signal.build import facts  # noqa: E402
from tests.agreement.compare import compare, live_modules, site_model, static_model  # noqa: E402
from tests.agreement.trace import trace  # noqa: E402

FOLDER = Path(__file__).resolve().parents[1] / "models"


@dataclass(frozen=True)
class Case:
    """One call that builds a model, and an input for it.

    ``unknown`` are the names of parameters whose initialiser the static model does not know, ``missing`` those that it
    names differently, as ``extra``; each case that has some says why. ``site``: the file's top level builds it."""

    file: str
    name: str
    shape: tuple[int, ...]
    arguments: dict[str, object] = field(default_factory=dict)
    tokens: int = 0
    unknown: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    extra: frozenset[str] = frozenset()
    site: bool = False

    @property
    def id(self) -> str:
        return f"{self.file}-{self.name}"


IMAGE = (2, 3, 64, 64)
CASES = [
    Case("vgg", "vgg16", IMAGE, {"hidden": 256}),
    Case("vgg", "vgg16_bn", IMAGE, {"hidden": 256}),
    Case("vgg", "vgg11_plain", IMAGE, {"hidden": 256}),
    Case("alexnet", "AlexNet", (1, 3, 224, 224)),
    Case("resnet", "resnet18", IMAGE),
    Case("resnet", "resnet50", IMAGE, {"zero_init_residual": True}),
    Case("inception", "Inception", IMAGE),
    Case("inception", "Inception", IMAGE, {"auxiliary": False}),
    Case("mnasnet", "MNASNet", IMAGE),
    Case("gpt", "small", (2, 16), tokens=512),
    Case("gpt", "deep_without_bias", (2, 16), tokens=512),
    Case("vit", "VisionTransformer", (2, 3, 32, 32)),
    Case("unet", "UNet", (1, 1, 32, 32)),
    Case("recurrent", "LstmClassifier", (2, 7), tokens=200),
    Case("recurrent", "GruClassifier", (2, 7, 20)),
    Case("recurrent", "BiLstmTagger", (2, 7), tokens=100),
    Case("transformer", "TextClassifier", (2, 9), tokens=300),
    Case("transformer", "PlainEncoder", (2, 9, 32)),
    Case("actor_critic", "Agent", (4, 17)),
    Case("critic", "Critic", (2, 3, 32, 32)),
    Case("mlp", "TenLayers", (3, 64)),
    Case("mlp", "ThirtyLayers", (3, 96)),
    Case("mlp", "PlainMlp", (3, 100)),
    Case("siren", "Siren", (3, 2)),
    Case("in_place", "InPlace", (3, 12)),
    Case("dcgan", "netG", (2, 100, 1, 1), site=True),
    Case("dcgan", "netD", (2, 3, 16, 16), site=True),
]  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
each_case = pytest.mark.parametrize("case", CASES, ids=[f"{number:02}-{case.id}" for number, case in enumerate(CASES)])


@cache
def _models(number: int) -> Model:
    case = CASES[number]
    path = (FOLDER / f"{case.file}.py").as_posix()
    if case.site:
        module = importlib.import_module(f"tests.models.{case.file}")
        return site_model(path, type(getattr(module, case.name)).__name__)
    return static_model(path, case.name, case.arguments)


def read(case: Case) -> Model:
    """The static model of a case."""
    return _models(CASES.index(case))


def builder(case: Case) -> Callable[[], torch.nn.Module]:
    """What builds the live module."""
    module = importlib.import_module(f"tests.models.{case.file}")
    if case.site:  # run the script again, so that each seed gives other weights
        return lambda: getattr(importlib.reload(module), case.name)
    return lambda: getattr(module, case.name)(**case.arguments)


def example(case: Case) -> torch.Tensor:
    """An input for the model."""
    torch.manual_seed(3)
    return torch.randint(0, case.tokens, case.shape) if case.tokens else torch.randn(case.shape)


@each_case
def test_parameters_are_what_torch_builds(case: Case) -> None:
    result = compare(read(case), live_modules(builder(case)))
    wrong = [line for line in result.wrong if line.partition(":")[0] not in case.extra]
    assert wrong == []
    assert set(result.missing) == case.missing
    assert set(result.unknown) == case.unknown
    assert result.parameters > 0
    assert result.shapes == result.parameters - len(case.missing)


def test_a_spectral_norm_hides_the_spread() -> None:
    (case,) = (case for case in CASES if case.file == "critic")
    weights = read(case).computed
    assert [weight.name for weight in weights] == ["second.weight", "third.weight"]
    assert all(weight.initializer is None for weight in weights)


@each_case
def test_modules_are_what_torch_builds(case: Case) -> None:
    live = {path: type(module) for path, module in builder(case)().named_modules()}
    static = {module.path: module for module in read(case).modules}
    assert static.keys() == live.keys()
    for path, module in static.items():
        assert module.type.rpartition(".")[2] == live[path].__name__, path


@each_case
def test_weight_layers_run_as_in_torch(case: Case) -> None:
    graph = read(case).graph
    assert not isinstance(graph, Unknown), graph.why
    static = [op.module for op in graph.ops if op.kind == "layer"]
    assert static == trace(builder(case)(), example(case)).calls


@each_case
def test_consumers_are_those_of_the_live_pass(case: Case) -> None:
    seen = trace(builder(case)(), example(case))
    layers = {}
    for layer in facts(read(case)).layers:
        layers.setdefault(layer.op.module, []).append(layer)
    compared = 0
    for path, found in layers.items():
        live = seen.next[path]
        if len(live) != 1 or len(found) != 1:
            continue
        (expected,) = live
        kind, _, name = expected.partition(":")
        if kind in {"activation", "norm", "add", "cat", "layer", "output"}:
            assert found[0].next == kind, path
            if kind == "activation":
                assert found[0].activation is not None and found[0].activation.name == name, path
            compared += 1
    assert compared > 0
