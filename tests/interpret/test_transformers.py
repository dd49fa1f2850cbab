"""What transformers' base classes do to a model: tie weights by name, and find a model by its configuration."""

from __future__ import annotations

from pathlib import Path

from initlint.interpret.link import Project
from initlint.interpret.roots import NotRead, read_file
from initlint.ir.model import ForwardGraph, Model

TIED = """
import torch.nn as nn
from transformers import PreTrainedModel


class Settings:
    def __init__(self):
        self.tie_word_embeddings = True
        self.initializer_range = 0.02


class Tied(PreTrainedModel):
    _tied_weights_keys = {"head.weight": "embed.weight"}

    def __init__(self, config=None):
        super().__init__(Settings())
        self.embed = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.post_init()


class TiedByExpression(PreTrainedModel):
    _tied_weights_keys = {r"heads.(?![0])\\d+": "heads.0"}

    def __init__(self, config=None):
        super().__init__(Settings())
        self.heads = nn.ModuleList([nn.Linear(4, 2) for _ in range(3)])
        self.post_init()


class NotTied(PreTrainedModel):
    _tied_weights_keys = {"head.weight": "embed.weight"}

    def __init__(self, config=None):
        super().__init__(None)
        self.embed = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.post_init()
"""
FILES = {
    "__init__.py": "",
    "models/__init__.py": "",
    "models/auto/__init__.py": "",
    "models/auto/modeling_auto.py": """
class Table:
    def __init__(self, configurations, models):
        self._model_mapping = models

MODEL_MAPPING_NAMES = {"toy": "ToyModel"}
MODEL_MAPPING = Table({}, MODEL_MAPPING_NAMES)

class AutoModel:
    _model_mapping = MODEL_MAPPING
""",
    "models/toy/__init__.py": "",
    "models/toy/configuration_toy.py": """
class ToyConfig:
    model_type = "toy"

    def __init__(self, hidden_size=8):
        self.hidden_size = hidden_size
""",
    "models/toy/modeling_toy.py": """
import torch.nn as nn
from ..auto.modeling_auto import AutoModel
from .configuration_toy import ToyConfig

class ToyModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layer = nn.Linear(config.hidden_size, 4)

class ToyWithHead(nn.Module):
    base_model_prefix = "model"

    def __init__(self, config=None):
        super().__init__()
        setattr(self, self.base_model_prefix, AutoModel.from_config(ToyConfig(6)))
        self.score = nn.Linear(4, 2)
""",
}


def _models(path: Path) -> dict[str, Model]:
    found = read_file(Project(), path.as_posix(), every_class=True)
    return {model.name: model for model in found if not isinstance(model, NotRead)}


def _parameters(model: Model) -> dict[str, object]:
    return {parameter.name: parameter.shape for parameter in model.parameters}


def test_weights_are_tied_by_the_names_that_a_model_declares(tmp_path: Path) -> None:
    path = tmp_path / "tied.py"
    path.write_text(TIED)
    models = _models(path)
    assert _parameters(models["Tied"]) == {"embed.weight": (10, 4)}
    assert _parameters(models["NotTied"]) == {"embed.weight": (10, 4), "head.weight": (10, 4)}


def test_expressions_tie_each_match_to_the_source(tmp_path: Path) -> None:
    path = tmp_path / "tied.py"
    path.write_text(TIED)
    assert _parameters(_models(path)["TiedByExpression"]) == {"heads.0.weight": (2, 4), "heads.0.bias": (2,)}


def test_a_model_is_found_by_its_configuration(tmp_path: Path) -> None:
    for name, text in FILES.items():
        file = tmp_path / "transformers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    model = _models(tmp_path / "transformers/models/toy/modeling_toy.py")["ToyWithHead"]
    assert _parameters(model)["model.layer.weight"] == (4, 6)


def test_a_configuration_without_a_model_leaves_it_unknown(tmp_path: Path) -> None:
    for name, text in FILES.items():
        file = tmp_path / "transformers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace('"toy": "ToyModel"', '"other": "OtherModel"'))
    model = _models(tmp_path / "transformers/models/toy/modeling_toy.py")["ToyWithHead"]
    assert set(_parameters(model)) == {"score.weight", "score.bias"}


def test_the_spread_of_weights_may_stand_under_other_names(tmp_path: Path) -> None:
    path = tmp_path / "spread.py"
    for given, expected in (
        ("initializer_range", 0.7),
        ("init_std", 0.7),
        ("initializer_factor", 0.7),
        ("other", 0.02),
    ):
        path.write_text(TIED.replace("self.initializer_range = 0.02", f"self.{given} = 0.7"))
        weight = next(p for p in _models(path)["Tied"].parameters if p.name == "embed.weight")
        assert weight.candidates[-1].initializer.std == expected


