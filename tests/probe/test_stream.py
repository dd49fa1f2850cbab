"""A block at a time in memory: the same profile and verdicts as the whole, and far less memory."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import initlint  # noqa: E402
from initlint.ir.measured import Run  # noqa: E402
from initlint.probe import api  # noqa: E402
from initlint.probe.batch import of  # noqa: E402
from initlint.probe.built import built  # noqa: E402
from initlint.probe.deferred import Deferred  # noqa: E402
from initlint.probe.stream import Unrepeatable, blocks  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
WIDTH, WORDS = 32, 50


class Cache:
    """Grows with each call, as those of language models do."""

    def __init__(self) -> None:
        self.seen: list[torch.Tensor] = []

    def join(self, value: torch.Tensor) -> torch.Tensor:
        self.seen = [*self.seen, value]
        return torch.cat(self.seen[-1:], 1)


class Block(nn.Module):
    def __init__(self, out_std: float, kind: str = "") -> None:
        super().__init__()
        self.norm, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, WIDTH, bias=False)
        self.gate, self.up = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        self.down = nn.Linear(2 * WIDTH, WIDTH)
        self.register_buffer("scale", torch.tensor([0.5, 0.25]).sum() + torch.arange(2.0)[0] + 0.25, persistent=False)
        nn.init.normal_(self.out.weight, std=out_std)
        self.kind, self.calls = kind, 0

    def forward(self, x: torch.Tensor, cache: Cache) -> tuple[torch.Tensor, dict[str, Any]]:
        self.calls += 1
        noise = torch.rand(1)
        q, k, v = self.qkv(self.norm(x)).chunk(3, -1)
        x = x + self.out(F.scaled_dot_product_attention(q, k, cache.join(v), is_causal=True)) + 0 * noise
        if self.kind == "moody" and not torch.is_grad_enabled():
            x = x + 1
        h = self.norm2(x)
        x += self.down(F.silu(self.gate(h)) * self.up(h)) * self.scale
        return x, {"calls": self.calls}


class Llama(nn.Module):
    """Blocks that share a cache, a table that is also the head, and a weight of its own."""

    def __init__(self, out_std: float = 0.1, head: str = "tied", kind: str = "", depth: int = 4) -> None:
        super().__init__()
        self.table = nn.Embedding(WORDS, WIDTH)
        self.places = nn.Parameter(torch.zeros(1, 8, WIDTH))
        nn.init.trunc_normal_(self.places, std=0.02)
        self.rates = [rate.item() for rate in torch.linspace(0, 1, depth)]
        self.blocks = nn.ModuleList([Block(out_std, kind) for _ in self.rates])
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, WORDS, bias=False)
        if head == "tied":
            self.head.weight = self.table.weight
        elif head == "zero":
            nn.init.zeros_(self.head.weight)
        elif head == "equal":
            down = self.blocks[1].down.weight.data
            down.copy_(down[:1].expand_as(down).clone())

    def forward(self, words: torch.Tensor) -> dict[str, torch.Tensor]:
        cache, x = Cache(), self.table(words) + self.places
        for number, block in enumerate(self.blocks, 1):
            x, more = block(x, cache=cache)
            assert len(cache.seen) == more["calls"] * number
        return {"logits": self.head(self.norm(x))}


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "block_limit", lambda size: 50_000)


def run(build: Any, blockwise: bool) -> tuple[Run, list[str]]:
    batch = torch.randint(0, WORDS, (17, 8), generator=torch.Generator().manual_seed(0))
    report = initlint.probe(build, batch, seeds=1, blockwise=blockwise)
    return report.measurement.first, [each.code for each in report.diagnostics]


def with_values(build: Any) -> nn.Module:
    """The model in memory, with the values that it has a block at a time."""
    deferred = Deferred(0)
    names, values = zip(*deferred.build(build).named_parameters())
    found = dict(zip(names, deferred.real(values)))
    model = build()
    for name, each in model.named_parameters():
        each.data.copy_(found[name])
    return model


def near(one: float | None, two: float | None) -> bool:
    return one is two or (None not in (one, two) and one == pytest.approx(two, rel=1e-3, abs=1e-7, nan_ok=True))


@pytest.mark.parametrize(("out_std", "head"), [(0.1, "tied"), (0.0, "zero"), (0.1, "equal"), (0.1, "own")])
def test_the_profile_is_that_of_the_whole(small_blocks: None, out_std: float, head: str) -> None:
    whole, codes = run(lambda: with_values(lambda: Llama(out_std, head)), False)
    parts, same = run(lambda: Llama(out_std, head), True)
    assert codes == same and (codes or head != "equal")
    assert [each.weight for each in whole.layers] == [each.weight for each in parts.layers]
    for one, two in zip(whole.layers, parts.layers):
        assert (one.name, one.kind, one.shape, one.reads, one.feeds, one.at) == (
            two.name, two.kind, two.shape, two.reads, two.feeds, two.at
        )  # fmt: skip
        assert near(one.across, two.across) and near(one.second, two.second) and near(one.flow, two.flow), one.weight
    assert [each.name for each in whole.tensors] == [each.name for each in parts.tensors]
    for before, after in zip(whole.tensors, parts.tensors):
        assert (before.shape, before.units, before.distinct, before.parted, before.used, before.trainable) == (
            after.shape, after.units, after.distinct, after.parted, after.used, after.trainable
        ), before.name  # fmt: skip
        assert [(each.call, each.inner) for each in before.writes[:-1]] == [
            (each.call, each.inner) for each in after.writes
        ]  # fmt: skip
        assert before.std == after.std and before.digest == after.digest, before.name
        assert near(before.gradient, after.gradient), before.name


def test_blocks_cover_what_runs(small_blocks: None) -> None:
    model = Llama()
    found = list(blocks(model, 50_000))
    assert [type(each).__name__ for each in found] == ["Embedding", *["Block"] * 4, "LayerNorm", "Linear"]
    assert list(blocks(model, 10**9)) == [model]


def test_a_block_that_does_not_repeat_is_told(small_blocks: None) -> None:
    with pytest.raises(Unrepeatable, match=r"`blocks.3` gives something else when it runs once more"):
        run(lambda: Llama(kind="moody"), True)


def test_values_are_those_of_the_calls_and_the_same_each_time() -> None:
    def make() -> list[torch.Tensor]:
        one, two = torch.empty(64, 64), torch.empty(64, 64)
        nn.init.orthogonal_(one, gain=2.0)
        nn.init.xavier_normal_(two)
        two.data[0] = 7.0
        three = (torch.tensor([1.0, 2.0]) * torch.ones(3, 2, device="cpu")).to("cpu").half().float()
        four = torch.randn(1000).mul_(0.1).add_(three.sum().item())
        return [one, two, three, four]

    deferred = Deferred(3)
    made = deferred.build(make)
    assert all(each.is_meta for each in made)
    one, two, three, four = deferred.real(made)
    assert torch.allclose(one @ one.T, 4 * torch.eye(64), atol=1e-4)
    assert bool((two[0] == 7).all()) and float(two[1:].std()) == pytest.approx(math.sqrt(2 / 128), rel=0.1)
    assert three.tolist() == [[1.0, 2.0]] * 3 and float(four.mean()) == pytest.approx(9.0, abs=0.02)
    assert all(torch.equal(each, again) for each, again in zip([two, one], deferred.real([made[1], made[0]])))
    other = Deferred(4)
    assert not torch.equal(other.real(other.build(make)[3:])[0], four)


def test_its_size_decides() -> None:
    size = sum(each.numel() * each.element_size() for each in Llama().parameters())
    assert built(Llama, size=8 * size)[1] is None
    model, deferred = built(Llama, size=2 * size)
    assert deferred is not None and model.table.weight.is_meta
    assert built(Llama, size=2 * size, blockwise=False)[1] is None


def test_a_batch_that_the_constructor_made_has_values() -> None:
    deferred = Deferred()
    args = deferred.build(lambda: (torch.full((17, 2), 3.0),))
    assert bool((deferred.batch(of(args)).args[0] == 3).all())


# The peak of this process alone: getrusage's counts what it was forked from as well.
NET = """
import pathlib, re, sys
import torch
from torch import nn
import initlint

