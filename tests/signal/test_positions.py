"""Positions: which an index takes, what one that is unlike the others does, masks of the future, encodings."""

from __future__ import annotations

import math
from typing import Any

import pytest

from initlint.interpret.link import Project
from initlint.interpret.roots import read_class
from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Inputs
from initlint.signal.meanfield.run import Prediction, predict
from initlint.signal.meanfield.value import Gradient, Value

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\n"


def predicted(tmp_path: Any, source: str, positions: float) -> tuple[Model, Prediction]:
    """The prediction for class ``Net`` of a source."""
    path = tmp_path / "net.py"
    path.write_text(HEAD + source, encoding="utf-8")
    project = Project()
    namespace = project.namespace(path.as_posix())
    assert namespace is not None
    model = read_class(project, namespace, "Net", {})
    assert isinstance(model, Model) and not isinstance(model.graph, Unknown)
    return model, predict(model, Inputs(positions={"x": positions}, smooth=False))


def behind(found: tuple[Model, Prediction], layer: str) -> tuple[Value, Gradient]:
    """The value and the gradient behind the layer of that path."""
    model, prediction = found
    assert not isinstance(model.graph, Unknown)
    op = next(op for op in model.graph.ops if op.module == layer)
    value, gradient = prediction.values[op.id], prediction.gradients[op.id]
    assert isinstance(value, Value) and isinstance(gradient, Gradient), (value, gradient)
    return value, gradient


def indexed(index: str) -> str:
    """A model that takes a part of its tokens."""
    return (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.first = nn.Linear(32, 32)\n        self.head = nn.Linear(32, 8)\n\n"
        f"    def forward(self, x):\n        x = self.first(x)\n        return self.head(x[{index}])\n"
    )


@pytest.mark.parametrize(
    ("index", "left"), [(":, 0", 1), (":, -1", 1), (":, 1:", 15), (":, :-1", 15), (":, :4", 4), (":, :, :", 16)]
)
def test_an_index_takes_positions(index: str, left: int, tmp_path: Any) -> None:
    found = predicted(tmp_path, indexed(index), 16)
    assert behind(found, "head")[0].positions == left
    gain = (1 / 96) * 8 * left / 16  # Var(W)·fan_out of the head, on some of the positions
    assert behind(found, "first")[1].second == pytest.approx(gain)


def test_an_index_takes_units_where_the_next_layer_says_so(tmp_path: Any) -> None:
    source = indexed(":, :, :8").replace("nn.Linear(32, 8)", "nn.Linear(8, 8)")
    value, _ = behind(predicted(tmp_path, source, 16), "head")
    assert value.positions == 16


TOKEN = """class Net(nn.Module):
    def __init__(self, size=0.01):
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 1, 32) * 0.01)
        self.first = nn.Linear(32, 32)
        self.norm = nn.LayerNorm(32)
        self.head = nn.Linear(32, 8)

    def forward(self, x):
        x = torch.cat((self.token.expand(x.shape[0], -1, -1), self.first(x)), dim=1)
        return self.head(self.norm(x)[:, 0])
"""


def test_the_gradient_at_a_token_is_divided_by_its_own_scale(tmp_path: Any) -> None:
    """The norm divides the class token by its own small deviation, not by that of all."""
    model, prediction = predicted(tmp_path, TOKEN, 15)
    assert not isinstance(model.graph, Unknown)
    token = next(op for op in model.graph.ops if op.kind == "parameter" and op.weight == "token")
    gradient = prediction.gradients[token.id]
    assert isinstance(gradient, Gradient)
    assert math.sqrt(float(gradient.second)) == pytest.approx(math.sqrt(8 / 96) / 0.01, rel=0.3)  # type: ignore[arg-type]
    patches = behind((model, prediction), "first")[1]
    assert float(patches.second) < 1e-9 * float(gradient.second)  # type: ignore[arg-type]


ATTENTION = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(32, 32, bias=False) for _ in range(4))

    def forward(self, x):
        y = F.scaled_dot_product_attention(self.q(x), self.k(x), self.v(x), is_causal=CAUSAL)
        return self.out(y)
"""


def test_causal_attention_averages_fewer(tmp_path: Any) -> None:
    """Σ a² is (1 + 1/2 + … + 1/n)/n on average, not 1/n."""
    found = [
        behind(predicted(tmp_path, ATTENTION.replace("CAUSAL", each), 64), "out")[0].second
        for each in ("True", "False")
    ]
    harmonic = sum(1 / (each + 1) for each in range(64))
    assert float(found[0]) / float(found[1]) == pytest.approx(harmonic, rel=0.02)  # type: ignore[arg-type]


ENCODED = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.places = nn.Parameter(torch.randn(1, 32, 14, 14) * 0.02)
        self.scale = nn.Parameter(torch.ones(32, 1, 1))
        self.first = nn.Conv2d(3, 32, 4, stride=4)
        self.last = nn.Conv2d(32, 32, 3, padding=1)

    def forward(self, x):
        x = self.first(x) + self.places
        return self.last(x * self.scale).mean((2, 3))
"""


def test_what_is_added_to_a_signal_has_its_positions(tmp_path: Any) -> None:
    """The sizes of a parameter that is an image don't tell units from positions."""
    assert behind(predicted(tmp_path, ENCODED, 56 * 56), "last")[0].positions == 14 * 14


RESIZED = """class Net(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale
        self.first = nn.Conv2d(3, 16, 3, padding=1)
        self.last = nn.Conv2d(16, 16, 3, padding=1)

    def forward(self, x):
        x = self.first(x)
        if x.shape[-1] % self.scale:
            x = F.interpolate(x, size=(64, 64))
        return self.last(x)
"""


def test_what_may_be_resized_is_taken_as_it_is(tmp_path: Any) -> None:
    value, gradient = behind(predicted(tmp_path, RESIZED, 1024), "last")
    assert value.positions == 1024 and value.tolerance == 0
    assert behind(predicted(tmp_path, RESIZED, 1024), "first")[1].tolerance == 0
    assert gradient.second == 1
