"""What is repeated from a like module is what running the code again would have given."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from initlint.interpret.answers import Answers
from initlint.interpret.applied import Applied
from initlint.interpret.link import Project
from initlint.interpret.machine import Machine
from initlint.interpret.recall import Recall
from initlint.interpret.roots import NotRead, read_file
from initlint.interpret.values import Obj, Value
from initlint.ir.model import Model

_TESTS = Path(__file__).parent.parent
_FILES = sorted(
    path
    for folder in ("models", "interpret/cases", "cases/redteam", "cases/wild")
    for path in (_TESTS / folder).rglob("*.py")
    if path.stat().st_size
)

_TWELVE_ALIKE = """
import torch
from torch import nn

class Feed(nn.Module):
    def __init__(self, width, index):
        super().__init__()
        self.index, self.bent = index, index == 2
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.seen = False
    def forward(self, x, mask=None):
        if self.bent:
            x = torch.tanh(x)
        return {"state": self.down(torch.relu(self.up(x)))} if mask is None else (x, mask)

class Block(nn.Module):
    def __init__(self, width, index):
        super().__init__()
        self.norm, self.feed = nn.LayerNorm(width), Feed(width, index)
        self.scale = nn.Parameter(torch.zeros(width))
    def forward(self, x, **rest):
        return x + self.scale * self.feed(self.norm(x))["state"]

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.count = 0
        self.blocks = nn.ModuleList([Block(width, i) for i in range(12)])
        self.apply(self.fill)
    def fill(self, module):
        if isinstance(module, nn.Linear) and module.out_features == 64:
            self.count = self.count + 1
            nn.init.normal_(module.weight, std=0.02 / self.count)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
        elif isinstance(module, Feed) and module.index > 5:
            nn.init.ones_(module.down.bias)
        module.seen = True
    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
"""


@pytest.fixture(autouse=True)
def deep_recursion() -> None:
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))


def _run_again(
    self: Recall,
    machine: Machine,
    module: Obj,
    positional: Sequence[Value],
    keywords: dict[str, Value],
    forward: Callable[[], Value],
) -> Value:
    return forward()


def _models(path: Path) -> list[Model | NotRead]:
    return list(read_file(Project(), str(path), every_class=True))


def _both(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Model | NotRead], list[Model | NotRead]]:
    short = _models(path)
    monkeypatch.setattr(Recall, "run", _run_again)
    monkeypatch.setattr(Applied, "run", lambda self, module, call: call())
    monkeypatch.setattr(Answers, "key", lambda self, machine, function, positional, keywords: None)
    return short, _models(path)


@pytest.mark.parametrize("path", _FILES, ids=[str(path.relative_to(_TESTS)) for path in _FILES])
def test_shortcuts_change_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for short, long in zip(*_both(path, monkeypatch)):
        if isinstance(short, Model) and isinstance(long, Model):
            assert short.parameters == long.parameters
            assert short.graph == long.graph
        else:
            assert short == long


def test_they_are_used_and_stop_where_modules_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "twelve.py"
    path.write_text(_TWELVE_ALIKE)
    repeated = []
    repeat = Recall._repeat
    monkeypatch.setattr(Recall, "_repeat", lambda self, *given: (repeated.append(given), repeat(self, *given))[1])
    short, long = _both(path, monkeypatch)
    net = next(model for model in short if model.name == "Net")
    assert isinstance(net, Model)
    assert net == next(model for model in long if model.name == "Net")
    assert len(repeated) >= 9
    stds = {p.name: p.candidates[-1].initializer.std for p in net.parameters}
    assert [stds[f"blocks.{i}.feed.down.weight"] for i in range(3)] == [0.02, 0.01, 0.02 / 3]
    assert stds["blocks.0.feed.down.bias"] != stds["blocks.9.feed.down.bias"] == 0


_ASKED = """
import torch
from torch import nn

SEEN = []
SIZES = {"small": 8}

def _times(n):
    def pair(x):
        return tuple(x) if isinstance(x, tuple) else (x,) * n
    return pair

to_pair = _times(2)

def padding(kernel, rate=1):
    if isinstance(kernel, tuple):
        return [padding(k, rate) for k in kernel]
    return rate * (kernel - 1) // 2

def counted(width):
    SEEN.append(width)
    return len(SEEN)

def sized(name):
    return SIZES[name]

def kind(x):
    return 1 if isinstance(x, bool) else 2

class Net(nn.Module):
    def __init__(self, kernel, width=16):
        super().__init__()
        first = padding((3, 5))
        first.append(counted(width))
        self.a = nn.Linear(sized("small"), first[2])
        SIZES["small"] = 32
        second = padding((3, 5))
        self.b = nn.Linear(sized("small"), 10 * counted(width) + len(second))
        self.c = nn.Linear(kind(1), kind(True))
        self.d = nn.Conv2d(4, 4, to_pair(3), padding=padding(kernel))
        self.e = nn.Conv2d(4, 4, to_pair(3), padding=padding(kernel))
"""


def test_functions_are_asked_again_where_the_answer_may_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "asked.py"
    path.write_text(_ASKED)
    project = Project()
    again = [model for _ in range(2) for model in read_file(project, str(path))]
    given: list[object] = []
    key = Answers.key
    monkeypatch.setattr(Answers, "key", lambda self, *call: (given.append(key(self, *call)), given[-1])[1])
    short, long = _both(path, monkeypatch)
    assert short == long == [again[0]] == [again[1]], "what one reading changes, the next must not see"
    assert isinstance(short[0], Model)
    shapes = {p.name: p.shape for p in short[0].parameters if p.name in {"a.weight", "b.weight", "c.weight"}}
    assert shapes == {"a.weight": (1, 8), "b.weight": (22, 32), "c.weight": (1, 2)}
    asked = [each for each in given if each is not None]
    assert len(asked) > len(set(asked))
