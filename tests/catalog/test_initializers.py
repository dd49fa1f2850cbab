"""Every torch.nn.init function and tensor method against what it leaves in a tensor."""

from __future__ import annotations

import inspect
import math
from fractions import Fraction
from typing import Any

import pytest
import torch
from torch import nn

from initlint.catalog import InitError, InitSpec, calculate_gain, load
from initlint.ir.dim import Dim, symbol
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown

CATALOG = load()
SHAPES: list[tuple[int, ...]] = [(300, 200), (64, 32, 3, 3), (20, 60, 9), (5, 7, 4, 3, 6)]
NONLINEARITIES = ["linear", "conv2d", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]

MEASURED: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("uniform_", (), {}),
    ("uniform_", (-0.3, 0.5), {}),
    ("uniform_", (), {"b": 0.2}),
    ("normal_", (), {}),
    ("normal_", (0.5, 0.02), {}),
    ("normal_", (), {"std": 0.01}),
    ("trunc_normal_", (), {}),
    ("trunc_normal_", (), {"std": 0.02}),
    ("trunc_normal_", (0.5, 1.0, -1.0, 0.7), {}),
    ("trunc_normal_", (), {"std": 0.5, "a": -0.5, "b": 0.5}),
    ("trunc_normal_", (0.0, 1.0, 1.0, 3.0), {}),
    ("constant_", (0.3,), {}),
    ("ones_", (), {}),
    ("zeros_", (), {}),
    ("xavier_uniform_", (), {}),
    ("xavier_uniform_", (1.7,), {}),
    ("xavier_normal_", (), {"gain": 0.5}),
    ("orthogonal_", (), {}),
    ("orthogonal_", (), {"gain": math.sqrt(2)}),
    ("kaiming_normal_", (), {"a": math.sqrt(5)}),
    ("kaiming_uniform_", (0.1, "fan_out"), {}),
    ("kaiming_uniform_", (), {"mode": "FAN_OUT", "nonlinearity": "relu"}),
    *[
        ("kaiming_normal_", (), {"nonlinearity": name, "mode": mode})
        for name in NONLINEARITIES
        for mode in ("fan_in", "fan_out")
    ],
]


def spec(name: str) -> InitSpec:
    found = CATALOG.initializer(f"torch.nn.init.{name}")
    assert found is not None
    return found


def check(init: Initializer | InitError, tensor: torch.Tensor, dependent: float = 1.0) -> None:
    """Mean and standard deviation within five standard errors (``dependent``: per number of independent draws)."""
    assert isinstance(init, Initializer)
    assert isinstance(init.mean, (int, float)) and isinstance(init.std, (int, float)), init
    values = tensor.detach().double().flatten()
    if init.std == 0:
        assert torch.allclose(values, torch.full_like(values, init.mean))
        return
    error = 5 * dependent / math.sqrt(values.numel())
    assert abs(values.mean().item() - init.mean) < error * init.std
    assert values.std().item() == pytest.approx(init.std, rel=error)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(("name", "positional", "keywords"), MEASURED)
