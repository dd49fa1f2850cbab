"""A bound on the work that one call reaches makes that call unknown, and leaves the rest of the class read."""

from __future__ import annotations

import textwrap

import pytest

from initlint.interpret import machine
from initlint.interpret.link import Project
from initlint.interpret.roots import NotRead, read_class
from initlint.ir.model import ForwardGraph, Model
from initlint.ir.unknown import Unknown

# Some 90 ** 3 passes.
COSTLY = """\
import torch
from torch import nn


def count(n, *given):
    total = 0
    for i in range(90):
        for j in range(90):
            for k in range(90):
                total = total + i * j * k
    return total
"""


def attempted(source: str, name: str = "Net") -> Model | NotRead | None:
    project = Project({"net.py": (COSTLY + textwrap.dedent(source)).encode()})
    namespace = project.namespace("net.py")
    assert namespace is not None
    return read_class(project, namespace, name)


def read(source: str, name: str = "Net") -> Model:
    found = attempted(source, name)
    assert isinstance(found, Model), found
    return found


def families(model: Model) -> dict[str, str]:
    return {
        parameter.name: "/".join(sorted({action.initializer.family for action in parameter.candidates}))
        for parameter in model.parameters
    }


def test_what_makes_many_modules_may_take_more_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "MOST_STEPS", 1_500)
    loop = "for number in range(100): count_up(width for width in (number, number + 1, number + 2))"
    source = """
        def count_up(widths):
            return max([width for width in widths])

        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.layers = nn.ModuleList()
                LOOP

            def forward(self, x):
                return x
    """
    assert isinstance(attempted(source.replace("LOOP", loop)), NotRead)
    making = read(source.replace("LOOP", loop.replace("count_up(", "self.layers.append(nn.Linear(2, count_up(") + "))"))
    assert len(making.parameters) == 200


def test_a_costly_helper_is_unknown_by_itself() -> None:
    model = read("""
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.size = count(3)
                self.fc = nn.Linear(4, 5)
                nn.init.zeros_(self.fc.bias)

            def forward(self, x):
                return self.fc(x)
    """)
    assert any("`count`, which takes too much work" in unknown.why for unknown in model.unknowns)
    assert families(model) == {"fc.weight": "uniform", "fc.bias": "constant"}
    assert isinstance(model.graph, ForwardGraph)


def test_what_it_was_given_is_no_longer_known() -> None:
    model = read("""
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.fc = nn.Linear(4, 5)
                self.other = nn.Linear(4, 5)
                count(3, self.fc)

            def forward(self, x):
                return self.fc(x)
    """)
    found = families(model)
    assert found["other.weight"] == "uniform"
    assert "unknown" in found["fc.weight"]


def test_a_costly_constructor_of_one_part_spares_the_others() -> None:
    model = read("""
        class Part(nn.Module):
            def __init__(self):
                super().__init__()
                self.fc = nn.Linear(4, 5)
                for i in range(90):
                    for j in range(90):
                        for k in range(90):
                            self.size = i * j * k

        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.part = Part()
                self.fc = nn.Linear(4, 5)

            def forward(self, x):
                return self.fc(x)
    """)
    found = families(model)
    assert found["fc.weight"] == "uniform"
    assert "unknown" in found["part.fc.weight"]


def test_a_costly_call_in_a_forward_is_an_opaque_op() -> None:
    model = read("""
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.one = nn.Linear(4, 4)
                self.two = nn.Linear(4, 4)
                self.three = nn.Linear(4, 4)

            def mixed(self, x):
                y = self.two(x)
                z = torch.relu(y)
                count(3)
                for i in range(90):
                    for j in range(90):
                        for k in range(90):
                            total = i * j * k
                return y

            def forward(self, x):
                x = torch.relu(self.one(x))
                x = self.mixed(x)
                return self.three(torch.relu(x))
    """)
    assert isinstance(model.graph, ForwardGraph)
    ops = {op.id: op for op in model.graph.ops}
    layers = {op.weight: op for op in model.graph.ops if op.kind == "layer"}
    assert set(layers) == {"one.weight", "two.weight", "three.weight"}
    unread = [op for op in ops.values() if op.kind == "opaque"]
    assert any(layers["two.weight"].id in op.inputs for op in unread)
    relu = ops[layers["three.weight"].inputs[0]]
    assert relu.kind == "activation"
    assert ops[relu.inputs[0]] in unread


def test_a_forward_that_is_costly_itself_keeps_what_was_read() -> None:
    model = read("""
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.one = nn.Linear(4, 4)
                self.two = nn.Linear(4, 4)

            def forward(self, x):
                y = self.one(x)
                x = self.two(torch.relu(y))
                for i in range(90):
                    for j in range(90):
                        for k in range(90):
                            total = i * j * k
                return torch.tanh(x + y)
    """)
    assert isinstance(model.graph, ForwardGraph)
    one, two = (op for op in model.graph.ops if op.kind == "layer")
    (tail,) = (op for op in model.graph.ops if op.kind == "opaque")
    assert {one.id, two.id} <= set(tail.inputs)


def test_a_graph_beyond_the_bound_ends_in_an_opaque_op() -> None:
    model = read("""
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.one = nn.Linear(4, 4)

            def forward(self, x):
                x = torch.relu(self.one(x))
                for i in range(200):
                    for j in range(200):
                        x = torch.relu(x)
                return x
    """)
    assert isinstance(model.graph, ForwardGraph)
    assert model.graph.ops[-1].kind == "output"
    assert model.graph.ops[-2].kind == "opaque"


def test_the_top_of_a_module_has_bounds_of_its_own() -> None:
    model = read("""
        TABLE = [count(i) for i in range(100)]


        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.size = TABLE
                self.fc = nn.Linear(4, 5)

            def forward(self, x):
                return self.fc(x)
    """)
    assert families(model) == {"fc.weight": "uniform", "fc.bias": "uniform"}


def test_undecided_conditions_that_cost_little_are_no_bound() -> None:
    model = read("""
        class Net(nn.Module):
            def __init__(self, width):
                super().__init__()
                sizes = []
                for number in range(3000):
                    sizes.append(number if width > number else 0)
                self.fc = nn.Linear(4, 5)

            def forward(self, x):
                return self.fc(x)
    """)
    assert not any("undecided" in unknown.why for unknown in model.unknowns)


def test_a_class_with_nothing_but_costly_work_is_not_known() -> None:
    project = Project({"net.py": (COSTLY + "\n\nclass Net(nn.Module):\n    x = count(2)\n").encode()})
    namespace = project.namespace("net.py")
    assert namespace is not None
    found = read_class(project, namespace, "Net")
    assert found is None or isinstance(found, NotRead) or isinstance(found.graph, Unknown)
