"""Measured on a GPU: the same verdicts at the same lines, and its random states are restored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import initlint  # noqa: E402
from initlint.probe.device import DeviceError, device_of, moved, naming_what_stays  # noqa: E402
from initlint.probe.lines import project_of  # noqa: E402
from initlint.probe.provenance import Recorder  # noqa: E402
from tests.probe.test_api import Tiny  # noqa: E402
from tests.probe.zoo import faulty, healthy  # noqa: E402
from tests.probe.zoo.__main__ import found  # noqa: E402

BAD = Path(__file__).resolve().parents[2] / "rules/signal-vanishes/bad.py"
on_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU here")


def test_a_move_keeps_what_is_known_of_the_writes() -> None:
    recorder = Recorder(project_of(__file__))
    with recorder:
        model = Tiny()
    before = [recorder.writes(each) for each in model.parameters()]
    moved(model, torch.device("meta"), recorder)
    assert all(each.device.type == "meta" for each in model.parameters())
    assert [recorder.writes(each) for each in model.parameters()] == before and all(before)


def test_a_device_that_is_not_here() -> None:
    with pytest.raises(DeviceError, match=r"no device `cuda:99` here: PyTorch .* GPUs"):
        device_of("cuda:99")
    for device, text in (("cuda:99", "there is no device `cuda:99`"), ("tpu", "`tpu` is not cpu, cuda, cuda:N or")):
        command = [sys.executable, "-m", "initlint", "probe", f"{BAD}:Regressor", "--device", device]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240)
        assert done.returncode == 2 and text in done.stderr and "Traceback" not in done.stderr


def test_auto_is_the_cpu_where_there_is_no_gpu() -> None:
    assert device_of("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
    model = Tiny()
    assert initlint.probe(model, torch.randn(17, 32), device="cpu").measurement.first.layers


class Behind(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(32, 32)
        self.layers = [nn.Linear(32, 32)]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers[0](self.fc(x))


def test_what_stays_behind_is_named() -> None:
    gpu, said = torch.device("cuda"), r"can't run on `cuda`: `layers` is neither a parameter"
    with pytest.raises(DeviceError, match=said), naming_what_stays(Behind(), gpu):
        raise RuntimeError("Expected all tensors to be on the same device")
    with pytest.raises(RuntimeError, match="other device trouble"), naming_what_stays(nn.Linear(2, 2), gpu):
        raise RuntimeError("other device trouble")


@pytest.mark.cuda
@on_gpu
def test_one_that_stays_behind_on_the_gpu() -> None:
    with pytest.raises(DeviceError, match="`layers` is neither"):
        initlint.probe(Behind, torch.randn(17, 32), seeds=1, device="cuda")


@pytest.mark.cuda
@on_gpu
def test_the_verdicts_are_those_of_the_cpu() -> None:
    cases = [(name, build, batch) for name, build, batch, _ in list(faulty.cases())[::5]]
    for name, build, batch in [*cases, *list(healthy.cases())[::5]]:
        torch.manual_seed(1)
        given = batch()
        assert found(build, given, (0, 1), "cuda") == found(build, given, (0, 1)), name


@pytest.mark.cuda
@on_gpu
def test_layers_lines_and_predictions_are_those_of_the_cpu() -> None:
    given = torch.randn(17, 32)
    one = initlint.probe(Tiny, given, seeds=1)
    two = initlint.probe(Tiny, given, seeds=1, device="cuda")
    assert [(each.code, each.span, each.layer) for each in one.diagnostics] == [
        (each.code, each.span, each.layer) for each in two.diagnostics
    ]  # fmt: skip
    assert two.measurement.predicted and one.measurement.predicted.keys() == two.measurement.predicted.keys()
    for here, there in zip(one.measurement.first.layers, two.measurement.first.layers):
        assert there.across == pytest.approx(here.across, rel=1e-3, abs=1e-6)  # below that, rounding decides
        assert there.flow == pytest.approx(here.flow, rel=1e-3)
    for before, after in zip(one.measurement.first.tensors, two.measurement.first.tensors):
        assert before.writes == after.writes and before.digest == after.digest


@pytest.mark.cuda
@on_gpu
@pytest.mark.parametrize("where", ["cpu", "cuda"])
def test_an_instance_and_the_states_of_the_gpu_are_left_as_they_were(where: str) -> None:
    model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 2)).to(where)
    torch.cuda.manual_seed(7)
    torch.rand(3, device="cuda")
    batch = torch.randn(17, 8, device=where)
    states = [*torch.cuda.get_rng_state_all(), torch.get_rng_state()]
    values = {name: each.clone() for name, each in model.state_dict().items()}
    pointers = [each.data_ptr() for each in model.parameters()]
    report = initlint.probe(model, batch, device="cuda")
    assert len(report.measurement.first.layers) == 2
    assert all(map(torch.equal, states, [*torch.cuda.get_rng_state_all(), torch.get_rng_state()]))
    assert all(torch.equal(each, values[name]) for name, each in model.state_dict().items())
    assert all(each.device.type == where for each in model.state_dict().values())
    assert pointers == [each.data_ptr() for each in model.parameters()]
    states = [*torch.cuda.get_rng_state_all(), torch.get_rng_state()]
    initlint.probe(lambda: nn.Linear(8, 2), batch, device="cuda", seeds=2)
    assert all(map(torch.equal, states, [*torch.cuda.get_rng_state_all(), torch.get_rng_state()]))
