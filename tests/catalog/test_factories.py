"""Functions that make tensors, against the tensors that they make."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import pytest
import torch

from initlint.catalog import load
from initlint.ir.dim import symbol
from initlint.ir.unknown import Unknown

CATALOG = load()
LIKE = torch.empty(200, 300)


def resolve(path: str, *positional: Any, **keywords: Any) -> Any:
    spec = CATALOG.factory(path)
    assert spec is not None
    return spec.resolve(positional, keywords)


CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("zeros", (2, 3), {}),
    ("zeros", ((2, 3),), {}),
    ("zeros", ([2, 3],), {}),
    ("zeros", (), {"size": (2, 3)}),
    ("zeros", (4,), {}),
    ("ones", (2, 3), {"dtype": torch.float64}),
    ("zeros", (), {"size": ()}),
    ("full", ((2, 3), 0.5), {}),
    ("full", (), {"size": (2,), "fill_value": 7}),
    ("rand", (300, 200), {}),
    ("randn", ((300, 200),), {}),
    ("eye", (5,), {}),
    ("eye", (5, 7), {}),
    ("tensor", ([[1.0, 2.0], [3.0, 5.0]],), {}),
    ("tensor", (0.3,), {}),
    ("tensor", ([0.5, 0.5],), {}),
    ("Tensor", ([0.0],), {}),
    ("Tensor", ([1.0, 1.0],), {}),
    ("normal", (0.5, 0.1, (300, 200)), {}),
    ("normal", (), {"mean": 0.5, "std": 0.1, "size": (300, 200)}),
    ("tensor", ([],), {}),
]


@pytest.mark.parametrize(("name", "positional", "keywords"), CALLS)
def test_agrees_with_torch(name: str, positional: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    torch.manual_seed(0)
    live = getattr(torch, name)(*positional, **keywords).double()
    shape, init = resolve(f"torch.{name}", *positional, **keywords)
    assert shape == tuple(live.shape)
    assert init.family not in {"garbage", "unknown"} and init.call == f"torch.{name}"
    if live.numel():
        assert init.mean == pytest.approx(live.mean().item(), abs=0.01)
        assert init.std == pytest.approx(live.std(unbiased=False).item(), abs=0.01)


@pytest.mark.parametrize(
    ("name", "positional", "keywords", "shape"),
    [
        ("empty", (2, 3), {}, (2, 3)),
        ("Tensor", (2, 3), {}, (2, 3)),
        ("FloatTensor", (4,), {}, (4,)),
        ("empty_strided", ((2, 3), (3, 1)), {}, (2, 3)),
        ("Tensor.new_empty", (2, 3), {}, (2, 3)),
        ("Tensor", (), {}, ()),
    ],
)
def test_garbage(name: str, positional: Any, keywords: Any, shape: tuple[int, ...]) -> None:
    found, init = resolve(f"torch.{name}", *positional, **keywords)
    assert found == (shape if positional else (0,)) and init.family == "garbage"


def test_like() -> None:
    shape, init = resolve("torch.zeros_like", LIKE, _like_shape=(200, 300))
    assert shape == (200, 300) and init.constant == 0
    for positional in [(LIKE, 0.5), (0.5,)]:
        shape, init = resolve("torch.full_like", *positional, _like_shape=(200, 300))
        assert shape == (200, 300) and init.constant == 0.5
    shape, init = resolve("torch.full_like", LIKE, fill_value=0.5, _like_shape=(200, 300))
    assert shape == (200, 300) and init.constant == 0.5
    assert resolve("torch.empty_like", _like_shape=(2,))[1].family == "garbage"


def test_integers_and_sequences() -> None:
    assert resolve("torch.randint", 10, (2, 3))[0] == (2, 3)
    assert resolve("torch.randint", 0, 10, (2, 3))[0] == (2, 3)
    assert resolve("torch.randint", 0, 10, size=(2, 3))[0] == (2, 3)
    assert resolve("torch.linspace", 0, 1, 5)[0] == (5,)
    assert resolve("torch.linspace", 0, 1, steps=5)[0] == (5,)
    assert isinstance(resolve("torch.arange", 0, 5)[0], Unknown)


def test_methods() -> None:
    assert resolve("torch.Tensor.new_zeros", 2, 3)[0] == (2, 3)
    assert resolve("torch.Tensor.new_full", (2,), 0.1)[1].constant == 0.1
    assert resolve("torch.Tensor.new_tensor", [1.0])[1].call == "new_tensor"


def test_unknown() -> None:
    why, width = Unknown("test"), symbol("width")
    assert isinstance(resolve("torch.zeros", why)[0], Unknown)
    assert resolve("torch.zeros", why, 3)[0] == (why, 3)
    assert resolve("torch.zeros", width, 3)[0] == (width, 3)
    shape, init = resolve("torch.Tensor", why)
    assert isinstance(shape, Unknown) and not init.known
    assert resolve("torch.full", (2,), why)[1].constant is None
    assert isinstance(resolve("torch.zeros", 2, colour=3)[0], Unknown)


def test_every_factory_exists() -> None:
    for path in CATALOG.library("torch")[0].paths["factory"]:
        name = path.removeprefix("torch.")
        assert CATALOG.factory(path) is not None
        assert attrgetter(name)(torch) is not None
    assert CATALOG.factory("torch.nn.Parameter") is None
