"""Tensors that einops repeats and rearranges before they become parameters; einops need not be installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.interpret import einops_shapes
from initlint.interpret.link import Project
from initlint.interpret.roots import NotRead, read_class
from initlint.interpret.values import Tensor, Value
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_SOURCE = """
import torch
from einops import rearrange, repeat
from torch import nn

class Net(nn.Module):
    def __init__(self, dim=48, states=16, heads=4):
        super().__init__()
        numbers = repeat(torch.arange(1, states + 1, dtype=torch.float32), "n -> d n", d=dim).contiguous()
        self.log_states = nn.Parameter(torch.log(numbers))
        self.skip = nn.Parameter(repeat(torch.ones(heads), "h -> (h p) 1", p=3))
        self.grid = nn.Parameter(rearrange(torch.randn(dim, 30, 2), "d (h w) c -> h (w c) d", h=5) * 0.02)
"""


def test_a_parameter_that_einops_shaped(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(_SOURCE, encoding="utf-8")
    project = Project()
    namespace = project.namespace((tmp_path / "net.py").as_posix())
    assert namespace is not None
    model = read_class(project, namespace, "Net")
    assert model is not None and not isinstance(model, NotRead)
    found = {each.name: (each.shape, each.candidates[0].initializer) for each in model.parameters}
    assert found["log_states"][0] == (48, 16) and found["log_states"][1].family == "loaded"
    assert found["skip"][0] == (12, 1) and found["skip"][1].constant == 1
    assert found["grid"][0] == (5, 12, 48) and found["grid"][1].std == pytest.approx(0.02)


@pytest.mark.parametrize(
    "pattern, sizes, shape",
    [
        ("a b -> b a", {}, (6, 4)),
        ("a (b c) -> (a b) c", {"c": 2}, (12, 2)),
        ("a b -> a b 1 n", {"n": 3}, (4, 6, 1, 3)),
        ("a (b c) -> a b c", {}, None),
        ("a b -> a b n", {}, None),
        ("... b -> b ...", {}, None),
        ("a b c -> a b c", {}, None),
        ("a b", {}, None),
    ],
)
def test_what_a_pattern_makes_of_a_shape(pattern: str, sizes: dict[str, Value], shape: Value) -> None:
    tensor = Tensor(Place("", 0, 0))
    tensor.data["shape"] = (4, 6)
    found = einops_shapes.shaped((tensor, pattern), sizes)
    assert isinstance(found, Unknown) if shape is None else found == shape
