"""Notebooks that show something, and train nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from initlint.diagnostics import Severity
from initlint.engine import check_files
from initlint.selection import selected_codes

NET = """\
import torch
from torch import nn

net = nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10))

def ones(module):
    if type(module) is nn.Linear:
        nn.init.constant_(module.weight, 1)

net.apply(ones)"""
SHOWS = "print(net(torch.rand(2, 20)))"
TRAINS = "loss = net(torch.rand(2, 20)).sum()\nloss.backward()"


def severities(folder: Path, *cells: str) -> list[tuple[str, Severity]]:
    held = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    (folder / "lesson.ipynb").write_text(json.dumps({"cells": held, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    found = check_files(["lesson.ipynb"], selected_codes((), ())).diagnostics
    return [(each.code, each.severity) for each in found]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_constant_weights_that_are_only_shown_are_advice(tmp_path: Path) -> None:
    assert severities(tmp_path, NET, SHOWS) == [("IL102", Severity.INFO)]


def test_constant_weights_that_are_trained_are_an_error(tmp_path: Path) -> None:
    assert severities(tmp_path, NET, TRAINS) == [("IL102", Severity.ERROR)]


def test_a_call_that_raises_is_an_error_in_a_lesson_too(tmp_path: Path) -> None:
    assert severities(tmp_path, NET.replace("constant_(module.weight, 1)", "xavier_uniform_(module.bias)"), SHOWS) == [
        ("IL602", Severity.ERROR)
    ]


def test_a_cell_that_its_reader_completes_is_no_error(tmp_path: Path) -> None:
    assert severities(tmp_path, "import torch", "# TODO: choose the sizes\nnet = make(?, ?, bins=(?, ?))") == []
    assert severities(tmp_path, "import torch", "net = make(1, 2") == [("IL001", Severity.WARNING)]
