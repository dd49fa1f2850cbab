"""Ways to a model and a batch without a word from the user."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
import time
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from initlint.ir.measured import Measurement  # noqa: E402
from initlint.probe import search  # noqa: E402
from initlint.probe.guard import harmless  # noqa: E402
from initlint.probe.resolve import Entry, Options, probe_entry  # noqa: E402


class History(nn.Module):
    """Takes what earlier layers gave."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.norm, self.fc = nn.LayerNorm(dim), nn.Linear(dim, dim)

    def forward(self, history: list[torch.Tensor]) -> torch.Tensor:
        x = torch.einsum("lbnd->bnd", torch.stack(history))
        return self.fc(self.norm(x))


class Cross(nn.Module):
    """Does not run without what it says is optional."""

    def __init__(self, hidden_size: int = 16) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(hidden_size, hidden_size), nn.Linear(hidden_size, hidden_size)

    def forward(self, x: torch.Tensor, mask: Any = None, encoder_hidden_states: Any = None) -> torch.Tensor:
        b, t, d = x.shape
        keys = self.key(encoder_hidden_states).view(b, encoder_hidden_states.shape[1], 2, d // 2)
        return torch.einsum("bthd,bshd->bhts", self.query(x).view(b, t, 2, d // 2), keys)


class Wanted(nn.Module):
    """Has sizes without defaults, and a list under a name of its own."""

    def __init__(self, *, image_size: int, dim: int, depth: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(depth)])
        self.size = image_size

    def forward(self, parts: list[torch.Tensor]) -> torch.Tensor:
        x = torch.cat(parts, 1)
        for layer in self.layers:
            x = layer(x[:, : layer.in_features])
        return x


class PassesOn(Wanted):
    """Hands on whatever it gets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class Slow(nn.Module):
    """Says late what it wants."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.head = nn.Linear(4 * 20 * 20, 2)
        self.late = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not x.is_meta:
            self.late += 1
            time.sleep(0.4)
        x = self.conv(x[:, :, None])
        return self.head(x.flatten(1))


class Turned(nn.Module):
    """Takes what no name tells: an angle for each position, in two parts."""

    def __init__(self, features: int, order: str) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(features, features))
        self.order = {"first": 0, "second": 1}[order]

    def forward(self, x: torch.Tensor, angles: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        cos, sin = angles
        return (x * cos + x.flip(-1) * sin) @ self.weight


class Turning(nn.Module):
    """Has such a part, gives it its weights, and what it takes."""

    def __init__(self, features: int = 16) -> None:
        super().__init__()
        self.embedding = nn.Embedding(50, features)
        self.turn = Turned(features, "second")
        nn.init.normal_(self.turn.weight, std=features**-0.5)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        angles = torch.arange(tokens.shape[1])[:, None] * torch.linspace(0.1, 1, 16)
        return self.turn(self.embedding(tokens), (angles.cos(), angles.sin()))


class Chosen(nn.Module):
    """Wants one of some words, several sizes, and a module of a certain kind."""

    def __init__(self, inner: Wanted, mode: str, widths: Any, weights: str = "imagenet") -> None:
        super().__init__()
        if weights:
            raise ConnectionError("no network")
        if mode not in ("plain", "residual"):
            raise ValueError(mode)
        self.inner = inner
        self.layers = nn.ModuleList([nn.Linear(32, 32) for _ in widths])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = layer(x)
        return self.inner([x])


class Critic(nn.Module):
    """Joins two inputs, whose sizes only their sum tells."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.fc = nn.Linear(width, 1)

    def forward(self, state: torch.Tensor, action: torch.Tensor) -> torch.Tensor:
        return self.fc(torch.cat([state, action], 1))


class Positions(nn.Module):
    """Takes plain numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4, 1, 1))

    def forward(self, rows: int, columns: int) -> torch.Tensor:
        return (torch.arange(rows)[:, None] - torch.arange(columns)) * self.scale


class Wraps(nn.Module):
    """Asks what it wraps for something, and names no argument."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net, self.out = net, nn.Linear(net.sizes_of_it["out"], 3)

    def forward(self, *args: Any) -> torch.Tensor:
        return self.out(self.net(*args))


class Wrapped(nn.Module):
    """Has it."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.sizes_of_it = {"out": dim}
        self.fc = nn.Linear(dim, dim)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(x)


