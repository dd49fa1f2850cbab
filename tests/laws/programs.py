"""Random model files, put together from the idioms of real ones. One strategy: :func:`programs`."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Files = dict[str, str]

_HEAD = """\
import math
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn
"""
# Common ones are there more than once, and faults are common: a law about findings needs some.
_ACTIVATIONS = ("ReLU", "ReLU", "ReLU", "ReLU", "Tanh", "GELU", "LeakyReLU", "Sigmoid", "SiLU")
_WEIGHTS = (
    "nn.init.xavier_uniform_({w})", "nn.init.xavier_uniform_({w})", "nn.init.xavier_uniform_({w})",
    "nn.init.xavier_normal_({w})", "nn.init.xavier_normal_({w}, gain={g})", "nn.init.kaiming_normal_({w})",
    "nn.init.kaiming_uniform_({w}, a=math.sqrt(5))",
    "nn.init.kaiming_normal_({w}, mode='fan_out', nonlinearity='relu')",
    "nn.init.normal_({w}, std={s})", "nn.init.normal_({w}, 0.0, {s})", "nn.init.uniform_({w}, -{s}, {s})",
    "nn.init.zeros_({w})", "nn.init.constant_({w}, {s})", "nn.init.orthogonal_({w}, gain={g})",
    "nn.init.trunc_normal_({w}, std={s})", "{w}.data.normal_(0, {s})", "{w}.data.uniform_(-{s}, {s})",
    "{w}.data.copy_(torch.randn_like({w}) * {s})",
)  # fmt: skip
_BIASES = ("nn.init.zeros_({b})", "nn.init.constant_({b}, 0.1)", "{b}.data.zero_()", "nn.init.normal_({b}, std=0.01)")

number = st.sampled_from(["4", "8", "16", "32"])
small = st.sampled_from(["0.02", "0.1", "1e-3", "1.0", "2"])
gain = st.sampled_from(["1.0", "math.sqrt(2)", "0.5", "nn.init.calculate_gain('relu')"])


def indented(lines: list[str], by: int = 1) -> list[str]:
    return [f"{'    ' * by}{line}" for line in lines]


@st.composite
def filling(draw: Any, weight: str, bias: str = "") -> list[str]:
    """Statements that fill a weight, and perhaps its bias."""
    lines = [draw(st.sampled_from(_WEIGHTS)).format(w=weight, g=draw(gain), s=draw(small))]
    if bias and draw(st.booleans()):
        lines += [f"if {bias} is not None:", f"    {draw(st.sampled_from(_BIASES)).format(b=bias)}"]
    return lines


@st.composite
def activation(draw: Any) -> tuple[str, list[str]]:
    """An expression that makes an activation module, and what must stand at the module's top level for it."""
    name = draw(st.sampled_from(_ACTIVATIONS))
    return draw(
        st.sampled_from(
            [
                (f"nn.{name}()", []),
                (f"getattr(nn, '{name}')()", []),
                (
                    f"ACTIVATIONS['{name.lower()}']()",
                    [f"ACTIVATIONS = {{'{name.lower()}': nn.{name}, 'none': nn.Identity}}"],
                ),
                ("make_activation()", [f"make_activation = partial(nn.{name})"]),
                ("Activation()", [f"Activation = nn.{name}"]),
            ]
        )
    )


