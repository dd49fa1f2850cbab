"""Settings as configuration libraries hold them, which are not installed here: what is written down is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.interpret.link import Project
from initlint.interpret.roots import read_file
from initlint.ir.dim import Dim
from initlint.ir.model import Model

NET = """
class Net(nn.Module):
    def __init__(self, cfg=None):
        super().__init__()
        cfg = cfg if cfg is not None else settings()
        self.layer = nn.Linear(cfg.model.width, cfg.model.heads * 2)
"""
WRITTEN = {
    "create": """
from omegaconf import OmegaConf
def settings():
    return OmegaConf.create({"model": {"width": 6, "heads": 4}, "seed": 1})
""",
    "merge_over_defaults": """
from omegaconf import OmegaConf
BASE = OmegaConf.create(dict(model=dict(width=3, heads=4)))
def settings():
    return OmegaConf.merge(BASE, {"model": {"width": 6}}, OmegaConf.from_cli())
""",
    "structured": """
from dataclasses import dataclass, field
from omegaconf import OmegaConf
@dataclass
class Model:
    width: int = 6
    heads: int = 4
@dataclass
class Settings:
    model: Model = field(default_factory=Model)
def settings():
    return OmegaConf.structured(Settings)
""",
    "config_dict": """
import ml_collections
def settings():
    config = ml_collections.ConfigDict()
    config.model = ml_collections.ConfigDict({"width": 5})
    config.model.width += 1
    config.model.heads = 4
    config.lock()
    return config
""",
    "yacs": """
from yacs.config import CfgNode as CN
_C = CN()
_C.model = CN()
_C.model.width = 6
_C.model.heads = 2
def settings():
    cfg = _C.clone()
    cfg.merge_from_file("experiment.yaml")
    cfg.model.heads = 4
    cfg.freeze()
    return cfg
""",
    "easydict": """
from easydict import EasyDict as edict
def settings():
    cfg = edict(model=dict(width=6))
    cfg.model.heads = 4
    return cfg
""",
}


def layer_of(tmp_path: Path, source: str, name: str = "Net") -> object:
    path = tmp_path / "net.py"
    path.write_text("import torch.nn as nn\n" + source, encoding="utf-8")
    found = [each for each in read_file(Project(), path.as_posix(), every_class=True) if each.name == name]
    assert isinstance(found[0], Model), found
    return next(parameter.shape for parameter in found[0].parameters if parameter.name.endswith("layer.weight"))


@pytest.mark.parametrize("kind", WRITTEN)
def test_settings_that_are_written_down_are_known(tmp_path: Path, kind: str) -> None:
    assert layer_of(tmp_path, WRITTEN[kind] + NET) == (8, 6)


def test_settings_of_a_file_are_symbols(tmp_path: Path) -> None:
    read = 'from omegaconf import OmegaConf\ndef settings():\n    return OmegaConf.load("x.yaml")\n'
    shape = layer_of(tmp_path, read + NET)
    assert isinstance(shape, tuple)
    assert all(isinstance(size, Dim) for size in shape)


HYDRA = """
import hydra
from omegaconf import OmegaConf

class Encoder(nn.Module):
    def __init__(self, width, norm):
        super().__init__()
        self.layer = nn.Linear(width, norm.normalized_shape[0])

class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        cfg = OmegaConf.create({
            "_target_": "net.Encoder", "norm": {"_target_": "torch.nn.LayerNorm", "normalized_shape": 8},
        })
        self.encoder = hydra.utils.instantiate(cfg, width=6)
        self.layer = self.encoder.layer
"""


def test_hydra_builds_what_settings_name(tmp_path: Path) -> None:
    assert layer_of(tmp_path, HYDRA, "Outer") == (8, 6)
