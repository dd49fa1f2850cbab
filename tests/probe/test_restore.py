"""A live instance is left bit for bit as it was, whatever happens inside."""

from __future__ import annotations

import random
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import initlint  # noqa: E402


class Busy(nn.Module):
    """Changes everything that a forward can change."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.conv = nn.Conv1d(4, 8, 3, padding=1)
        self.norm = nn.BatchNorm1d(8)
        self.drop = nn.Dropout(0.5)
        self.head = nn.Linear(8, 3)
        self.register_buffer("kept", torch.zeros(3))
        self.register_buffer("hidden", torch.ones(2), persistent=False)
        self.cache: list[torch.Tensor] = [torch.zeros(2)]
        self.table = {"steps": 0, "inner": {"values": torch.arange(3.0)}}
        self.calls = 0
        self.fails = fails
        nn.init.zeros_(self.head.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        self.kept += 1
        self.hidden = torch.full((2,), random.random())
        self.cache.append(x)
        self.cache[0].add_(1)
        self.table["steps"] += 1
        self.table["inner"]["values"].mul_(2)
        self.table["new"] = x
        self.seen = x
        self.head.bias.data.add_(0.5)
        x = torch.relu(self.norm(self.conv(x)))
        if self.fails and self.calls > 1:
            self.conv.weight.data = torch.zeros_like(self.conv.weight)
            raise ValueError("no more")
        return self.head(self.drop(x).mean(dim=2))


def state(model: Busy) -> dict[str, Any]:
    """Everything that must be the same before and after."""
    return {
        "weights": {name: each.clone() for name, each in model.named_parameters()},
        "objects": {name: id(each) for name, each in model.named_parameters()},
        "storages": {name: each.data_ptr() for name, each in model.named_parameters()},
        "buffers": {name: each.clone() for name, each in model.named_buffers()},
        "gradients": {name: None if p.grad is None else p.grad.clone() for name, p in model.named_parameters()},
        "asks": {name: each.requires_grad for name, each in model.named_parameters()},
        "modes": [each.training for each in model.modules()],
        "hooks": [(len(m._forward_hooks), len(m._forward_pre_hooks), len(m._backward_hooks)) for m in model.modules()],
        "attributes": sorted(vars(model)),
        "cache": [each.clone() for each in model.cache],
        "table": repr(model.table),
        "calls": model.calls,
        "torch": torch.get_rng_state().clone(),
        "python": random.getstate(),
        "grad": torch.is_grad_enabled(),
        "dtype": torch.get_default_dtype(),
    }


def same(one: object, two: object) -> bool:
    """Equal, tensors bit for bit."""
    if isinstance(one, torch.Tensor):
        return isinstance(two, torch.Tensor) and torch.equal(one, two)
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(same(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(same, one, two))
    return one == two


def prepared(fails: bool) -> Busy:
    model = Busy(fails)
    model.conv.weight.grad = torch.randn_like(model.conv.weight)
    model.head.bias.requires_grad_(False)
    model.norm.eval()
    model.conv.register_forward_hook(lambda *_: None)
    return model


@pytest.mark.parametrize("fails", [False, True])
def test_everything_is_as_it_was(fails: bool) -> None:
    model = prepared(fails)
    before = state(model)
    batch = torch.randn(17, 4, 6)
    before["torch"] = torch.get_rng_state().clone()
    if fails:
        model.calls = before["calls"] = 1
        with pytest.raises(ValueError, match="no more"):
            initlint.probe(model, batch)
    else:
        initlint.probe(model, batch)
    after = state(model)
    assert [name for name in before if not same(before[name], after[name])] == []


def test_a_constructor_given_leaves_the_random_states() -> None:
    before = torch.get_rng_state().clone(), random.getstate()
    initlint.probe(lambda: nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2)), torch.randn(17, 4), seeds=2)
    torch.manual_seed(0)
    before = torch.get_rng_state().clone(), random.getstate()
    batch = torch.zeros(17, 4)
    initlint.probe(lambda: nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2)), batch, seeds=2)
    assert torch.equal(before[0], torch.get_rng_state()) and before[1] == random.getstate()
