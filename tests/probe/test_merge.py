"""`initlint check --probe`: confirmed, withdrawn, added."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

NET = """import threading

import torch
from torch import nn


def fill(weight):
    nn.init.kaiming_normal_(weight)


class Dead(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 16)
        nn.init.zeros_(self.fc.weight)
        nn.init.zeros_(self.fc.bias)
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        return self.head(torch.relu(self.fc(x)))


class Alive(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 16)
        nn.init.zeros_(self.fc.weight)
        nn.init.zeros_(self.fc.bias)
        job = threading.Thread(target=fill, args=(self.fc.weight,))
        job.start()
        job.join()
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        return self.head(torch.relu(self.fc(x)))


class Hidden(nn.Module):
    def __init__(self, sizes=(16, 16)):
        super().__init__()
        self.fc = nn.Linear(*sizes)
        self.fc.bias.detach().numpy()[:] = -9
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        return self.head(torch.relu(self.fc(x)))


class Fails(nn.Module):
    def __init__(self):
        super().__init__()
        raise OSError("not here")

    def forward(self, x):
        return x
"""


def findings(path: Path, *options: str) -> tuple[list[dict[str, Any]], str]:
    command = [sys.executable, "-m", "initlint", "check", "net.py", "--format", "json", "--isolated", *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=path, timeout=240)
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout), done.stderr


def test_what_is_predicted_and_measured(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(NET)
    before, _ = findings(tmp_path)
    assert [(each["code"], each["line"]) for each in before] == [("IL101", 15), ("IL101", 27)]
    after, notes = findings(tmp_path, "--probe")
    assert [(each["code"], each["class"]) for each in after if each["severity"] != "info"] == [
        ("IL101", "Dead"), ("IL905", "Hidden")
    ]  # fmt: skip
    assert "(measured, too: IL901" in after[0]["message"]
    (withdrawn,) = [each for each in after if each["code"] == "IL917" and each["line"] == 27]
    assert "IL101 zero-weight-init was predicted here, but measured is the contrary: all" in withdrawn["message"]
    assert "net.py:Fails: not measured: it could not be built" in notes