@st.composite
def stack(draw: Any, act: str) -> tuple[list[str], list[str], list[str]]:
    """A stack of layers: lines of the constructor, lines of the forward, and what stands at the top level."""
    alike = st.tuples(number, st.integers(2, 12)).map(lambda found: [found[0]] * found[1])
    sizes = draw(alike | st.lists(number, min_size=2, max_size=6))
    pairs = list(zip(["inputs", *sizes], sizes))
    norm = draw(st.sampled_from([None, None, None, None, "nn.BatchNorm1d({})", "nn.LayerNorm({})"]))
    style = draw(st.integers(0, 6))
    if style == 0:
        layers = [part for a, b in pairs for part in (f"nn.Linear({a}, {b})", *([norm.format(b)] if norm else []), act)]
        return [f"self.body = nn.Sequential({', '.join(layers)})"], ["x = self.body(x)"], []
    if style == 1:
        made = [
            "layers, width = [], inputs",
            f"for size in [{', '.join(sizes)}]:",
            "    layers.append(nn.Linear(width, size))",
        ]
        made += [
            f"    layers += [{norm.format('size')}, {act}]" if norm else f"    layers.append({act})",
            "    width = size",
        ]
        return [*made, "self.body = nn.Sequential(*layers)"], ["x = self.body(x)"], []
    if style == 2:
        made = [f"sizes = [inputs, {', '.join(sizes)}]"]
        made += ["self.body = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))", f"self.act = {act}"]
        return made, ["for layer in self.body:", "    x = self.act(layer(x))"], []
    if style == 3:
        made = [f"self.fc{number} = nn.Linear({a}, {b})" for number, (a, b) in enumerate(pairs)] + [f"self.act = {act}"]
        return made, [f"x = self.act(self.fc{number}(x))" for number in range(len(pairs))], []
    if style == 4:
        helper = ["def block(inputs, outputs):", f"    return nn.Sequential(nn.Linear(inputs, outputs), {act})"]
        calls = ", ".join(f"block({a}, {b})" for a, b in pairs)
        return [f"self.body = nn.Sequential({calls})"], ["x = self.body(x)"], helper
    if style == 5:
        block = ["class Block(nn.Module):", "    def __init__(self, inputs, outputs):", "        super().__init__()"]
        block += ["        self.fc = nn.Linear(inputs, outputs)", f"        self.act = {act}", ""]
        block += ["    def forward(self, x):", "        return self.act(self.fc(x))"]
        made = [f"self.body = nn.ModuleList([{', '.join(f'Block({a}, {b})' for a, b in pairs)}])"]
        return made, ["for block in self.body:", "    x = block(x)"], block
    made = [f"self.into = nn.Linear(inputs, {sizes[0]})"]
    made += [
        f"self.body = nn.ModuleList([nn.Linear({sizes[0]}, {sizes[0]}) for _ in range({len(sizes)})])",
        f"self.act = {act}",
    ]
    return made, ["x = self.into(x)", "for layer in self.body:", "    x = x + layer(self.act(x))"], []


@st.composite
def initialisation(draw: Any) -> tuple[list[str], list[str], list[str]]:
    """How weights are filled: lines of the constructor, methods of the class, and functions."""
    style = draw(st.sampled_from([0, 1, 1, 2, 2, 3, 3, 4, 5, 6]))
    body = draw(filling("m.weight", "m.bias"))
    by_type = ["if isinstance(m, nn.Linear):", *indented(body)]
    if style == 0:
        return [], [], []
    if style == 1:
        return ["for m in self.modules():", *indented(by_type)], [], []
    if style == 2:
        return ["self.apply(self._init_weights)"], ["def _init_weights(self, m):", *indented(by_type)], []
    if style == 3:
        return ["self.apply(init_weights)"], [], ["def init_weights(m):", *indented(by_type)]
    if style == 4:
        lines = draw(filling("p"))
        return (
            [
                "for name, p in self.named_parameters():",
                "    if name.endswith('weight') and p.dim() > 1:",
                *indented(lines, 2),
            ],
            [],
            [],
        )
    if style == 5:
        return (
            ["self.reset_parameters()"],
            ["def reset_parameters(self):", *indented(draw(filling("self.head.weight")))],
            [],
        )
    return draw(filling("self.head.weight", "self.head.bias")), [], []


@st.composite
def programs(draw: Any, helpers: bool | None = None) -> Files:
    """One model in ``net.py``; its functions and smaller classes in ``parts.py`` where ``helpers`` says so."""
    act, needs = draw(activation())
    made, run, top = draw(stack(act))
    filled, methods, functions = draw(initialisation())
    outputs = draw(number)
    init = ["super().__init__()", *made, f"self.head = nn.Linear({draw(number)}, {outputs})", *filled]
    signature = f"def __init__(self, inputs={draw(number)}):" if draw(st.booleans()) else "def __init__(self, inputs):"
    lines = ["class Net(nn.Module):", f"    {signature}", *indented(init, 2), "", "    def forward(self, x):"]
    lines += [*indented([*run, "return self.head(x)"], 2), "", *indented(methods)]
    apart = bool(top or functions or needs) and (draw(st.booleans()) if helpers is None else helpers)
    parts = [*needs, "", "", *top, "", "", *functions]
    if not apart:
        return {"net.py": "\n".join([_HEAD, *parts, "", "", *lines, ""])}
    names = [line.split("(")[0].split(" ")[1] for line in [*top, *functions] if line.startswith(("def ", "class "))]
    names += [line.split(" ")[0] for line in needs]
    imported = f"from parts import {', '.join(names)}\n"
    return {"net.py": "\n".join([_HEAD + imported, "", *lines, ""]), "parts.py": "\n".join([_HEAD, *parts, ""])}
