"""Every parameter knows the line that last wrote it, through wrappers and library code."""

from __future__ import annotations

import copy
import inspect
import os

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from initlint.ir.measured import Write  # noqa: E402
from initlint.probe.lines import project_of  # noqa: E402
from initlint.probe.provenance import Recorder  # noqa: E402


def scaled(weight: torch.Tensor, std: float) -> torch.Tensor:
    with torch.no_grad():
        return weight.normal_(0, std)  # inner


def init(module: nn.Module) -> None:
    if isinstance(module, nn.Conv1d):
        scaled(module.weight, 0.1)


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.plain = nn.Linear(3, 4)  # plain
        self.twice = nn.Linear(3, 4)
        nn.init.zeros_(self.twice.weight)
        nn.init.xavier_uniform_(self.twice.weight)  # twice
        self.conv = nn.Conv1d(2, 2, 3)
        self.data = nn.Linear(3, 4)
        self.data.weight.data.uniform_(-1, 1)  # data
        self.own = nn.Parameter(torch.randn(3, 3) * 0.1)  # own
        self.never = nn.Parameter(torch.empty(3, 3))  # never
        self.part = nn.Parameter(torch.zeros(4, 3))
        with torch.no_grad():
            self.part[:2] = 1.0  # part
            self.data.bias.copy_(torch.ones(4))  # copied
        self.made = copy.deepcopy(self.plain)  # made
        self.moved = nn.Linear(3, 4)  # moved_bias
        nn.init.ones_(self.moved.weight)  # moved
        self.moved.to(torch.float64).requires_grad_(False)
        self.moved.weight.requires_grad = False
        self.set = nn.Linear(3, 4)
        self.set.weight.data = torch.zeros(4, 3)  # set
        self.cast = nn.Parameter(torch.randn(3, 3).mul(0.1).half())  # cast
        self.apply(init)  # outer


@pytest.fixture(scope="module")
def writes() -> dict[str, tuple[Write, ...]]:
    recorder = Recorder(project_of(__file__))
    with recorder:
        model = Net()
    return {name: recorder.writes(each) for name, each in model.named_parameters()}


def line(mark: str) -> int:
    lines = inspect.getsource(inspect.getmodule(line) or line).splitlines()
    (found,) = [number for number, text in enumerate(lines, 1) if text.endswith(f"# {mark}")]
    return found


@pytest.mark.parametrize(
    ("name", "call", "mark", "default"),
    [
        ("plain.weight", "kaiming_uniform_", "plain", True), ("twice.weight", "xavier_uniform_", "twice", False),
        ("conv.weight", "normal_", "inner", False), ("data.weight", "uniform_", "data", False),
        ("own", "mul", "own", False), ("never", "empty", "never", False), ("part", "__setitem__", "part", False),
        ("data.bias", "copy_", "copied", False), ("made.weight", "clone", "made", False),
        ("moved.weight", "ones_", "moved", False), ("moved.bias", "uniform_", "moved_bias", True),
        ("set.weight", "__set__", "set", False), ("cast", "mul", "cast", False),
    ],
)  # fmt: skip
def test_the_last_write(writes: dict[str, tuple[Write, ...]], name: str, call: str, mark: str, default: bool) -> None:
    last = writes[name][-1]
    assert last.inner is not None and os.path.basename(last.inner.path) == "test_provenance.py"
    assert (last.inner.line, last.default) == (line(mark), default)
    assert last.call == call


def test_the_outermost_line(writes: dict[str, tuple[Write, ...]]) -> None:
    last = writes["conv.weight"][-1]
    assert last.inner is not None and last.outer is not None
    inside = [number for number in (last.outer.line,) if number != last.inner.line]
    assert inside  # the test itself calls Net, below which the rest lies


def test_what_was_overwritten_and_what_nothing_wrote(writes: dict[str, tuple[Write, ...]]) -> None:
    assert [each.call for each in writes["twice.weight"]] == ["empty", "kaiming_uniform_", "zeros_", "xavier_uniform_"]
    assert [each.call for each in writes["never"]] == ["empty"]
