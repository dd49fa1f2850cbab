"""Modules that contain each other: each is visited once, however many ways lead to it."""

from pathlib import Path

from initlint.analysis import Worker

TOWER = """
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        below = nn.Sequential(nn.Linear(4, 4))
        for _ in range(60):
            below = nn.Sequential(below, below, nn.Linear(4, 4))
        self.below = below
        self.apply(self.fill)

    def fill(self, module):
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)

    def forward(self, x):
        return x
"""


def test_apply_comes_to_each_module_once(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(TOWER)
    result = Worker().analyse(path.as_posix())
    assert result.failure is None and [model.name for model in result.models] == ["Net"]
