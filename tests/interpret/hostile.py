"""Constructors that must not hang or crash the analysis: those of hostile.txt, and some that are too long for it."""

from __future__ import annotations

from pathlib import Path

_HEAD = "import itertools\nimport math\n\nimport torch\nfrom torch import nn\n\n\n"
_CLASS = "class {}({}):\n    def __init__({}):\n        super().__init__()\n"


def _net(lines: list[str], arguments: str = "", name: str = "Net", base: str = "nn.Module") -> str:
    signature = f"self, {arguments}" if arguments else "self"
    return _CLASS.format(name, base, signature) + "".join(f"        {line}\n" for line in lines)


def _written() -> dict[str, str]:
    """The sources of hostile.txt: each stands under a line with its name."""
    text = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8")
    sections = (section.partition("\n") for section in text.split("=== ")[1:])
    return {name: source for name, _, source in sections}


def _generated() -> dict[str, str]:
    flags = ", ".join(f"f{number}" for number in range(60))
    modules = [_net([f"self.m = M{number + 1}()"], name=f"M{number}") for number in range(100)]
    heirs = [_net([f"self.m{n} = nn.Linear(1, 1)"], name=f"M{n}", base=f"M{n - 1}") for n in range(1, 100)]
    appends = [f"if f{number}: layers.append(nn.ReLU())" for number in range(60)]
    branches = "".join(f"        if m[{number}]: x = self.fc(x)\n" for number in range(80))
    return {
        "recursion-deep_modules": "".join(modules) + "class M100(nn.Module): pass\n",
        "recursion-deep_inheritance": "class M0(nn.Module): pass\n" + "".join(heirs),
        "branches-sixty_flags": _net([f"if f{n}: self.fc = nn.Linear({n + 1}, 1)" for n in range(60)], flags),
        "branches-sixty_appends": _net(["layers = []", *appends, "self.layers = nn.Sequential(*layers)"], flags),
        "branches-forward_flags": _net(["self.fc = nn.Linear(1, 1)"]) + f"    def forward(self, x, m):\n{branches}",
        "branches-nested_ifs": _net(["  " * n + "if a:" for n in range(60)] + ["  " * 60 + "self.fc = nn.ReLU()"], "a"),
        "branches-nested_calls": "def f(x): return x\n" + _net(["n = " + "f(" * 80 + "1" + ")" * 80]),
        "sizes-long_sum": _net(["n = " + "+".join(["1"] * 3000), "self.fc = nn.Linear(n, 1)"]),
        "sizes-many_layers": _net([f"self.l{n} = nn.Linear({n + 1}, {n + 2})" for n in range(1000)]),
    }


ALL = {name: _HEAD + source for name, source in {**_written(), **_generated()}.items()}
