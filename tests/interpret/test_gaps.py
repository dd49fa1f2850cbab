"""What counts as not read, and what does not."""

from __future__ import annotations

import textwrap

import pytest

from initlint.interpret.link import Project
from initlint.interpret.roots import NotRead, read_class
from initlint.ir.gaps import Gap, Reading, gaps, not_read, reading, reasons
from initlint.ir.model import Model
from initlint.ir.place import Place
from initlint.ir.text import reading_text

HEAD = """\
import numpy as np
import torch
import torch.nn.functional as F
from other import load_weights, read
from torch import nn

"""
NET = "class Net(nn.Module):\n    def __init__(self, width, depth=3):\n        super().__init__()\n"


def model_of(constructor: str, forward: str = "", extra: str = "") -> Model:
    source = HEAD + NET + textwrap.indent(textwrap.dedent(constructor).strip() + "\n", " " * 8)
    if forward:
        source += "\n    def forward(self, x, mask=None):\n" + textwrap.indent(
            textwrap.dedent(forward).strip(), " " * 8
        )
    source += f"\n\n\n{extra}\n"
    project = Project({"net.py": source.encode()})
    namespace = project.namespace("net.py")
    assert namespace is not None
    found = read_class(project, namespace, "Net")
    assert isinstance(found, Model), found
    return found


def brief(found: Model) -> list[tuple[str, str, str]]:
    return [(gap.part, gap.name, gap.why) for gap in gaps(found)]


@pytest.mark.parametrize(
    ("constructor", "forward"),
    [
        ("self.fc = nn.Linear(width, 4)", "return self.fc(x)"),
        ("self.fc = nn.Linear(4, 4, bias=width)", "return self.fc(x)"),
        ("self.fc = nn.Linear(4, 4)", ""),
        ("self.fc = nn.Linear(4, 4)", "print(np.mean(x))\nreturn self.fc(x)"),
        ("self.fc = nn.Linear(4, 4)\nself.log = open_log('a')", "return self.fc(x)"),
        ("self.fc = nn.Linear(4, 4)\nif hasattr(self.fc, 'gamma'):\n    self.fc.gamma = 3", "return self.fc(x)"),
        ("self.emb = nn.Embedding(9, 4)", "return self.emb(torch.frexp(x))"),
        ("self.fc = nn.Linear(4, 4)", "torch.frexp(x)\nreturn self.fc(x)"),
        ("self.fc = nn.Linear(4, 4)\nself.register_buffer('b', load('b.pt'))", "return self.fc(x)"),
        ("self.fc = nn.Linear(4, 4)\nif width > 3:\n    nn.init.zeros_(self.fc.weight)", "return self.fc(x)"),
        ("self.w = nn.Parameter(torch.empty(3, width))", "return F.linear(x, self.w)"),
    ],
)
def test_what_the_model_does_not_depend_on_is_no_gap(constructor: str, forward: str) -> None:
    assert brief(model_of(constructor, forward)) == []


@pytest.mark.parametrize(
    ("constructor", "forward", "wanted"),
    [
        ("self.fc = nn.Linear(read(), 4, bias=False)", "return self.fc(x)", ("shape", "fc.weight", "read")),
        ("self.fc = nn.Linear(2, 4)\nnn.init.normal_(self.fc.weight, std=read())", "", ("value", "fc.weight", "read")),
        ("self.fc = nn.Linear(2, 4)\nload_weights(self.fc)", "", ("value", "fc.weight", "load_weights")),
        ("import other\nself.fc = other.Layer()", "return self.fc(x)", ("forward", "1", "other.Layer")),
        ("self.fc = nn.Linear(2, 4)", "return torch.std(self.fc(x))", ("forward", "2", "std")),
        ("self.fc = nn.Linear(2, 4)", "return self.fc(read())", ("forward", "1", "called without a tensor")),
        ("self.fc = nn.Sequential(*read())", "return 3", ("lost", "", "`*` of an unknown list")),
        ("self.fc = nn.Linear(2, 4)", "x = self.fc(x)\nreturn read()", ("forward", "output", "the forward returns")),
    ],
)
def test_what_is_missing_of_the_model_is_a_gap(constructor: str, forward: str, wanted: tuple[str, str, str]) -> None:
    part, name, words = wanted
    found = brief(model_of(constructor, forward))
    assert any(gap[:2] == (part, name) and words in gap[2] for gap in found), found


def test_a_reason_counts_once_with_its_parts() -> None:
    how_far = reading(
        model_of("n = read()\nself.a = nn.Linear(n, n)\nself.b = nn.Linear(n, 2)", "return self.b(self.a(x))")
    )
    assert how_far.state == "partly"
    (first,) = how_far.reasons
    # Both shapes, and both spreads of what torch fills in by default.
    assert (first.why, first.parts) == ("the result of `other.read`", 7)
    assert (how_far.unknown_parameters, how_far.parameters, how_far.unknown_operations) == (4, 4, 0)
    assert "7 × the result of `other.read`" in reading_text(how_far)


def test_the_dearest_reason_comes_first_and_of_equals_the_first_found() -> None:
    one, two = Place("a.py", 0, 1), Place("a.py", 0, 2)
    found = [
        Gap("shape", "a", "x", one),
        Gap("value", "a", "y", two),
        Gap("shape", "b", "y", two),
        Gap("module", "c", "z", None),
    ]
    assert [(reason.why, reason.parts) for reason in reasons(found)] == [("y", 2), ("x", 1), ("z", 1)]


def test_a_class_that_was_not_read() -> None:
    project = Project({"net.py": (HEAD + NET + "        while True:\n            self.x = f(self.x)\n").encode()})
    namespace = project.namespace("net.py")
    assert namespace is not None
    found = read_class(project, namespace, "Net")
    how_far = not_read(found.name, found.place, found.why) if isinstance(found, NotRead) else None
    assert how_far is None or how_far.state == "not"
    assert reading_text(Reading("Net", Place("net.py", 0, 1), "fully")) == "  read fully\n"