@pytest.mark.filterwarnings("ignore")
def test_measured(name: str, positional: tuple[Any, ...], keywords: dict[str, Any], shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    tensor = torch.empty(shape)
    getattr(nn.init, name)(tensor, *positional, **keywords)
    resolved = spec(name).resolve(
        positional, {**keywords, "generator": None} if "gain" in keywords else keywords, shape
    )
    check(resolved, tensor)


@pytest.mark.parametrize(
    ("name", "positional", "shape"),
    [
        ("eye_", (), (30, 50)),
        ("eye_", (), (50, 30)),
        ("dirac_", (), (8, 4, 3)),
        ("dirac_", (2,), (8, 4, 3, 5)),
        ("dirac_", (), (4, 8, 3, 3, 3)),
        ("dirac_", (4,), (8, 4, 1, 1)),
    ],
)
def test_identities_are_exact(name: str, positional: tuple[Any, ...], shape: tuple[int, ...]) -> None:
    tensor = torch.empty(shape)
    getattr(nn.init, name)(tensor, *positional)
    init = spec(name).resolve(positional, {}, shape)
    assert isinstance(init, Initializer)
    assert init.mean == pytest.approx(tensor.mean().item(), rel=1e-5)
    assert init.std == pytest.approx(tensor.std(unbiased=False).item(), rel=1e-5)


@pytest.mark.parametrize("sparsity", [0.1, 0.333, 0.9])
def test_sparse(sparsity: float) -> None:
    torch.manual_seed(0)
    tensor = nn.init.sparse_(torch.empty(100, 300), sparsity, std=0.05)
    check(spec("sparse_").resolve((sparsity,), {"std": 0.05}, (100, 300)), tensor, dependent=3)


FAILING: list[tuple[str, tuple[Any, ...], dict[str, Any], tuple[int, ...]]] = [
    ("xavier_uniform_", (), {}, (5,)),
    ("xavier_normal_", (), {}, ()),
    ("kaiming_normal_", (), {}, (5,)),
    ("kaiming_uniform_", (), {}, (5,)),
    ("orthogonal_", (), {}, (5,)),
    ("sparse_", (0.1,), {}, (5, 4, 3)),
    ("eye_", (), {}, (5, 4, 3)),
    ("dirac_", (), {}, (5, 4)),
    ("dirac_", (), {}, (1, 1, 1, 1, 1, 1)),
    ("dirac_", (3,), {}, (5, 4, 3)),
    ("kaiming_normal_", (), {"nonlinearity": "gelu"}, (5, 4)),
    ("kaiming_normal_", (), {"nonlinearity": "silu"}, (5, 4)),
    ("kaiming_normal_", (), {"mode": "fan_avg"}, (5, 4)),
    ("kaiming_normal_", ("x",), {}, (5, 4)),
    ("kaiming_normal_", (True,), {}, (5, 4)),
    ("kaiming_normal_", (), {"mode": "fan_avg", "nonlinearity": "gelu"}, (5,)),
    ("normal_", (), {"std": -1.0}, (5, 4)),
    ("uniform_", (1.0, 0.0), {}, (5, 4)),
    ("trunc_normal_", (), {"std": 0.0}, (5, 4)),
    ("constant_", (), {}, (5, 4)),
    ("normal_", (), {"sd": 0.1}, (5, 4)),
    ("xavier_uniform_", ("relu",), {}, (5, 4)),
    ("zeros_", (1,), {}, (5, 4)),
    ("normal_", (0, 1, None, 3), {}, (5, 4)),
    ("constant_", (None,), {}, (5, 4)),
]


@pytest.mark.parametrize(("name", "positional", "keywords", "shape"), FAILING)
def test_errors(name: str, positional: tuple[Any, ...], keywords: dict[str, Any], shape: tuple[int, ...]) -> None:
    with pytest.raises(Exception) as raised:
        getattr(nn.init, name)(torch.empty(shape), *positional, **keywords)
    error = spec(name).resolve(positional, keywords, shape)
    assert isinstance(error, InitError)
    assert error.exception == type(raised.value).__name__
    assert error.kind == ("too-few-dimensions" if "dimensions" in str(raised.value) else "bad-argument")
    if error.exception == "ValueError":
        assert error.message == str(raised.value)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0)])
@pytest.mark.filterwarnings("ignore")
def test_tensors_without_elements_raise_nothing(shape: tuple[int, ...]) -> None:
    for name in ("kaiming_normal_", "xavier_uniform_", "orthogonal_", "zeros_"):
        getattr(nn.init, name)(torch.empty(shape))
        assert isinstance(spec(name).resolve((), {}, shape), Initializer)


def test_signatures() -> None:
    for path in CATALOG.library("torch")[0].paths["initializer"]:
        name = path.rpartition(".")[2]
        found = CATALOG.initializer(path)
        assert found is not None
        assert callable(getattr(torch.Tensor if path.startswith("torch.Tensor") else nn.init, name))
        if path.startswith("torch.nn.init.") and not found.deprecated_by:
            live = list(inspect.signature(getattr(nn.init, name)).parameters.values())[1:]
            defaults = [p.default for p in found.signature if repr(p.default) != "REQUIRED"]
            assert [p.name for p in found.signature] == [p.name for p in live]
            assert defaults == [p.default for p in live if p.default is not p.empty]


def test_every_function_of_torch_nn_init_is_known() -> None:
    names = {name for name in nn.init.__all__ if name != "calculate_gain"}
    assert {name for name in names if CATALOG.initializer(f"torch.nn.init.{name}") is None} == set()
    for name in names:
        assert spec(name).deprecated_by == ("" if name.endswith("_") else f"{name}_")
        assert spec(name).call == name


@pytest.mark.parametrize("name", [*NONLINEARITIES, "conv_transpose3d", "gelu", "silu", "elu", "", "ReLU"])
@pytest.mark.parametrize("param", [None, 0, 0.2, 3, True, "x"])
def test_gains(name: Any, param: Any) -> None:
    try:
        live = nn.init.calculate_gain(name, param)
    except ValueError as error:
        found = calculate_gain(name, param)
        assert isinstance(found, InitError) and found.message == str(error)
    else:
        assert calculate_gain(name, param) == pytest.approx(live)


@pytest.mark.parametrize(
    ("name", "positional"),
    [
        ("normal_", (0.5, 0.1)),
        ("uniform_", (-1.0, 3.0)),
        ("zero_", ()),
        ("fill_", (0.7,)),
        ("exponential_", (2.0,)),
        ("bernoulli_", (0.3,)),
    ],
)
def test_tensor_methods(name: str, positional: tuple[Any, ...]) -> None:
    torch.manual_seed(0)
    tensor = getattr(torch.empty(300, 300), name)(*positional)
    found = CATALOG.tensor_initializer(name)
    assert found is not None
    check(found.resolve(positional, {}, (300, 300)), tensor, dependent=2)
    assert CATALOG.tensor_initializer("random_") is not None
    assert CATALOG.tensor_initializer("relu_") is None and CATALOG.method("normal_") is None


