"""Exponents that no formula is for leave the signal unknown, and nothing else."""

from pathlib import Path

import pytest

from initlint.analysis import Worker

NET = """
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(64, 64), nn.Linear(64, 64)

    def forward(self, x):
        return self.second(self.first(x) ** {power})
"""


@pytest.mark.parametrize("power", ["float('nan')", "float('inf')", "1e400", "-1", "0.5", "0", "2"])
def test_any_power_is_taken(power: str, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(NET.format(power=power))
    assert Worker().analyse(path.as_posix()).failure is None
