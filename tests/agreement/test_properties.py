"""Random small constructors: what the static model knows is what torch builds."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from initlint.interpret.link import Project  # noqa: E402
from initlint.interpret.roots import read_class  # noqa: E402
from initlint.ir.model import Model  # noqa: E402
from tests.agreement.compare import compare, live_modules  # noqa: E402

_HEAD = """import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, a=3, b=5):
        super().__init__()
"""
_NAMES = ("a", "b", "c", "d")
_WRITES = (
    "nn.init.normal_({}, std=0.02)", "nn.init.uniform_({}, -0.1, 0.3)", "nn.init.constant_({}, 0.5)",
    "nn.init.xavier_uniform_({})", "nn.init.xavier_normal_({}, gain=2)",
    "nn.init.kaiming_normal_({}, nonlinearity='relu')",
    "nn.init.kaiming_uniform_({}, a=5 ** 0.5, mode='fan_out')", "nn.init.zeros_({})", "{}.data.normal_(1, 0.1)",
    "{}.data.mul_(0.5)", "{}.data.fill_(3)", "{}.data.uniform_(-1, 1)", "nn.init.trunc_normal_({}, std=0.02)",
)  # fmt: skip
_LISTS = (
    "layers.append({})", "layers.insert(0, {})", "layers += [{}]", "layers.extend([nn.ReLU(), {}])",
    "layers = [{}] + layers", "layers = [*layers, {}]", "layers = layers[:-1] + [{}]", "layers[0] = {}",
)  # fmt: skip

number = st.integers(1, 6).map(str)
name = st.sampled_from(_NAMES)
size: st.SearchStrategy[str] = st.recursive(
    number | name,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "*"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, number).map(lambda t: f"({t[0]} // {t[1]} + 1)"),
        st.tuples(st.sampled_from(["max", "min"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
    ),
    max_leaves=3,
)
test = st.tuples(size, st.sampled_from(["<", ">=", "==", "!="]), size).map(lambda t: f"{t[0]} {t[1]} {t[2]}")
# Variables grow in loops; layers stay small.
width = size.map(lambda expression: f"min({expression}, 12)")
layer = st.one_of(
    st.tuples(width, width, st.booleans()).map(lambda t: f"nn.Linear({t[0]}, {t[1]}, bias={t[2]})"),
    st.tuples(width, width, st.sampled_from(["1", "3", "(1, 2)"])).map(lambda t: f"nn.Conv2d({t[0]}, {t[1]}, {t[2]})"),
    width.map(lambda s: f"nn.LayerNorm({s})"),
    st.tuples(width, width).map(lambda t: f"nn.Embedding({t[0]}, {t[1]})"),
    st.tuples(width, width).map(lambda t: f"nn.Sequential(nn.Linear({t[0]}, {t[1]}), nn.Tanh())"),
)
attribute = st.integers(0, 3).map(lambda n: f"self.l{n}")
write = st.sampled_from(_WRITES)


def indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


assign = st.tuples(name, size).map(lambda t: [f"{t[0]} = {t[1]}"])
store = st.tuples(attribute, layer).map(lambda t: [f"{t[0]} = {t[1]}"])
grow = st.tuples(st.sampled_from(_LISTS), layer).map(lambda t: [t[0].format(t[1])])
added = st.tuples(number, layer).map(lambda t: [f"self.add_module('m{t[0]}', {t[1]})"])
parameter = st.tuples(width, width).map(lambda t: [f"self.p = nn.Parameter(torch.randn({t[0]}, {t[1]}) * 0.1)"])
by_type = st.tuples(st.sampled_from(["nn.Linear", "(nn.Linear, nn.Conv2d)", "nn.Embedding"]), write).map(
    lambda t: ["for m in self.modules():", f"    if isinstance(m, {t[0]}):", f"        {t[1].format('m.weight')}"]
)
by_shape = write.map(lambda w: ["for p in self.parameters():", "    if p.dim() > 1:", f"        {w.format('p')}"])
by_name = st.tuples(st.sampled_from(["'l1' in n", "n.endswith('0.weight')", "n.startswith('m')"]), write).map(
    lambda t: ["for n, p in self.named_parameters():", f"    if {t[0]} and p.ndim > 1:", f"        {t[1].format('p')}"]
)
simple = st.one_of(assign, store, grow, added, parameter, by_type, by_shape, by_name)


def compound(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    block = st.lists(inner, min_size=1, max_size=3).map(lambda found: [line for lines in found for line in lines])
    return st.one_of(
        st.tuples(test, block, block).map(lambda t: [f"if {t[0]}:", *indented(t[1]), "else:", *indented(t[2])]),
        st.tuples(test, block).map(lambda t: [f"if {t[0]}:", *indented(t[1])]),
        st.tuples(st.integers(0, 3), block).map(lambda t: [f"for c in range(1, {t[0] + 1}):", *indented(t[1])]),
        st.tuples(name, st.lists(size, max_size=3), block).map(
            lambda t: [f"for {t[0]} in [{', '.join(t[1])}]:", *indented(t[2])]
        ),
        st.tuples(number, block).map(
            lambda t: [f"d = {t[0]}", "while d > 2:", *indented([*t[1], "d = min(d, 6) - 2"])]
        ),
    )


statements = st.lists(st.recursive(simple, compound, max_leaves=4), min_size=2, max_size=8)


@st.composite
def programs(draw: Any) -> str:
    """The source of a module class whose constructor runs."""
    body = ["c = 2", "d = 4", "layers = [nn.Linear(2, 3)]"]
    for lines in draw(statements):
        body += lines
    body.append("self.layers = nn.ModuleList(layers)")
    body += draw(
        st.sampled_from([[], ["nn.init.zeros_(self.layers[-1].weight) if hasattr(layers[-1], 'weight') else None"]])
    )
    return _HEAD + "".join(f"        {line}\n" for line in body)


@given(programs())
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_random_constructors_agree_with_torch(source: str) -> None:
    scope: dict[str, Any] = {}
    exec(compile(source, "random.py", "exec"), scope)
    live = live_modules(scope["Net"])
    project = Project({"random.py": source.encode()})
    namespace = project.namespace("random.py")
    assert namespace is not None
    model = read_class(project, namespace, "Net")
    assert isinstance(model, Model), model
    result = compare(model, live)
    assert (result.wrong, result.missing, result.unknown) == ([], [], []), source