def test_what_the_schemes_say() -> None:
    kaiming = spec("kaiming_uniform_").resolve((), {"a": 0.2, "mode": "fan_out"}, (8, 4))
    assert isinstance(kaiming, Initializer)
    assert (kaiming.scheme, kaiming.mode, kaiming.nonlinearity, kaiming.slope) == (
        "kaiming",
        "fan_out",
        "leaky_relu",
        0.2,
    )
    assert kaiming.gain == pytest.approx(math.sqrt(2 / 1.04)) and kaiming.family == "uniform"
    xavier = spec("xavier_normal").resolve((), {"gain": 2}, (8, 4))
    assert isinstance(xavier, Initializer)
    assert (xavier.call, xavier.scheme, xavier.gain, xavier.family) == ("xavier_normal", "xavier", 2, "normal")


def test_symbolic_sizes_substitute_to_the_numbers() -> None:
    a, b = symbol("a"), symbol("b")
    values = {"a": 48.0, "b": 20.0}
    cases: list[tuple[str, dict[str, Any]]] = [
        ("xavier_uniform_", {"gain": 2.0}),
        ("kaiming_normal_", {}),
        ("kaiming_uniform_", {"mode": "fan_out"}),
    ]
    for name, keywords in cases:
        symbolic = spec(name).resolve((), keywords, (a, b, 3, 3))
        numeric = spec(name).resolve((), keywords, (48, 20, 3, 3))
        assert isinstance(symbolic, Initializer) and isinstance(numeric, Initializer)
        assert _at(symbolic.std, values) == pytest.approx(numeric.std)
    square = spec("orthogonal_").resolve((), {}, (a, a))
    assert isinstance(square, Initializer) and _at(square.std, values) == pytest.approx(48**-0.5)
    undecided = spec("orthogonal_").resolve((), {}, (a, b))
    assert isinstance(undecided, Initializer) and isinstance(undecided.std, Unknown)
    std = Dim(1, (("a", Fraction(-1, 2)),))
    inside = spec("trunc_normal_").resolve((), {"std": std, "a": Dim(-2, std.powers), "b": Dim(2, std.powers)}, (a, b))
    assert isinstance(inside, Initializer)
    assert _at(inside.std, values) == pytest.approx(0.8796256610342398 * 48**-0.5)


def _at(value: object, values: dict[str, float]) -> float:
    if isinstance(value, Dim):
        total = value.coefficient
        for name, power in value.powers:
            total *= float(eval(name.replace("·", "*").replace("^", "**"), {}, values)) ** float(power)
        return total
    assert isinstance(value, (int, float))
    return value


@pytest.mark.parametrize(("name", "positional", "keywords", "shape"), [(n, p, k, SHAPES[0]) for n, p, k in MEASURED])
def test_unknown_in_unknown_out(name: str, positional: tuple[Any, ...], keywords: dict[str, Any], shape: Any) -> None:
    why = Unknown("test")
    exact = spec(name).resolve(positional, keywords, shape)
    assert isinstance(exact, Initializer)
    variants: list[tuple[tuple[Any, ...], dict[str, Any], Any]] = []
    variants += [((why, *positional[1:]), keywords, shape)] if positional else []
    variants += [(positional, {**keywords, key: why}, shape) for key in keywords]
    variants += [(positional, keywords, why), (positional, keywords, (why, shape[1]))]
    for variant in variants:
        found = spec(name).resolve(*variant)
        assert isinstance(found, Initializer)
        for field in ("mean", "std", "gain"):
            known = getattr(found, field)
            assert isinstance(known, Unknown) or known == getattr(exact, field)
        assert found.known


@pytest.mark.parametrize("distribution", ["truncated_normal", "normal", "uniform"])
@pytest.mark.parametrize("mode", ["fan_in", "fan_out", "fan_avg"])
def test_timm_variance_scaling(distribution: str, mode: str) -> None:
    found = CATALOG.initializer("timm.layers.weight_init.variance_scaling_")
    assert found is not None
    init = found.resolve((2.0,), {"mode": mode, "distribution": distribution}, (30, 20, 3, 3))
    assert isinstance(init, Initializer)
    assert init.std == pytest.approx(math.sqrt(2 / {"fan_in": 180, "fan_out": 270, "fan_avg": 225}[mode]))
    lecun = CATALOG.initializer("timm.layers.lecun_normal_")
    assert lecun is not None
    drawn = lecun.resolve((), {}, (30, 20))
    assert isinstance(drawn, Initializer) and drawn.scheme == "lecun" and drawn.std == pytest.approx(20**-0.5)


def test_timm_truncation_is_in_standard_deviations() -> None:
    found = CATALOG.initializer("timm.models.layers.trunc_normal_tf_")
    assert found is not None
    init = found.resolve((), {"mean": 1.0, "std": 0.02}, (30, 20))
    assert isinstance(init, Initializer)
    assert init.mean == 1.0 and init.std == pytest.approx(0.02 * 0.8796256610342398)
