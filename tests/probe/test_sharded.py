"""A model spread over processes is measured as it is: the numbers and the verdict of the whole."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

import torch.distributed as dist  # noqa: E402
from torch import nn  # noqa: E402

import initlint  # noqa: E402
from initlint.ir.measured import Run  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


class Net(nn.Module):
    def __init__(self, std: float) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(32, 32) for _ in range(6)])
        self.norm = nn.LayerNorm(32)
        self.head = nn.Linear(32, 4)
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=std)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(self.norm(x))


def built(std: float) -> Net:
    torch.manual_seed(0)
    return Net(std)


def one_process(rank: int, folder: str) -> None:
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import fully_shard

    dist.init_process_group("gloo", init_method=f"file://{folder}/group", rank=rank, world_size=2)
    mesh = init_device_mesh("cpu", (2,))
    batch = torch.randn(17, 32, generator=torch.Generator().manual_seed(1))
    found = []
    for std in (0.25, 0.01):
        model = built(std)
        for layer in model.layers:
            fully_shard(layer, mesh=mesh)
        fully_shard(model, mesh=mesh)
        before = {name: each.full_tensor() for name, each in model.named_parameters()}
        reports = [initlint.probe(each, batch) for each in (built(std), model)]
        after = {name: each.full_tensor() for name, each in model.named_parameters()}
        assert all(torch.equal(each, after[name]) for name, each in before.items())
        assert all(each.grad is None for each in model.parameters())
        found.append([(each.measurement.first, [one.code for one in each.diagnostics]) for each in reports])
    Path(folder, f"found{rank}").write_bytes(pickle.dumps(found))
    dist.barrier()


@pytest.mark.skipif(not dist.is_available() or not dist.is_gloo_available(), reason="no gloo here")
def test_the_numbers_and_the_verdict_are_those_of_the_whole(tmp_path: Path) -> None:
    if not hasattr(pytest.importorskip("torch.distributed.fsdp"), "fully_shard"):
        pytest.skip("no FSDP2 here")
    command = [sys.executable, "-m", "tests.probe.test_sharded"]
    each = [
        subprocess.Popen([*command, str(rank), str(tmp_path)], cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"})
        for rank in range(2)
    ]
    assert [process.wait(180) for process in each] == [0, 0]
    found: list[list[tuple[Run, list[str]]]] = pickle.loads((tmp_path / "found0").read_bytes())
    assert [codes for pair in found for _, codes in pair] == [[], [], ["IL901"], ["IL901"]]
    for (whole, _), (parts, _) in found:
        for one, two in zip(whole.layers, parts.layers):
            assert (one.name, one.weight, one.reads) == (two.name, two.weight, two.reads)
            assert (two.across, two.flow) == pytest.approx((one.across, one.flow), rel=1e-4)
        for before, after in zip(whole.tensors, parts.tensors):
            assert (before.name, before.shape, before.distinct, before.digest, before.used) == (
                after.name, after.shape, after.distinct, after.digest, after.used
            )  # fmt: skip
            assert after.gradient == pytest.approx(before.gradient, rel=1e-4), after.name


if __name__ == "__main__":
    one_process(int(sys.argv[1]), sys.argv[2])
