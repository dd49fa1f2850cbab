"""What frameworks do that are not installed here: Lightning's hyperparameters, transformers' configurations."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.interpret.link import Project
from initlint.interpret.roots import read_file
from initlint.ir.gaps import reading
from initlint.ir.model import ForwardGraph, Model


def read(tmp_path: Path, source: str, name: str) -> Model:
    path = tmp_path / "net.py"
    path.write_text("import torch.nn as nn\n" + source, encoding="utf-8")
    found = [each for each in read_file(Project(), path.as_posix(), every_class=True) if each.name == name]
    assert isinstance(found[0], Model), found
    return found[0]


def shapes(model: Model) -> dict[str, object]:
    return {parameter.name: parameter.shape for parameter in model.parameters}


LIGHTNING = """
import pytorch_lightning as pl

class Net(pl.LightningModule):
    def __init__(self, width: int = 6, out=3, rate=0.1, **kwargs):
        super().__init__()
        self.save_hyperparameters(GIVEN)
        self.body = nn.Linear(self.hparams.width, self.hparams["out"], bias=False)

    def forward(self, x):
        return self.body(x)
"""


@pytest.mark.parametrize("given", ["", '"width", "out"', 'ignore=["rate"]', "dict(width=width, out=3)"])
def test_lightning_keeps_the_arguments_of_the_constructor(tmp_path: Path, given: str) -> None:
    model = read(tmp_path, LIGHTNING.replace("GIVEN", given), "Net")
    assert shapes(model) == {"body.weight": (3, 6)}
    assert reading(model).state == "fully"


def test_lightning_does_not_keep_what_is_ignored(tmp_path: Path) -> None:
    model = read(tmp_path, LIGHTNING.replace("GIVEN", 'ignore="width"'), "Net")
    assert shapes(model) != {"body.weight": (3, 6)}


TRANSFORMERS = """
from transformers import PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutputWithPooling

class Settings(PretrainedConfig):
    def __init__(self, hidden_size=8, inner=None, **kwargs):
        self.hidden_size = hidden_size
        self.inner = inner if inner is not None else 2 * hidden_size
        super().__init__(**kwargs)

class Base(PreTrainedModel):
    config_class = Settings

class Body(Base):
    def __init__(self, config):
        super().__init__(config)
        self.up = nn.Linear(config.hidden_size, config.inner)
        self.pool = nn.Linear(config.inner, 4)

    def forward(self, x):
        x = self.up(x)
        return BaseModelOutputWithPooling(last_hidden_state=x, hidden_states=None, pooler_output=self.pool(x))

class Net(Base):
    def __init__(self, config):
        super().__init__(config)
        self.body = Body(config)
        self.first = nn.Linear(config.inner, 2)
        self.second = nn.Linear(4, 2)

    def forward(self, x):
        found = self.body(x)
        if found.attentions is not None:
            x = found.attentions
        state, pooled = found[:2]
        return self.first(found[0]) + self.second(found.pooler_output) + self.first(state) + self.second(pooled)
"""


def test_transformers_without_its_source(tmp_path: Path) -> None:
    model = read(tmp_path, TRANSFORMERS, "Net")
    assert shapes(model)["body.up.weight"] == (16, 8)
    assert reading(model).state == "fully"
    assert isinstance(model.graph, ForwardGraph)
    ops = {op.id: op for op in model.graph.ops}
    fed = [(op.weight, ops[op.inputs[0]].weight) for op in model.graph.ops if op.kind == "layer"]
    assert fed[2:] == [
        ("first.weight", "body.up.weight"),
        ("second.weight", "body.pool.weight"),
        ("first.weight", "body.up.weight"),
        ("second.weight", "body.pool.weight"),
    ]


PACKED = """
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 6)
        self.rnn = nn.GRU(6, 5, batch_first=True)
        self.head = nn.Linear(5, 3)

    def forward(self, words, lengths):
        packed = pack_padded_sequence(self.embed(words), lengths.cpu(), batch_first=True, enforce_sorted=False)
        out, _ = self.rnn(packed)
        out, _ = pad_packed_sequence(out, batch_first=True)
        return self.head(out)
"""


def test_sequences_are_packed_and_padded(tmp_path: Path) -> None:
    model = read(tmp_path, PACKED, "Net")
    assert reading(model).state == "fully"
    assert isinstance(model.graph, ForwardGraph)
    assert [op.weight for op in model.graph.ops if op.kind == "layer"] == [
        "embed.weight", "rnn.weight_hh_l0", "head.weight",
    ]  # fmt: skip


DIFFUSERS = """
from diffusers import ConfigMixin, ModelMixin
from diffusers.configuration_utils import register_to_config

class Block(nn.Module):
    def __init__(self, width, embedded=5):
        super().__init__()
        self.body = nn.Linear(width, width)
        self.proj = nn.Linear(embedded, width)

    def forward(self, x, emb=None):
        return self.body(x) + self.proj(emb)

class Net(ModelMixin, ConfigMixin):
    @register_to_config
    def __init__(self, width: int = 6):
        super().__init__()
        self.block = Block(self.config.width)

    def forward(self, x, emb=None):
        return self.block(x, emb)
"""


def test_diffusers_keeps_the_arguments_and_a_layer_is_given_what_it_takes(tmp_path: Path) -> None:
    """An argument that may be left out is there where a layer takes it."""
    model = read(tmp_path, DIFFUSERS, "Net")
    assert shapes(model)["block.body.weight"] == (6, 6)
    assert isinstance(model.graph, ForwardGraph)
    assert [op.kind for op in model.graph.ops] == ["input", "layer", "input", "layer", "add", "output"]
    assert reading(model).state == "fully"
