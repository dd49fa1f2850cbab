"""`initlint.probe` on classes, functions and instances."""

from __future__ import annotations

import re
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import initlint  # noqa: E402
from initlint.probe.api import Unhealthy  # noqa: E402


class Tiny(nn.Module):
    def __init__(self, std: float = 0.01) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(32, 32) for _ in range(6)])
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=std)
        self.head = nn.Linear(32, 1)

    def forward(self, x: torch.Tensor, scale: float = 1.0) -> dict[str, Any]:
        for layer in self.layers:
            x = torch.relu(layer(x))
        return {"out": [self.head(x) * scale], "name": "tiny"}


def test_an_unhealthy_and_a_healthy_class() -> None:
    batch = torch.randn(17, 32)
    report = initlint.probe(Tiny, batch)
    assert not report.healthy and [each.code for each in report.diagnostics] == ["IL901"]
    with pytest.raises(Unhealthy, match=r"test_api.py:26: IL901 signal-vanishes: inputs become"):
        report.assert_healthy()
    good = initlint.probe(lambda: Tiny((2 / 32) ** 0.5), {"x": batch, "scale": 2.0})
    assert good.healthy and len(good.measurement.runs) == 5
    good.assert_healthy()


def test_an_instance_and_a_loss() -> None:
    model = Tiny((2 / 32) ** 0.5)
    report = initlint.probe(model, (torch.randn(20, 32),), loss=lambda out: out["out"][0].square().mean())
    (run,) = report.measurement.runs
    assert report.healthy and len(run.layers) == 7 and run.layers[0].flow is not None
    assert [layer.reads for layer in run.layers] == [(), (0,), (1,), (2,), (3,), (4,), (5,)]


def test_selection_and_errors() -> None:
    batch = torch.randn(17, 32)
    assert initlint.probe(Tiny, batch, ignore=("IL901", "IL903")).healthy
    with pytest.raises(ValueError, match="no tensor"):
        initlint.probe(Tiny, ("text",))
    with pytest.raises(TypeError, match="not a module"):
        initlint.probe(lambda: 3, batch)  # type: ignore[arg-type,return-value]


def test_numbers_agree_with_what_torch_computes() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 4))
    batch = torch.randn(64, 8)
    first, second = initlint.probe(model, batch).measurement.first.layers
    hidden = model[0](batch)
    assert first.across == pytest.approx(float(hidden.detach().var(dim=0).mean().sqrt()), rel=1e-5)
    assert first.second == pytest.approx(float(hidden.detach().square().mean().sqrt()), rel=1e-5)
    assert second.entering == pytest.approx(float(torch.tanh(hidden).detach().var(dim=0).mean().sqrt()), rel=1e-5)


def test_nothing_else_imports_torch() -> None:
    script = (
        "import sys, initlint, initlint.checks, initlint.cli, initlint.probe.launch, initlint.probe.judge\n"
        "import initlint.probe.predict, initlint.probe_command\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


class Sized(nn.Module):
    def __init__(self, width: int = 32, activation: type[nn.Module] = nn.ReLU, *, deep: bool = True) -> None:
        super().__init__()
        self.first = nn.Linear(32, width)
        self.act = activation()
        self.second = nn.Linear(width, 4 if deep else 2)
        nn.init.normal_(self.second.weight, std=1.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.second(self.act(self.first(x)))


class Below(Sized):
    def __init__(self, scale: int = 2) -> None:
        super().__init__(width=16 * scale)


class Settings:
    """A configuration."""

    scale = 2.0

    def __init__(self, widths: tuple[int, ...] = (32, 64)) -> None:
        self.widths = widths
        self.head = SimpleNamespace(classes=5, std=1.0)
        self.made_by = print

    @property
    def last(self) -> int:
        return self.widths[-1]


class Configured(nn.Module):
    def __init__(self, settings: Any) -> None:
        super().__init__()
        pairs = zip(settings.widths[:-1], settings.widths[1:])
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in pairs])
        self.head = nn.Linear(settings.last, settings.head.classes)
        nn.init.normal_(self.head.weight, std=settings.head.std * settings.scale)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = layer(x)
        return self.head(x)


def test_a_configuration_is_read_by_its_plain_attributes() -> None:
    found = initlint.probe(lambda: Configured(Settings((32, 128, 256))), torch.randn(64, 32), seeds=1).measurement
    assert found.arguments == {
        "settings.widths": (32, 128, 256), "settings.head.classes": 5, "settings.head.std": 1.0, "settings.last": 256,
        "settings.scale": 2.0,
    }  # fmt: skip
    assert len(found.predicted) == 3
    for number, each in found.predicted.items():
        assert each.across == pytest.approx(found.first.layers[number].across, rel=0.25)


def test_what_is_predicted_is_of_the_arguments_that_it_got() -> None:
    batch = torch.randn(64, 32)
    cases = [
        (Sized, {}), (lambda: Sized(128, deep=False), {"width": 128, "deep": False}), (lambda: Below(8), {"scale": 8}),
        (lambda: Sized(activation=nn.Tanh), None),
    ]  # fmt: skip
    for build, arguments in cases:
        found = initlint.probe(build, batch, seeds=1).measurement
        assert found.arguments == arguments
        assert bool(found.predicted) == (arguments is not None)
        for number, each in found.predicted.items():
            assert each.across == pytest.approx(found.first.layers[number].across, rel=0.25)
    assert initlint.probe(Sized(), batch).measurement.arguments is None


def test_the_scale_at_three_widths() -> None:
    report = initlint.probe(lambda: Sized(32), torch.randn(17, 32), seeds=1, select=["IL918"])
    assert [width for width, _ in report.measurement.extra.widths] == [32, 64, 128]
    assert [each.code for each in report.diagnostics] == ["IL918"]
    assert re.search(r"to the power of 0\.[4-6]", report.diagnostics[0].message)
    assert initlint.probe(Tiny, torch.randn(17, 32), seeds=1, select=["IL918"]).measurement.extra.widths == ()


class SmallTable(nn.Module):
    """A small table in front of norms: each of its elements gets much gradient, and their scale is small."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(50, 32)
        self.norms = nn.ModuleList([nn.LayerNorm(32) for _ in range(6)])
        self.layers = nn.ModuleList([nn.Linear(32, 32) for _ in range(6)])
        self.head = nn.Linear(32, 50)
        nn.init.normal_(self.table.weight, std=1e-4)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        x = self.table(words)
        for norm, layer in zip(self.norms, self.layers):
            x = x + layer(norm(x))
        return self.head(x)


def test_a_small_table_in_front_of_norms_is_no_explosion() -> None:
    report = initlint.probe(SmallTable, torch.randint(0, 50, (17, 8)), seeds=2)
    flows = [layer.flow or 0.0 for layer in report.measurement.first.layers if not layer.head]
    assert flows[0] > 100 * max(flows[-2:])
    assert report.healthy
