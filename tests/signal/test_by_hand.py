"""Norms and activations that a forward writes out are one op; what only looks like one is not."""

from __future__ import annotations

import pytest

from initlint.interpret.link import Project
from initlint.interpret.roots import read_class
from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from initlint.signal.build import facts

_SOURCE = """import math
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)

    def forward(self, x):
        x = self.a(x)
{}
        return self.b(x)
"""


def surroundings(*lines: str) -> tuple[str, bool | None]:
    """What follows the first layer, an activation by name, and whether the second one's input is normalised."""
    source = _SOURCE.format("\n".join(f"        {line}" for line in lines))
    project = Project({"net.py": source.encode()})
    namespace = project.namespace("net.py")
    assert namespace is not None
    model = read_class(project, namespace, "Net")
    assert isinstance(model, Model) and not isinstance(model.graph, Unknown)
    first, second = facts(model).layers
    return first.activation.name if first.activation is not None else first.next, second.norm_before


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)"], ("norm", True)),
        (["v = x.to(torch.float32)", "x = (v * torch.rsqrt((v * v).mean(-1) + 1e-6)).to(x.dtype)"], ("norm", True)),
        (["x = (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-6)"], ("norm", True)),
        (["x = x / x.norm(dim=-1, keepdim=True)"], ("norm", True)),
        (["x = 0.5 * x * (1.0 + torch.erf(x / math.sqrt(2.0)))"], ("gelu", False)),
        (["x = 0.5 * x * (1 + torch.tanh(0.797 * (x + 0.044715 * torch.pow(x, 3.0))))"], ("gelu", False)),
        (["x = torch.relu(x) ** 2"], ("relu_squared", False)),
        (["x = torch.exp(x)"], ("other", False)),
        (["x = torch.sqrt(x)"], ("unknown", None)),
    ],
)
def test_what_is_written_out(lines: list[str], expected: tuple[str, bool | None]) -> None:
    assert surroundings(*lines) == expected


def test_the_scale_of_another_value_is_no_norm() -> None:
    lines = ["y = torch.tanh(x)", "x = x * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + 1e-6)"]
    assert surroundings(*lines) == ("several", None)