EMBEDDED = """
import torch.nn as nn
from transformers import PreTrainedModel


class Text(PreTrainedModel):
    def __init__(self, config=None):
        super().__init__(config)
        self.embed_tokens = nn.Embedding(10, 4)


class Vision(PreTrainedModel):
    _input_embed_layer = "patches"

    def __init__(self, config=None):
        super().__init__(config)
        self.embeddings = nn.ModuleDict({"other": nn.Linear(4, 4)})
        self.embeddings.patches = nn.Linear(3, 4)


class Both(PreTrainedModel):
    base_model_prefix = "model"

    def __init__(self, config=None):
        super().__init__(config)
        self.model = Outer()
        self.vision = Vision()
        self.head = nn.Linear(4, 2)

    def forward(self, tokens, pixels):
        return self.head(self.get_input_embeddings()(tokens) + self.vision.get_input_embeddings()(pixels))


class Outer(PreTrainedModel):
    def __init__(self, config=None):
        super().__init__(config)
        self.language_model = Text()
"""


def test_the_embeddings_of_a_model_are_found_wherever_they_are(tmp_path: Path) -> None:
    path = tmp_path / "embedded.py"
    path.write_text(EMBEDDED)
    graph = _models(path)["Both"].graph
    assert isinstance(graph, ForwardGraph)
    weights = [op.weight for op in graph.ops if op.kind == "layer"]
    assert weights == ["model.language_model.embed_tokens.weight", "vision.embeddings.patches.weight", "head.weight"]


OUTPUTS = """
from dataclasses import dataclass
import torch.nn as nn
from transformers.utils import ModelOutput


@dataclass
class Found(ModelOutput):
    loss: object = None
    state: object = None
    pooled: object = None


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.pooler = nn.Linear(4, 4)

    def forward(self, x):
        x = self.body(x)
        return Found(state=x, pooled=self.pooler(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.first = nn.Linear(4, 2)
        self.second = nn.Linear(4, 2)

    def forward(self, x):
        found = self.encoder(x)
        state, pooled = found.to_tuple()
        return self.first(found[0]) + self.second(found["pooled"]) + state
"""


def test_an_output_is_a_tuple_of_its_fields_that_are_given(tmp_path: Path) -> None:
    path = tmp_path / "outputs.py"
    path.write_text(OUTPUTS)
    graph = _models(path)["Net"].graph
    assert isinstance(graph, ForwardGraph)
    ops = {op.id: op for op in graph.ops}
    fed = {op.weight: [ops[each].weight for each in op.inputs] for op in graph.ops if op.kind == "layer"}
    assert fed["first.weight"] == ["encoder.body.weight"]
    assert fed["second.weight"] == ["encoder.pooler.weight"]
    assert all(op.kind != "opaque" for op in graph.ops)


EXTENDED = """
from dataclasses import dataclass
import torch.nn as nn
from transformers.modeling_outputs import BaseModelOutputWithPooling


@dataclass
class Found(BaseModelOutputWithPooling):
    mask: object = None


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.pooler = nn.Linear(4, 4)

    def forward(self, x, return_dict=True):
        x = self.body(x)
        return Found(last_hidden_state=x, pooler_output=self.pooler(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.first = nn.Linear(4, 2)
        self.second = nn.Linear(4, 2)

    def forward(self, x):
        found = self.encoder(x)
        state, pooled = found.to_tuple()
        return self.first(found.last_hidden_state) + self.second(found["pooler_output"]) + state + found[1]
"""


def test_an_output_of_more_fields_has_those_of_its_base(tmp_path: Path) -> None:
    path = tmp_path / "outputs.py"
    path.write_text(EXTENDED)
    models = _models(path)
    graph = models["Net"].graph
    assert isinstance(graph, ForwardGraph)
    ops = {op.id: op for op in graph.ops}
    fed = {op.weight: [ops[each].weight for each in op.inputs] for op in graph.ops if op.kind in {"layer", "add"}}
    assert fed["first.weight"] == ["encoder.body.weight"]
    assert fed["second.weight"] == ["encoder.pooler.weight"]
    assert "encoder.pooler.weight" in fed[None]
    assert all(op.kind != "opaque" for op in graph.ops)


def test_the_source_of_a_base_class_is_the_base_class(tmp_path: Path) -> None:
    """A model inside the library's own source tree derives from the class that its init function asks for."""
    package = tmp_path / "transformers"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "models" / "__init__.py").write_text("")
    (package / "modeling_utils.py").write_text("class PreTrainedModel:\n    pass\n")
    path = package / "models" / "toy.py"
    path.write_text(
        """
import torch.nn as nn
from ..modeling_utils import PreTrainedModel

class Toy(PreTrainedModel):
    def __init__(self, config=None):
        super().__init__(config)
        self.proj = nn.Linear(4, 4)
        self.post_init()

    def _init_weights(self, module):
        if isinstance(module, PreTrainedModel):
            nn.init.normal_(module.proj.weight, std=0.3)
"""
    )
    (toy,) = read_file(Project(), path.as_posix())
    assert isinstance(toy, Model)
    assert [p.candidates[-1].initializer.std for p in toy.parameters if p.name == "proj.weight"] == [0.3]
