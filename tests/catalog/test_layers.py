"""Every layer of the catalogue against the class in the installed torch."""

from __future__ import annotations

import inspect
import math
from typing import Any

import pytest
import torch
from torch import nn

from initlint.catalog import LayerSpec, ParameterPlan, bind, load
from initlint.catalog.signature import REQUIRED
from initlint.ir.unknown import Unknown
from tests.catalog.examples import EXAMPLES, Call

CATALOG = load()
LAYERS = list(CATALOG.library("torch")[0].paths["layer"])
# Not layers: bases, parameters, options, and what wraps a module.
NOT_LAYERS = {
    "Module",
    "Container",
    "Parameter",
    "Buffer",
    "UninitializedParameter",
    "UninitializedBuffer",
    "RNNBase",
    "RNNCellBase",
    "DataParallel",
    "LinearCrossEntropyOptions",
}


def class_at(path: str) -> Any:
    """The object at a qualified name."""
    found: Any = torch
    for part in path.split(".")[1:]:
        found = getattr(found, part)
    return found


def spec_at(path: str) -> LayerSpec:
    spec = CATALOG.layer(path)
    assert spec is not None, path
    return spec


def test_every_public_class_is_known() -> None:
    classes = {name for name in dir(nn) if inspect.isclass(getattr(nn, name)) and not name.startswith("_")}
    unknown = {
        name
        for name in classes
        if CATALOG.layer(f"torch.nn.{name}") is None and CATALOG.stub(f"torch.nn.{name}") is None
    }
    assert unknown == NOT_LAYERS & classes


@pytest.mark.parametrize("path", LAYERS)
def test_canonical_names(path: str) -> None:
    cls = class_at(path)
    assert CATALOG.canonical(f"{cls.__module__}.{cls.__qualname__}") == path
    assert CATALOG.canonical(path) == path


@pytest.mark.parametrize("path", LAYERS)
def test_bases(path: str) -> None:
    above = {base for base in class_at(path).__mro__[1:] if issubclass(base, nn.Module) and base is not nn.Module}
    mixins = {class_at(base) for base in spec_at(path).bases} - above
    assert {class_at(base) for base in spec_at(path).bases} - mixins == above or spec_at(path).kind == "container"
    assert all("Mixin" in mixin.__name__ for mixin in mixins)
    assert CATALOG.is_subclass(path, "torch.nn.modules.module.Module")
    assert CATALOG.is_subclass(path, path)


def test_subclass_through_private_modules() -> None:
    assert CATALOG.is_subclass("torch.nn.SyncBatchNorm", "torch.nn.modules.batchnorm._BatchNorm")
    assert CATALOG.is_subclass("torch.nn.modules.conv.Conv2d", "torch.nn.modules.conv._ConvNd")
    assert not CATALOG.is_subclass("torch.nn.Conv2d", "torch.nn.Linear")


def _own_signature(cls: type[nn.Module]) -> list[tuple[str, object, bool, str]]:
    if cls.__init__ is nn.Module.__init__:
        return []
    kinds: dict[object, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return [
        (p.name, REQUIRED if p.default is p.empty else p.default, p.kind is p.KEYWORD_ONLY, kinds.get(p.kind, ""))
        for p in inspect.signature(cls).parameters.values()
    ]


@pytest.mark.parametrize("path", [path for path in LAYERS if spec_at(path).kind != "container"])
def test_signature(path: str) -> None:
    spec = spec_at(path)
    written = [(p.name, p.default, p.keyword_only, p.star) for p in spec.signature]
    if path in {"torch.nn.RNN", "torch.nn.LSTM", "torch.nn.GRU"}:  # (*args, **kwargs) there
        base = _own_signature(nn.RNNBase)[1:]
        if path == "torch.nn.RNN":
            base.insert(3, ("nonlinearity", "tanh", False, ""))
        assert written == [row for row in base if row[0] != "proj_size" or path == "torch.nn.LSTM"]
    else:
        assert written == _own_signature(class_at(path))


CASES = [
    (path, example)
    for path in LAYERS
    if spec_at(path).kind != "container"
    for example in EXAMPLES.get(path.removeprefix("torch.nn."), [((), {})])
]


@pytest.mark.parametrize(("path", "example"), CASES, ids=lambda value: str(value).removeprefix("torch.nn."))
@pytest.mark.filterwarnings("ignore")
def test_build_agrees_with_the_live_module(path: str, example: Call) -> None:
    torch.manual_seed(0)
    live = class_at(path)(*example[0], **example[1])
    spec = spec_at(path)
    arguments = bind(spec.signature, *example)
    assert isinstance(arguments, dict)
    built = spec.build(arguments)

    parameters, buffers = dict(live.named_parameters()), dict(live.named_buffers())
    assert [plan.name for plan in built.parameters if not plan.buffer] == _in_order(parameters, built.parameters)
    assert {plan.name for plan in built.parameters if plan.buffer} == set(buffers)
    for plan in built.parameters:
        tensor = (parameters | buffers)[plan.name]
        assert not plan.optional
        if not plan.buffer:
            assert plan.trainable == tensor.requires_grad
        if isinstance(tensor, (nn.UninitializedParameter, nn.UninitializedBuffer)):
            assert isinstance(plan.shape, tuple) or plan.shape
        else:
            assert plan.shape == tuple(tensor.shape)
            _check_distribution(plan, tensor.detach())
    for name, value in built.attributes.items():
        if not isinstance(value, Unknown):
            own = getattr(live, name)
            assert own == value or (isinstance(own, (tuple, list)) and tuple(own) == tuple(value)), name  # type: ignore[arg-type]


def _in_order(live: dict[str, nn.Parameter], plans: tuple[ParameterPlan, ...]) -> list[str]:
    """The live names; torch lists a module's own parameters before its children's, which reset registers no earlier."""
    assert set(live) == {plan.name for plan in plans if not plan.buffer}
    return list(live)


def _check_distribution(plan: ParameterPlan, tensor: torch.Tensor) -> None:
    init = plan.initializer
    assert init.known and init.scheme == "default"
    assert isinstance(init.mean, (int, float)) and isinstance(init.std, (int, float))
    values = tensor.double().flatten()
    count = values.numel()
    if init.std == 0 or not count:
        assert torch.allclose(values, torch.full_like(values, init.mean))
        return
    assert abs(values.mean().item() - init.mean) < 5 * init.std / math.sqrt(count)
    if count >= 2000:
        assert values.std().item() == pytest.approx(init.std, rel=4 / math.sqrt(count))
    else:
        assert values.abs().max().item() <= init.std * (math.sqrt(3) if init.family == "uniform" else 5) + 1e-6


@pytest.mark.parametrize(
    ("path", "example", "value"),
    [
        ("torch.nn.Dropout", {}, 0.5),
        ("torch.nn.LeakyReLU", {"negative_slope": 0.2}, 0.2),
        ("torch.nn.PReLU", {}, 0.25),
        ("torch.nn.MaxPool2d", {"kernel_size": 3}, 9),
        ("torch.nn.AvgPool3d", {"kernel_size": (2, 3, 4)}, 24),
        ("torch.nn.RReLU", {"lower": 0.1, "upper": 0.3}, 0.2),
        ("torch.nn.ReLU", {}, None),
    ],
)
def test_value(path: str, example: dict[str, Any], value: float | None) -> None:
    spec = spec_at(path)
    arguments = bind(spec.signature, (), example)
    assert isinstance(arguments, dict)
    assert spec.build(arguments).value == (pytest.approx(value) if value is not None else None)
