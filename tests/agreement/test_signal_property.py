"""Random networks, written as source: what is predicted from the text is what torch does, whatever the architecture."""

from __future__ import annotations

import importlib.util
import math
import os
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from hypothesis import HealthCheck, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from tests.agreement.compare import static_model  # noqa: E402
from tests.agreement.signal.compare import Outcome, compare  # noqa: E402
from tests.agreement.signal.measure import BATCH  # noqa: E402

# The acceptance run takes 200: INITLINT_NETWORKS=200.
NETWORKS = int(os.environ.get("INITLINT_NETWORKS", "40"))

INITS = {
    "default": "",
    "he": "nn.init.kaiming_normal_(layer.weight)",
    "xavier": "nn.init.xavier_uniform_(layer.weight)",
    "lecun": "nn.init.normal_(layer.weight, std=(layer.weight[0].numel()) ** -0.5)",
    "small": "nn.init.normal_(layer.weight, std=0.02)",
    "truncated": "nn.init.trunc_normal_(layer.weight, std=0.05)",
    "orthogonal": "nn.init.orthogonal_(layer.weight, 1.2)",
}
ACTIVATIONS = ["F.relu", "torch.tanh", "F.gelu", "F.silu", "F.elu", "F.selu", "torch.sigmoid", "F.softplus", "own"]
# What may stand between two layers; a block adds its input back.
HEAD = """import torch
from torch import nn
from torch.nn import functional as F


def own(x):
    return x * torch.sigmoid(1.5 * x) + 0.1 * x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
"""


@st.composite
def networks(draw: st.DrawFn) -> tuple[str, tuple[int, ...]]:
    """The source of a network of three to nine layers, and the shape of one input."""
    conv = draw(st.booleans())
    width = draw(st.sampled_from([16, 24, 32] if conv else [48, 64, 100, 160]))
    made, run = [], []
    inputs = 4 if conv else draw(st.sampled_from([32, 48]))
    shape = (inputs, 12, 12) if conv else (inputs,)
    layer = "nn.Conv2d({0}, {1}, 3, padding=1)" if conv else "nn.Linear({0}, {1})"
    norms = ["nn.BatchNorm2d({0})", "nn.GroupNorm(1, {0})"] if conv else ["nn.BatchNorm1d({0})", "nn.LayerNorm({0})"]
    sizes = [inputs]
    for index in range(draw(st.integers(2, 6))):
        kind = draw(st.sampled_from(["plain", "plain", "norm", "block"])) if index else "plain"
        activation = draw(st.sampled_from(ACTIVATIONS))
        after = sizes[-1] if kind == "block" else draw(st.sampled_from([width, width * 2]))
        made.append(f"self.l{index} = {layer.format(sizes[-1], after)}")
        sizes.append(after)
        if kind == "block":
            made.append(f"self.m{index} = {layer.format(after, after)}")
            scale = draw(st.sampled_from(["", "0.5 * "]))
            run.append(f"x = x + {scale}self.m{index}({activation}(self.l{index}(x)))")
        elif kind == "norm":
            made.append(f"self.n{index} = {draw(st.sampled_from(norms)).format(after)}")
            run.append(f"x = {activation}(self.n{index}(self.l{index}(x)))")
        else:
            run.append(f"x = {activation}(self.l{index}(x))")
    made.append(f"self.head = {layer.format(sizes[-1], 8)}")
    init = INITS[draw(st.sampled_from(sorted(INITS)))]
    zero = draw(st.booleans())
    body = [f"        {line}\n" for line in made]
    if init:
        test = "nn.Conv2d" if conv else "nn.Linear"
        body += ["        for layer in self.modules():\n", f"            if isinstance(layer, {test}):\n"]
        body += [f"                {init}\n"] + (["                nn.init.zeros_(layer.bias)\n"] if zero else [])
    forward = "".join(f"        {line}\n" for line in run)
    return f"{HEAD}{''.join(body)}\n    def forward(self, x):\n{forward}        return self.head(x)\n", shape


ERRORS: dict[str, list[float]] = {"forward": [], "backward": []}


@seed(20)
@settings(max_examples=NETWORKS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(networks())
def _each(folder: Path, network: tuple[str, tuple[int, ...]]) -> None:
    source, shape = network
    path = folder / f"net{len(list(folder.iterdir()))}.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    positions = float(math.prod(shape[1:]))
    outcome: Outcome = compare(
        "random", path.stem, static_model(path.as_posix(), "Net"), module.Net,
        lambda: (torch.randn(BATCH, *shape),), {"x": positions},
    )  # fmt: skip
    for direction in ("forward", "backward"):
        for point in getattr(outcome, direction):
            assert not isinstance(point.predicted, str), f"{point}\n{source}"
            error = point.error
            assert error is not None
            ERRORS[direction].append(error)
            # No layer of no network is off by more than a factor of two and a half, narrow as they are.
            assert error < 0.4, f"{direction} {point}\n{source}"


def test_random_networks(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    _each(tmp_path)
    for direction, (median, most) in {"forward": (0.05, 0.2), "backward": (0.1, 0.3)}.items():
        errors = sorted(ERRORS[direction])
        assert errors[len(errors) // 2] <= median
        assert errors[int(0.95 * len(errors))] <= most