def probed(entry: Any) -> Measurement:
    found = probe_entry(Entry(entry.__name__, entry, sys.modules[__name__]), Options(seeds=1))
    assert isinstance(found, Measurement), found
    return found


@pytest.mark.parametrize(
    ("entry", "way", "layers"),
    [
        (History, "history 2 of batch×16×32", 1), (Wanted, "parts 2 of batch×32", 2),
        (PassesOn, "parts 2 of batch×32", 2),
        (Positions, "rows 16, columns 16", 0), (Wraps, "*0 batch×32", 2),
        (Critic, "state batch×24, action batch×24", 1),
        (Cross, "x batch×16×16, encoder_hidden_states batch×16×16", 2),
    ],
)  # fmt: skip
def test_a_way_is_found(entry: Any, way: str, layers: int) -> None:
    found = probed(entry)
    assert found.way.endswith(way) and len(found.first.layers) == layers


def test_a_part_is_measured_as_another_model_uses_it() -> None:
    found = probed(Turned)
    assert found.way == "as `Turning` uses it, at `turn`"
    assert [each.shape for each in found.inputs] == [(17, 16, 16), (16, 16), (16, 16)]
    (weight,) = found.first.tensors
    assert weight.writes[-1].call == "normal_" and abs(weight.std - 0.25) < 0.05
    assert found.arguments is None  # its class does not say what the whole does to its weights
    assert 0.9 < found.inputs[0].std < 1.1 and found.first.layers[0].across > 0.5


def test_a_constructor_s_errors_say_what_it_wants() -> None:
    found = probed(Chosen)
    assert "mode='plain'" in found.way and len(found.first.layers) >= 4


def test_what_fails_late_is_tried_without_values() -> None:
    tried: list[str] = []
    model = Slow()
    found = search.search(model, tried)
    assert found is not None and len(tried) > 1 and model.late <= 3


class Fed(nn.Module):
    """Gets its sizes from those who use it."""

    def __init__(self, features: int, table: dict[int, str]) -> None:
        super().__init__()
        self.fc = nn.Linear(features, len(table[features]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(x)


called: list[str] = []


def fed_and_trained() -> nn.Module:
    """Not to be called."""
    called.append("fed_and_trained")
    model = Fed(3, {3: "abc"})
    model(torch.ones(2, 3)).sum().backward()
    return model


def fed_and_printed() -> None:
    """Not to be called, either: it gives nothing."""
    called.append("fed_and_printed")
    print(Fed(3, {3: "abc"}))


def fed_beside_a_folder() -> nn.Module:
    """Is stopped at the folder."""
    called.append("fed_beside_a_folder")
    pathlib.Path(f"{tempfile.gettempdir()}/of_initlint_s_tests").touch()
    return Fed(3, {3: "abc"})


def fed() -> nn.Module:
    """Tells how it is built."""
    called.append("fed")
    return Fed(5, {5: "abcd"})


def test_functions_that_only_make_models_are_called() -> None:
    found = probed(Fed)
    assert found.way == "as `fed` builds it" and found.first.tensors[0].shape == (4, 5)
    assert set(called) <= {"fed", "fed_beside_a_folder"}
    assert not os.path.exists(f"{tempfile.gettempdir()}/of_initlint_s_tests")


def test_nothing_is_written_meanwhile(tmp_path: pathlib.Path) -> None:
    with harmless():
        for write in (
            lambda: (tmp_path / "a").write_text("a"), lambda: (tmp_path / "b").mkdir(), lambda: os.system("true"),
            lambda: subprocess.run(["true"], check=False), lambda: os.open(tmp_path / "c", os.O_CREAT | os.O_WRONLY),
        ):  # fmt: skip
            with pytest.raises(PermissionError):
                write()
        assert os.path.exists(__file__) and open(__file__, encoding="utf-8").read(1) == '"'  # noqa: SIM115
    (tmp_path / "a").write_text("a")
    assert os.listdir(tmp_path) == ["a"]