class Net(nn.Sequential):
    def __init__(self):
        super().__init__(*[layer for _ in range(20) for layer in (nn.Linear(1280, 1280), nn.ReLU())])

torch.set_num_threads(1)
batch = torch.randn(17, 1280)
initlint.probe(nn.Linear(4, 4), torch.randn(17, 4))
def most():
    return int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])

before = most()
from initlint.probe import api
api.block_limit = lambda size: 10 * 2**20
report = initlint.probe(Net, batch, seeds=1, blockwise=sys.argv[1] == "True")
assert len(report.measurement.first.layers) == 20
print((most() - before) / 1024)
"""


STATUS = Path("/proc/self/status")


@pytest.mark.skipif(not STATUS.exists() or "VmHWM" not in STATUS.read_text(), reason="the system keeps no peak")
def test_memory_is_that_of_some_blocks() -> None:
    def peak(blockwise: bool) -> float:
        command = [sys.executable, "-c", NET, str(blockwise)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=ROOT, check=True)
        return float(done.stdout)

    size = 20 * 1280**2 * 4 / 2**20  # MiB of the weights
    assert peak(True) < size / 2 and size < peak(False)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(
        "from torch import nn\nimport torch\n\n\ndef net():\n"
        "    return nn.Sequential(nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 2))\n\n\n"
        "def initlint_probe():\n    return net(), torch.randn(17, 8)\n"
    )
    for target in ("net.py:net", "net.py"):
        command = [sys.executable, "-m", "initlint", "probe", target, "--blockwise", "--seeds", "2", "--input", "8"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=240)
        assert done.returncode == 0 and "2 layers, 2 seeds" in done.stdout, done.stderr
        assert "; a block at a time)" in done.stdout


class Says(nn.Module):
    """Gives more than one tensor, or nothing."""

    def __init__(self, nothing: bool) -> None:
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.nothing = nothing

    def forward(self, x: torch.Tensor) -> Any:
        y = self.fc(x)
        return None if self.nothing else (y, x.argmax(1), "name", [x > 0])


class Odd(nn.Module):
    """Blocks that give odd things, a weight of its own, and layers that do not run."""

    def __init__(self) -> None:
        super().__init__()
        self.silent, self.says = Says(True), Says(False)
        self.wide = nn.ModuleList([nn.Linear(8, 64), nn.Linear(64, 8)])
        self.norm, self.idle = nn.BatchNorm1d(8), nn.Linear(8, 8)
        self.own = nn.Parameter(torch.randn(8, 8) * 0.3)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        self.silent(x)
        y, index, name, (mask,) = self.says(x)
        assert name == "name" and mask.dtype == torch.bool
        y = self.wide[1](torch.relu(self.wide[0](y)))
        return self.norm(y @ self.own), index


def test_whatever_a_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "block_limit", lambda size: 2000)
    one, two = (initlint.probe(Odd, torch.randn(17, 8), seeds=1, blockwise=each) for each in (False, True))
    layers = [[(layer.name, layer.flow is None) for layer in each.measurement.first.layers] for each in (one, two)]
    assert layers[0] == layers[1] and len(layers[0]) == 5
    assert [each.code for each in one.diagnostics] == [each.code for each in two.diagnostics]
