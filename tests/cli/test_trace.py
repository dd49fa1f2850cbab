"""``initlint trace``: layers, verdict and remedies of one class."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from initlint.cli import app

SOURCE = """import torch
from torch import nn


class Deep(nn.Module):
    def __init__(self, width=100, depth=4, residual=False):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.residual = residual
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        for layer in self.layers:
            y = torch.relu(layer(x))
            x = x + y if self.residual else y
        return self.head(x)
"""


def run(folder: Path, *arguments: str) -> str:
    path = folder / "net.py"
    path.write_text(SOURCE)
    result = CliRunner().invoke(app, ["trace", f"{path}:Deep", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_table(tmp_path: Path) -> None:
    text = run(tmp_path)
    assert "layers.3" in text and "net.py:8" in text and "PyTorch's default" in text
    assert "what tells inputs apart stays between" in text
    assert "with He: across-input" in text and "with norms" in text


def test_a_deeper_one_dies(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "--set", "depth=24", "--format", "json"))
    assert len(found["layers"]) == 25
    assert "dies" in found["verdict"] and "`layers.8`" in found["verdict"]
    layers = found["layers"]
    assert layers[23]["across"] / layers[22]["across"] == pytest.approx(6**-0.5, rel=1e-3)
    assert layers[0]["gradient"] < 1e-6 * layers[23]["gradient"]
    (he,) = (each for each in found["remedies"] if each["name"] == "He")
    assert he["across"] > 0.1


def test_csv(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(tmp_path, "--format", "csv", "--set", "residual=True"))))
    assert [row["layer"] for row in rows] == ["layers.0", "layers.1", "layers.2", "layers.3", "head"]
    assert float(rows[0]["gain"]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("target", ["missing.py:Deep", "net.py", "net.py:Other"])
def test_what_cannot_be_traced(tmp_path: Path, target: str) -> None:
    (tmp_path / "net.py").write_text(SOURCE)
    result = CliRunner().invoke(app, ["trace", f"{tmp_path}/{target}"])
    assert result.exit_code == 2 and "Error" in result.output


def test_settings_must_have_names(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(SOURCE)
    result = CliRunner().invoke(app, ["trace", f"{tmp_path}/net.py:Deep", "--set", "depth"])
    assert result.exit_code == 2 and "NAME=VALUE" in result.output


def test_a_depth_without_value(tmp_path: Path) -> None:
    """What each block does, and the depth from which on it is a fault: there the same model of that depth dies."""
    (tmp_path / "net.py").write_text(SOURCE.replace("width=100, depth=4", "depth, width=100"))

    def traced(*arguments: str) -> dict[str, Any]:
        options = ["trace", f"{tmp_path}/net.py:Deep", "--format", "json", *arguments]
        result = CliRunner().invoke(app, options, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    found = traced()
    (loop,) = found["loops"]
    assert loop["depth"] == "depth" and loop["gain"] == pytest.approx(6**-0.5, rel=1e-2)
    assert f"it dies from `depth` = {loop['crosses']} on" in found["verdict"]
    for depth, dead in ((loop["crosses"] - 1, False), (loop["crosses"], True)):
        head = traced("--set", f"depth={depth}")["layers"][-1]
        assert (head["across"] * 3**0.5 < 1e-3) is dead  # PyTorch's default keeps a third of what enters the head


GPT = """import torch
from torch import nn


class Gpt(nn.Module):
    def __init__(self, words=500, width=64, depth=4):
        super().__init__()
        self.words, self.places = nn.Embedding(words, width), nn.Embedding(32, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.ups = nn.ModuleList([nn.Linear(width, 4 * width) for _ in range(depth)])
        self.downs = nn.ModuleList([nn.Linear(4 * width, width) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, words, bias=False)
        self.head.weight = self.words.weight
        for down in self.downs:
            nn.init.zeros_(down.weight)

    def forward(self, tokens):
        x = self.words(tokens) + self.places(torch.arange(tokens.shape[1]))
        for norm, up, down in zip(self.norms, self.ups, self.downs):
            x = x + down(torch.relu(up(norm(x))))
        return self.head(self.norm(x))
"""


def test_what_is_the_same_for_all_on_purpose_is_no_death(tmp_path: Path) -> None:
    """A table of positions, and branches that start at zero; the loss of a tied head is said."""
    path = tmp_path / "gpt.py"
    path.write_text(GPT)
    result = CliRunner().invoke(app, ["trace", f"{path}:Gpt", "--format", "json"], catch_exceptions=False)
    found = json.loads(result.output)
    assert "dies" not in found["verdict"] and "stays between" in found["verdict"]
    (note,) = found["notes"]
    assert note.startswith("loss at the start") and "log C = 6.21" in note


def test_seeds(tmp_path: Path) -> None:
    """5·Σ 1/n over the layers behind the first: √(15/100)/2 in log of the standard deviation."""
    found = json.loads(run(tmp_path, "--format", "json"))
    assert found["notes"] == ["from seed to seed, the scale at `layers.3` differs by a factor of 1.2 either way"]


CONFIGURED = """from dataclasses import dataclass

from torch import nn


@dataclass
class Config:
    width: int = 64
    depth: int = 4


class Net(nn.Module):
    def __init__(self, config{annotation}):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(config.width, config.width) for _ in range(config.depth)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x
"""


@pytest.mark.parametrize("annotation", ["", ": Config"])
def test_attributes_of_a_configuration(annotation: str, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(CONFIGURED.format(annotation=annotation))
    settings = ["--set", "config.width=96", "--set", "config.depth=7"]
    result = CliRunner().invoke(app, ["trace", f"{path}:Net", "--format", "json", *settings], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    layers = json.loads(result.output)["layers"]
    assert len(layers) == 7 and {round(1 / each["std"] ** 2) for each in layers} == {3 * 96}
