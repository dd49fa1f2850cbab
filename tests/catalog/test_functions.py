"""Functions and tensor methods of forward passes, and the catalogue's smaller tables."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from initlint.catalog import CatalogError, Extension, load
from initlint.catalog.expression import ExpressionError, evaluate
from initlint.catalog.signature import REQUIRED
from initlint.ir.dim import Dim, symbol
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown
from tests.catalog.test_initializers import _at
from tests.catalog.test_layers import class_at

CATALOG = load()
FUNCTIONS = CATALOG.library("torch")[0].paths["function"]


@pytest.mark.parametrize("path", FUNCTIONS)
def test_exists_in_torch(path: str) -> None:
    found = CATALOG.function(path)
    assert found is not None and found.name
    assert callable(class_at(path)), path


def test_paths_are_canonical_and_listed_once() -> None:
    groups: list[str] = []
    for path in FUNCTIONS:
        assert CATALOG.canonical(path) == path
        groups.append(path)
    assert len(groups) == len(set(groups))


@pytest.mark.parametrize("path", [path for path in FUNCTIONS if path.startswith("torch.nn.functional.")])
def test_signatures(path: str) -> None:
    spec = CATALOG.function(path)
    assert spec is not None
    function = class_at(path)
    try:
        live = inspect.signature(function)
    except (TypeError, ValueError):
        return  # written in C++
    if not spec.signature or any(p.kind is p.VAR_POSITIONAL for p in live.parameters.values()):
        return
    shared = [p for p in spec.signature if p.name in live.parameters]
    assert [p.name for p in shared] == list(live.parameters)[: len(shared)]
    for parameter in shared:
        default = live.parameters[parameter.name].default
        assert parameter.default == (REQUIRED if default is inspect.Parameter.empty else default), parameter
    for name in (spec.value, spec.weight, spec.bias):
        assert name is None or name in {p.name for p in spec.signature}


def test_every_activation_of_functional_is_known() -> None:
    assert {name for name in dir(F) if name.islower() and not name.startswith("_") and callable(getattr(F, name))} - {
        path.rpartition(".")[2] for path in FUNCTIONS
    } - {name for name in dir(F) if name.endswith("_") or "assert" in name} <= NOT_FUNCTIONS


# Helpers of torch.nn.functional, and rare functions that stay unknown.
NOT_FUNCTIONS = {
    "boolean_dispatch",
    "handle_torch_function",
    "has_torch_function",
    "has_torch_function_unary",
    "callable",
    "has_torch_function_variadic",
    "assert_int_or_pair",
    "conv_tbc",
    "native_channel_shuffle",
    "tanh",
    "sigmoid",
    "adaptive_max_pool1d_with_indices",
    "adaptive_max_pool2d_with_indices",
    "adaptive_max_pool3d_with_indices",
    "fractional_max_pool2d_with_indices",
    "fractional_max_pool3d_with_indices",
    "grouped_mm",
    "scaled_mm",
    "scaled_grouped_mm",
    "linear_cross_entropy",
    "importlib",
    "dtype",
    "math",
    "warnings",
    "torch",
    "np",
}


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("torch.nn.functional.relu", "activation", "relu"),
        ("torch.relu_", "activation", "relu"),
        ("torch.cat", "cat", "cat"),
        ("torch.nn.functional.tanh", "activation", "tanh"),
        ("torch.sin", "activation", "sine"),
        ("torch.exp", "opaque", "exp"),
        ("torch.nn.functional.conv2d", "layer", "conv"),
        ("torch.where", "either", "where"),
        ("torch.bmm", "matmul", "matmul"),
        ("torch.nn.functional.scaled_dot_product_attention", "reduce", "attention"),
        ("einops.rearrange", "reshape", "rearrange"),
        ("torch.nn.functional.max_pool2d", "pool", "max"),
        ("torch.nn.functional.pad", "resample", "pad"),
    ],
)
def test_kinds(path: str, kind: str, name: str) -> None:
    spec = CATALOG.function(path)
    assert spec is not None and (spec.kind, spec.name) == (kind, name)


def test_methods() -> None:
    add = CATALOG.method("add_")
    assert add is not None and add.inplace and add.kind == "add" and add.inputs == 2
    chunk = CATALOG.method("chunk")
    assert chunk is not None and chunk.multiple and chunk.kind == "reshape"
    largest = CATALOG.method("max")
    assert largest is not None and largest.multiple_with_dim
    assert CATALOG.method("no_such_method") is None
    pool = CATALOG.function("torch.nn.functional.max_pool2d")
    assert pool is not None
    assert pool.value_of({"kernel_size": 3}) == 9 and isinstance(pool.value_of({}), Unknown)
    leaky = CATALOG.function("torch.nn.functional.leaky_relu")
    assert leaky is not None and leaky.value_of({}) == 0.01


def test_canonical() -> None:
    assert CATALOG.canonical("torch.nn.modules.linear.Linear") == "torch.nn.Linear"
    assert CATALOG.canonical("torch.nn.modules.Conv2d") == "torch.nn.Conv2d"
    assert CATALOG.canonical("torch.nn.functional.relu") == "torch.nn.functional.relu"
    assert CATALOG.canonical("torch.nn.modules.batchnorm._BatchNorm") == "torch.nn.modules.batchnorm._BatchNorm"
    assert CATALOG.canonical("torch.nn.parameter.Parameter") == "torch.nn.Parameter"
    assert CATALOG.canonical("mine.Layer") == "mine.Layer"
    assert CATALOG.canonical("transformers.initialization.normal_") == "torch.nn.init.normal_"
    renamed = CATALOG.initializer("transformers.initialization.normal_")
    assert renamed is not None and renamed.scheme == "normal"


def test_inert_and_stubs() -> None:
    stub = CATALOG.stub("transformers.PreTrainedModel")
    assert stub is not None and stub.name == "PreTrainedModel"
    assert stub == CATALOG.stub("transformers.modeling_utils.PreTrainedModel")
    assert CATALOG.stub("torch.nn.Module") is None
    assert CATALOG.inert("torch.optim.AdamW") and CATALOG.inert("torch.save") and CATALOG.inert("wandb.watch")
    assert CATALOG.inert("torch.nn.parallel.DataParallel")
    assert not CATALOG.inert("copy.deepcopy") and not CATALOG.inert("torch.nn.init.zeros_")


def test_symbolic_layers_substitute_to_the_numbers() -> None:
    values = {"a": 48.0, "b": 20.0}
    a, b = symbol("a"), symbol("b")
    cases: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("torch.nn.Linear", {"in_features": a, "out_features": b}, {"in_features": 48, "out_features": 20}),
        (
            "torch.nn.Conv2d",
            {"in_channels": a, "out_channels": b, "kernel_size": 3, "groups": 4},
            {"in_channels": 48, "out_channels": 20, "kernel_size": 3, "groups": 4},
        ),
        ("torch.nn.MultiheadAttention", {"embed_dim": a, "num_heads": 8}, {"embed_dim": 48, "num_heads": 8}),
        (
            "torch.nn.LSTM",
            {"input_size": a, "hidden_size": b, "num_layers": 2},
            {"input_size": 48, "hidden_size": 20, "num_layers": 2},
        ),
    ]
    for path, symbolic, numeric in cases:
        spec = CATALOG.layer(path)
        assert spec is not None
        defaults = {p.name: p.default for p in spec.signature}
        left, right = spec.build(defaults | symbolic), spec.build(defaults | numeric)
        assert [plan.name for plan in left.parameters] == [plan.name for plan in right.parameters]
        for one, other in zip(left.parameters, right.parameters, strict=True):
            assert isinstance(one.shape, tuple) and isinstance(other.shape, tuple)
            assert [_at(size, values) for size in one.shape] == list(other.shape)
            assert _at(one.initializer.std, values) == pytest.approx(other.initializer.std)


def test_undecided_conditions_make_optional_parameters() -> None:
    linear, attention, lstm = (CATALOG.layer(f"torch.nn.{name}") for name in ("Linear", "MultiheadAttention", "LSTM"))
    assert linear is not None and attention is not None and lstm is not None
    defaults: dict[str, Any] = {p.name: p.default for p in linear.signature}
    built = linear.build(defaults | {"in_features": 3, "out_features": Unknown("?"), "bias": Unknown("?")})
    assert [(plan.name, plan.optional) for plan in built.parameters] == [("weight", False), ("bias", True)]
    defaults = {p.name: p.default for p in attention.signature}
    built = attention.build(defaults | {"embed_dim": 48, "num_heads": 8, "kdim": Unknown("?")})
    optional = {plan.name for plan in built.parameters if plan.optional}
    assert optional == {"in_proj_weight", "q_proj_weight", "k_proj_weight", "v_proj_weight"}
    defaults = {p.name: p.default for p in lstm.signature}
    built = lstm.build(defaults | {"input_size": 3, "hidden_size": 4, "num_layers": symbol("depth")})
    assert {plan.name for plan in built.parameters if not plan.optional} == {
        "weight_ih_l0",
        "weight_hh_l0",
        "bias_ih_l0",
        "bias_hh_l0",
    }


STUBS = CATALOG.library("torch")[0].paths["stub"]


def _stub_module() -> dict[str, Any]:
    found = CATALOG.stub(STUBS[0])
    assert found is not None
    names: dict[str, Any] = {"__name__": "stub"}
    exec(compile(Path(found.file).read_text(encoding="utf-8"), found.file, "exec"), names)
    return names


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "options", [{}, {"norm_first": True, "activation": "gelu"}, {"bias": False, "batch_first": True}]
)
def test_stubs_compute_what_torch_computes(options: dict[str, Any]) -> None:
    names = _stub_module()
    for path in STUBS:
        name = path.rpartition(".")[2]
        inputs = [torch.randn(5, 3, 8), torch.randn(7, 3, 8) if "batch_first" not in options else torch.randn(5, 3, 8)]
        inputs = inputs[:1] if "Encoder" in name else inputs
        live, ours = _composite(getattr(nn, name), options), _composite(names[name], options)
        assert [p for p, _ in ours.named_parameters()] == [p for p, _ in live.named_parameters()]
        ours.load_state_dict(live.state_dict())
        torch.testing.assert_close(ours.eval()(*inputs), live.eval()(*inputs), rtol=1e-4, atol=1e-5)
        own = [p.name for p in inspect.signature(names[name]).parameters.values()]
        assert own == list(inspect.signature(getattr(nn, name)).parameters)
        forward = [p.name for p in inspect.signature(names[name].forward).parameters.values()]
        assert forward == list(inspect.signature(getattr(nn, name).forward).parameters)


def _composite(cls: Any, options: dict[str, Any]) -> nn.Module:
    torch.manual_seed(0)
    if cls.__name__ == "Transformer":
        return cls(8, 2, 1, 2, 16, **options)  # type: ignore[no-any-return]
    layer = getattr(nn, cls.__name__ if cls.__name__.endswith("Layer") else cls.__name__ + "Layer")
    if cls.__name__.endswith("Layer"):
        return cls(8, 2, 16, **options)  # type: ignore[no-any-return]
    return cls(layer(8, 2, 16, **options), 2, nn.LayerNorm(8))  # type: ignore[no-any-return]


def test_stub_lookup() -> None:
    found = CATALOG.stub("torch.nn.modules.transformer.TransformerEncoderLayer")
    assert found is not None and found.name == "TransformerEncoderLayer"
    tree = ast.parse(Path(found.file).read_text(encoding="utf-8"))
    assert found.name in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assert CATALOG.stub("torch.nn.Linear") is None and CATALOG.layer("torch.nn.Transformer") is None


@pytest.mark.parametrize("root", CATALOG.roots)
def test_every_entry_can_be_made(root: str) -> None:
    (library,) = CATALOG.library(root)
    for section in ("layer", "initializer", "factory", "function", "stub"):
        for path in library.paths[section]:
            assert getattr(CATALOG, section)(path) is not None, path


def test_a_user_adds_layers() -> None:
    row = {
        "kind": "linear",
        "signature": "width, bias=True",
        "call": "Mine's default",
        "parameters": [{"name": "weight", "shape": "(width, width)", "fill": "normal(0, 0.1)"}],
    }
    catalog = load().extended(Extension({"layer": {"mine.Layer": row, "torch.nn.Linear": row}}, "."))
    spec = catalog.layer("mine.Layer")
    assert spec is not None
    (plan,) = spec.build({"width": 3, "bias": True}).parameters
    assert plan.shape == (3, 3) and plan.initializer.call == "Mine's default"
    assert catalog.layer("torch.nn.Linear") != load().layer("torch.nn.Linear")
    assert catalog.layer("torch.nn.ReLU") == load().layer("torch.nn.ReLU")
    with pytest.raises(CatalogError):
        load().extended(Extension({"layer": {"mine.Layer": {"kind": "wrong"}}}, "."))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a // 4", 3),
        ("(a, *k)", (12, 3, 3)),
        ("2 if flag else 1", 1),
        ("a is None or not flag", True),
        ("-a + 2 ** 3", -4),
        ("k[0] * len(k)", 6),
        ("product(k)", 9),
        ("sqrt(a + 4)", 4.0),
        ("ntuple(5, 2)", (5, 5)),
        ("ntuple(k, 2)", (3, 3)),
        ("flag and hidden", False),
        ("not flag or hidden", True),
        ("7 if hidden else 7", 7),
        ("mode == 'same'", True),
    ],
)
def test_expressions(text: str, value: object) -> None:
    names = {"a": 12, "k": (3, 3), "flag": False, "hidden": Unknown("test"), "mode": "same", "s": symbol("s")}
    assert evaluate(text, names) == value


def test_expressions_on_unknowns() -> None:
    names = {"hidden": Unknown("test"), "s": symbol("s"), "o": object()}
    for text in (
        "hidden + 1",
        "1 if hidden else 2",
        "hidden and True",
        "s and True",
        "o + 1",
        "(1, *hidden)",
        "s < 3",
        "1 / 0",
    ):
        assert isinstance(evaluate(text, names), Unknown), text
    assert isinstance(evaluate("s // 2", names), Dim)
    filled = evaluate("default(s)", names)
    assert isinstance(filled, Initializer) and isinstance(filled.std, Dim)
    for text in ("import x", "nothing", "open('x')", "a.b", "[i for i in (1,)]", "1 % 2", "1 <= 2"):
        with pytest.raises(ExpressionError):
            evaluate(text, names)
