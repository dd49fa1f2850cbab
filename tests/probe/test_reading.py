"""What the text of a forward, and the names of arguments, tell the probe: models as people write them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence  # noqa: E402

from initlint.ir.measured import Measurement, Skip  # noqa: E402
from initlint.probe.reading import blamed, reading  # noqa: E402
from initlint.probe.resolve import Entry, Options, probe_entry  # noqa: E402
from initlint.report.measured import skipped  # noqa: E402


class Pair(nn.Module):
    """Two images of one size, which only the layers behind them tell."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 8, 11, 4), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Conv2d(8, 8, 5), nn.ReLU())
        self.head = nn.Linear(8 * 3 * 3, 4)

    def once(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.body(x).flatten(1))

    def forward(self, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        return (self.once(left) - self.once(right)).square()


class Clicks(nn.Module):
    """Numbers beside categories."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = nn.ModuleList([nn.Embedding(size, 4) for size in (7, 90)])
        self.bottom = nn.Linear(13, 4)
        self.top = nn.Linear(12, 1)

    def forward(self, dense: torch.Tensor, sparse: torch.Tensor) -> dict[str, Any]:
        parts = [self.bottom(dense)] + [table(sparse[:, at]) for at, table in enumerate(self.tables)]
        return {"logit": self.top(torch.cat(parts, 1))}


class Towers(nn.Module):
    """A batch with names."""

    def __init__(self, n_users: int, n_items: int) -> None:
        super().__init__()
        self.user, self.item, self.age = nn.Embedding(n_users, 8), nn.Embedding(n_items, 8), nn.Linear(1, 8)

    def forward(self, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
        user = self.user(batch["user_id"]) + self.age(batch["age"])
        return (user * self.item(batch["item_id"])).sum(-1)


class Convolution(nn.Module):
    """One step on a graph, with bare weights."""

    def __init__(self, wide: int, narrow: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(wide, narrow) / wide**0.5)

    def forward(self, x: torch.Tensor, edge_index: torch.Tensor) -> torch.Tensor:
        row, col = edge_index
        h = x @ self.weight
        return torch.zeros_like(h).index_add_(0, col, h[row])


class Graph(nn.Module):
    """Takes an object with the graph's tensors."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two = Convolution(9, 8), Convolution(8, 3)

    def forward(self, data: Any) -> torch.Tensor:
        x = self.two(self.one(data.x, data.edge_index).relu(), data.edge_index)
        return torch.zeros(data.num_graphs, 3).index_add_(0, data.batch, x)


class Tagger(nn.Module):
    """Takes the texts' lengths, too."""

    def __init__(self, vocab_size: int) -> None:
        super().__init__()
        self.table, self.out = nn.Embedding(vocab_size, 8), nn.Linear(8, 2)
        self.lstm = nn.LSTM(8, 8, batch_first=True)

    def forward(self, text: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        packed = pack_padded_sequence(self.table(text), lengths.cpu(), batch_first=True, enforce_sorted=False)
        return self.out(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0])


class Steps(nn.Module):
    """Counts time first, as no text says."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.rnn, self.out = nn.Embedding(50, 8), nn.GRU(8, 8), nn.Linear(8, 2)

    def forward(self, source: torch.Tensor) -> torch.Tensor:
        return self.out(self.rnn(self.table(source))[0])


class Letters(nn.Module):
    """Gets the state that it begins with, one letter at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.rnn, self.out = nn.Embedding(26, 8), nn.LSTM(8, 8, 2), nn.Linear(8, 26)

    def forward(self, letter: torch.Tensor, hidden: torch.Tensor, cell: torch.Tensor) -> Any:
        output, state = self.rnn(self.table(letter).unsqueeze(0), (hidden, cell))
        return self.out(output.squeeze(0)), state


class Split(nn.Module):
    """Takes two things apart whose sizes its constructor knows."""

    def __init__(self, points: int = 3, views: int = 5) -> None:
        super().__init__()
        self.sizes = [points, views]
        self.fc = nn.Linear(points, 8)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        points, _ = torch.split(x, self.sizes, dim=-1)
        return self.fc(points)


class Encoder(nn.Module):
    """A part with sizes of its own."""

    def __init__(self, input_dim: int, width: int) -> None:
        super().__init__()
        self.width, self.fc = width, nn.Linear(input_dim, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(x)


class Whole(nn.Module):
    """Gets its part, a device and a configuration of no class."""

    def __init__(self, encoder: Any, device: Any, cfg: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.middle = nn.Linear(encoder.width, cfg["model"].hidden_size, device=device)
        self.head = nn.Linear(cfg["model"].hidden_size, cfg.get("num_classes", 6))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.middle(self.encoder(x)).relu())


class Agent(nn.Module):
    """Has no forward, and wants an environment."""

    def __init__(self, envs: Any) -> None:
        super().__init__()
        self.actor = nn.Linear(envs.single_observation_space.shape[0], envs.single_action_space.n)

    def get_action(self, x: torch.Tensor) -> torch.Tensor:
        return self.actor(x)


def probed(entry: Any) -> Measurement | Skip:
    return probe_entry(Entry(entry.__name__, entry, sys.modules[__name__]), Options(seeds=1))


@pytest.mark.parametrize(
    ("entry", "way", "layers"),
    [
        (Pair, "left batch×1×72×72, right batch×1×72×72", 6),
        (Clicks, "dense batch×13, sparse batch×16 of 7 tokens", 4),
        (Towers, "batch dict of (user_id batch of 32 tokens, age batch×1, item_id batch of 32 tokens)", 3),
        (Convolution, "as `Graph` uses it, at `one`", 1),
        (Graph, "data fields of (x batch×9, edge_index edges, num_graphs 17, batch index)", 2),
        (Tagger, "text batch×16 of 100 tokens, lengths lengths", 3),
        (Letters, "letter batch of 26 tokens, hidden 2×batch×8, cell 2×batch×8", 3),
        (Steps, "source 16×batch of 50 tokens", 3), (Split, "x batch×8", 1), (Whole, "x batch×32", 3),
    ],
)  # fmt: skip
def test_a_batch_is_found(entry: Any, way: str, layers: int) -> None:
    found = probed(entry)
    assert isinstance(found, Measurement), found
    assert (found.way.rpartition("; ")[2], len(found.first.layers)) == (way, layers)
    assert all(not layer.driven or layer.across > 0 for layer in found.first.layers)


def test_what_takes_an_argument() -> None:
    said = reading(Pair())
    assert [type(each.layer).__name__ for each in said.takes["left"]] == ["Sequential"]
    assert reading(Graph()).parts["data"] == ["x", "edge_index", "num_graphs", "batch"]


def test_the_arguments_of_the_line_that_raised() -> None:
    model = Clicks()
    for dense, sparse, name in ((3, 16, "dense"), (13, 1, "sparse")):
        with pytest.raises((RuntimeError, IndexError)) as raised:
            model(torch.randn(2, dense), torch.zeros(2, sparse, dtype=torch.long))
        assert name in blamed(model, raised.tb)


def test_a_class_without_a_forward_is_skipped_with_a_stub_that_works() -> None:
    found = probed(Agent)
    assert isinstance(found, Skip) and found.why == "it has no `forward` that could be run"
    filled = found.stub.replace("envs=...", "envs=envs").replace("17, ...", "17, 6")
    space = type("Space", (), {"shape": (6,), "n": 3})
    scope = {
        "Agent": Agent,
        "envs": type("Envs", (), {"single_observation_space": space, "single_action_space": space}),
    }
    exec(filled, scope)
    model, args = scope["initlint_probe"]()  # type: ignore[operator]
    assert model(*args).shape == (17, 3)


def test_tries_that_ended_alike_are_told_once() -> None:
    tried = [*[f"x batch×{size}: RuntimeError: got {size}" for size in range(40)], "x None: TypeError: no"]
    text = skipped(Skip("net.py:Net", "no batch was found", tuple(tried)))
    assert text.splitlines()[1:] == [
        "  tried x batch×39: RuntimeError: got 39 (and 39 like it)", "  tried x None: TypeError: no",
    ]  # fmt: skip
