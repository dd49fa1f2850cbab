"""What a rule wishes, as edits: only what has to change is touched, and names are spelt as the file does."""

from __future__ import annotations

import ast

import pytest

from initlint.diagnostics import (
    BuildEach,
    Guard,
    InitCall,
    NameArgument,
    NewLines,
    PlacedEdit,
    Quarter,
    Readdress,
    SetArgument,
    ToEnd,
    Unwrap,
    Wish,
    Wrap,
)  # fmt: skip
from initlint.ir.place import Place, Span
from initlint.syntax.edit import apply_edits
from initlint.syntax.rewrite import rewrite
from initlint.syntax.source import Source

HERE = Place("net.py", 0, 0)
KAIMING = InitCall(HERE, "torch.nn.init.kaiming_normal_", ('nonlinearity="relu"',))


def rewritten(text: str, marked: str, *wishes: Wish) -> str | None:
    """The text with the wishes done at the first place where ``marked`` stands."""
    source = Source("net.py", text)
    start = text.index(marked)
    ends = [text[:offset].split("\n") for offset in (start, start + len(marked))]
    (line, column), (end_line, end_column) = [(len(lines), len(lines[-1]) + 1) for lines in ends]
    edits = rewrite(source, wishes, lambda _: Span("net.py", line, column, end_line, end_column))
    if edits is None:
        return None
    new = apply_edits(source, edits).decode()
    ast.parse(new)
    return new


@pytest.mark.parametrize(
    ("imports", "call", "new"),
    [
        ("from torch import nn", "nn.init.xavier_uniform_(m.weight)", 'nn.init.kaiming_normal_(m.weight, {})'),
        ("import torch", "torch.nn.init.normal_(w, 0, 2)", "torch.nn.init.kaiming_normal_(w, {})"),
        ("import torch.nn as nn", "nn.init.normal_(tensor=w, std=2)", "nn.init.kaiming_normal_(tensor=w, {})"),
        ("import torch.nn.init as I", "I.zeros_(self.a[0].weight)", "I.kaiming_normal_(self.a[0].weight, {})"),
        ("from torch.nn import init", "init.zeros_( w )", "init.kaiming_normal_( w, {})"),
        ("from torch import nn", "m.weight.data.normal_(0, 0.02)", "nn.init.kaiming_normal_(m.weight, {})"),
        ("import torch", "m.weight.zero_()", "torch.nn.init.kaiming_normal_(m.weight, {})"),
        ("from torch import nn", "self.w.fill_(1)", "nn.init.kaiming_normal_(self.w, {})"),
        ("from torch import nn", "weights[i].data.fill_(1)", "nn.init.kaiming_normal_(weights[i], {})"),
        ("from torch import nn", "trunc_normal_(w, std=.02)", "nn.init.kaiming_normal_(w, {})"),
        (
            "from torch import nn",
            "nn.init.normal_(\n    m.weight,  # the weight\n    0,\n)",
            None,
        ),
        (
            "from torch import nn",
            "nn.init.normal_(\n    m.weight,\n    0,\n    2,\n)",
            "nn.init.kaiming_normal_(\n    m.weight,\n    {},\n)",
        ),
        (
            "from torch import nn",
            "nn.init.normal_(  # by hand\n    m.weight)",
            None,
        ),
        (
            "from torch import nn",
            "nn.init.zeros_(\n    m.weight,\n)",
            "nn.init.kaiming_normal_(\n    m.weight,\n    {},\n)",
        ),
        (
            "from torch import nn",
            "nn.init.zeros_(\n    m.weight\n)",
            "nn.init.kaiming_normal_(\n    m.weight,\n    {}\n)",
        ),
        ("from torch import nn", "nn.init.zeros_((w))", None),
        ("from torch import nn", "nn.init.zeros_(*w)", None),
        ("from torch import nn", "constant_init(module, 0)", None),
        ("import torch", "torch.zeros(3, 4)", None),
        ("from torch import nn", "nn.Linear(3, 4)", None),
        ("from torch import nn", "make()(w)", None),
        ("from torch import nn", "m.weight.detach().zero_()", None),
    ],
)  # fmt: skip
def test_another_draw(imports: str, call: str, new: str | None) -> None:
    text = f"{imports}\nx = '層'; {call}  # kept\n"
    expected = None if new is None else text.replace(call, new.format('nonlinearity="relu"'))
    assert rewritten(text, call, KAIMING) == expected


def test_arguments_may_go() -> None:
    wish = InitCall(HERE, "torch.nn.init.xavier_normal_")
    text = "from torch import nn\nnn.init.kaiming_normal_(w, a=2, )\nnn.init.kaiming_normal_(\n    w,\n    a=2\n)\n"
    assert rewritten(text, "nn.init.kaiming_normal_(w, a=2, )", wish) == text.replace(
        "kaiming_normal_(w, a=2, )", "xavier_normal_(w)", 1
    )
    spread = "nn.init.kaiming_normal_(\n    w,\n    a=2\n)"
    assert rewritten(text, spread, wish) == text.replace(spread, "nn.init.xavier_normal_(\n    w\n)")


CALL = "xavier_uniform_(w)"


@pytest.mark.parametrize(
    ("head", "imported", "spelt"),
    [
        ("from torch.nn.init import xavier_uniform_", "from torch.nn.init import xavier_uniform_, kaiming_normal_", ""),
        (
            "from torch.nn.init import (\n    zeros_,\n    xavier_uniform_,\n)",
            "from torch.nn.init import (\n    zeros_,\n    xavier_uniform_,\n    kaiming_normal_,\n)",
            "",
        ),
        (
            "from torch.nn.init import (\n    xavier_uniform_  # é\n)",
            "from torch.nn.init import (\n    xavier_uniform_,\n    kaiming_normal_  # é\n)",
            "",
        ),
        ("from torch.nn.init import kaiming_normal_ as k, xavier_uniform_", None, "k"),
        ("from torch.nn.init import xavier_uniform_\nfrom torch import nn", None, "nn.init.kaiming_normal_"),
        ("from torch.nn.init import *", "from torch.nn.init import *", None),
        ("from timm.layers import xavier_uniform_", "from timm.layers import xavier_uniform_\nfrom torch import nn",
         "nn.init.kaiming_normal_"),
        ("import torch as t\nfrom x import xavier_uniform_", None, "t.nn.init.kaiming_normal_"),
        ("if TYPE_CHECKING:\n    from torch import nn\nelse:\n    from torch import nn", None,
         "nn.init.kaiming_normal_"),
        ("try:\n    from torch import nn\nexcept ImportError:\n    pass", None, "nn.init.kaiming_normal_"),
        ("nn = 3", "import torch\n\nnn = 3", "torch.nn.init.kaiming_normal_"),
        ("from torch import nn\ndef f(nn): pass", "from torch import nn\nimport torch\ndef f(nn): pass",
         "torch.nn.init.kaiming_normal_"),
        ("if TYPE_CHECKING:\n    from torch import nn", "import torch\n\nif TYPE_CHECKING:\n    from torch import nn",
         "torch.nn.init.kaiming_normal_"),
        ("def f():\n    from torch import nn", "import torch\n\ndef f():\n    from torch import nn",
         "torch.nn.init.kaiming_normal_"),
        ("nn = torch = 3", "", None),
    ],
)  # fmt: skip
def test_names_are_spelt_as_the_file_does(head: str, imported: str | None, spelt: str | None) -> None:
    text = f"{head}\n{CALL}\n"
    new = rewritten(text, CALL, KAIMING)
    if spelt is None:
        # Neither a name that may mean something else, nor one that hides it.
        assert new is None
        return
    call = f'{spelt or "kaiming_normal_"}(w, nonlinearity="relu")'
    assert new == f"{head if imported is None else imported}\n{call}\n"


MATH = NewLines(HERE, "{torch.nn.init.normal_}(w, std={math.sqrt}(2))", "after")


@pytest.mark.parametrize(
    ("head", "new"),
    [
        ("import torch", "import math\n\nimport torch"),
        ("import os\nimport torch", "import math\nimport os\nimport torch"),
        ("import abc\n\nimport torch", "import abc\nimport math\n\nimport torch"),
        ("from __future__ import annotations\n\nimport torch",
         "from __future__ import annotations\n\nimport math\n\nimport torch"),
        ('"""Text."""\nimport abc, torch', '"""Text."""\nimport abc, torch\nimport math'),
    ],
)  # fmt: skip
def test_imports_stand_where_a_person_puts_them(head: str, new: str) -> None:
    assert rewritten(f"{head}\nmark\n", "mark", MATH) == f"{new}\nmark\ntorch.nn.init.normal_(w, std=math.sqrt(2))\n"


@pytest.mark.parametrize(
    ("head", "new"),
    [
        ("", "from torch import nn\n\n"),
        ("# text\n", "# text\nfrom torch import nn\n\n"),
        ('"""Text."""\n', '"""Text."""\n\nfrom torch import nn\n'),
        ("import torchvision\nimport os\n", "import torchvision\nimport os\nfrom torch import nn\n"),
        (
            "from torch.utils import data\nimport zlib\n",
            "from torch.utils import data\nfrom torch import nn\nimport zlib\n",
        ),
    ],
)  # fmt: skip
def test_torch_is_imported_where_nothing_leads_to_it(head: str, new: str) -> None:
    wish = NewLines(HERE, "{torch.nn.init.zeros_}(w)")
    assert rewritten(f"{head}mark = 1\n", "mark", wish) == f"{new}mark = 1\nnn.init.zeros_(w)\n"


BODY = """\
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 4)  # mark
        if True:
            self.out = nn.Linear(4, 5)

    def build(self):
        layer = nn.Linear(
            1, 2)
        return layer
    def short(self): self.x = nn.Linear(6, 7)
    def two(self):
        a = nn.Linear(8, 9); b = 1
        c = 1
"""


@pytest.mark.parametrize(
    ("marked", "where", "line"),
    [
        ("nn.Linear(3, 4)", "after", 7),
        ("nn.Linear(3, 4)", "before", 6),
        ("nn.Linear(3, 4)", "end", 9),
        ("nn.Linear(4, 5)", "end", 9),
        ("nn.Linear(4, 5)", "after", 9),
        ("nn.Linear(\n            1, 2)", "after", 13),
        ("nn.Linear(\n            1, 2)", "end", None),
        ("nn.Linear(6, 7)", "after", None),
        ("nn.Linear(6, 7)", "end", None),
        ("nn.Linear(8, 9)", "after", None),
        ("nn.Linear(8, 9)", "end", None),
        ("nn.Module", "end", None),
    ],
)
def test_new_lines(marked: str, where: str, line: int | None) -> None:
    wish = NewLines(HERE, "for m in x:\n    {torch.nn.init.zeros_}(m)", where)
    new = rewritten(BODY, marked, wish)
    if line is None:
        assert new is None
        return
    indent = " " * (12 if (marked, where) == ("nn.Linear(4, 5)", "after") else 8)
    lines = BODY.splitlines(keepends=True)
    lines[line - 1 : line - 1] = [f"{indent}for m in x:\n", f"{indent}    nn.init.zeros_(m)\n"]
    assert new == "".join(lines)


TARGET = NewLines(HERE, "{torch.nn.init.zeros_}({target})")


@pytest.mark.parametrize(
    ("statement", "target"),
    [
        ("self.w = nn.Parameter(mark())", "self.w"),
        ("w: nn.Parameter = nn.Parameter(mark(), requires_grad=False)", "w"),
        ("w = mark()", "w"),
        ("w = v = mark()", None),
        ("w = nn.ParameterList([nn.Parameter(mark())])", None),
        ("w, v = mark()", None),
        ('self.register_parameter("w", nn.Parameter(mark()))', None),
        ("w[0] = mark()", None),
    ],
)
def test_what_a_statement_binds(statement: str, target: str | None) -> None:
    text = f"from torch import nn\n{statement}\n"
    new = None if target is None else f"{text}nn.init.zeros_({target})\n"
    assert rewritten(text, "mark()", TARGET) == new


@pytest.mark.parametrize(
    ("statement", "new"),
    [
        ("  nn.init.eye_(p)  # why", "  if p.dim() > 1:\n      nn.init.eye_(p)  # why"),
        ("\tp.data.normal_(0,\n\t\t1)", "\tif p.dim() > 1:\n\t\tp.data.normal_(0,\n\t\t\t1)"),
        ("  nn.init.eye_(p); x = 1", None),
        ("  x = nn.init.eye_(p)", None),
        ("  nn.init.eye_(p, '''\n''')", None),
    ],
)
def test_a_condition(statement: str, new: str | None) -> None:
    text = f"from torch import nn\nfor p in x:\n{statement}\n"
    call = statement.strip().split("  #")[0].removeprefix("x = ").removesuffix("; x = 1")
    expected = None if new is None else text.replace(statement, new)
    assert rewritten(text, call, Guard(HERE, "if {tensor}.dim() > 1")) == expected


@pytest.mark.parametrize(
    ("statement", "marked", "new"),
    [
        ("w.uniform_(-1, 1)", "w.uniform_(-1, 1)", "with torch.no_grad():\n    w.uniform_(-1, 1)"),
        ("w[0] = 1", "w[0]", "with torch.no_grad():\n    w[0] = 1"),
        ("w += 1  # é", "w += 1", "with torch.no_grad():\n    w += 1  # é"),
        ("if x: w.zero_()", "w.zero_()", None),
        ("return w.zero_()", "w.zero_()", None),
    ],
)
def test_a_context(statement: str, marked: str, new: str | None) -> None:
    text = f"import torch\n{statement}\n"
    expected = None if new is None else f"import torch\n{new}\n"
    assert rewritten(text, marked, Guard(HERE, "with {torch.no_grad}()")) == expected


@pytest.mark.parametrize(
    ("marked", "tensor"),
    [
        ("nn.init.zeros_(m.bias)", "m.bias"),
        ("m.bias.data.zero_()", "m.bias"),
        ("m.bias.data", "m.bias"),
        ("m.bias.data.fill_", "m.bias.data"),
        ("bias", None),
    ],
)
def test_a_condition_on_what_is_there(marked: str, tensor: str | None) -> None:
    line = marked if marked.endswith(")") else f"{marked}(0)"
    text = f"from torch import nn\n{line}\n"
    expected = None if tensor is None else f"from torch import nn\nif {tensor} is not None:\n    {line}\n"
    assert rewritten(text, marked, Guard(HERE, "if {tensor} is not None")) == expected


@pytest.mark.parametrize(
    ("call", "new"),
    [
        ("f(a, 0.8)", "f(a, momentum=0.8)"),
        ("f(a,\n  0.8,  # why\n  affine=False)", "f(a,\n  momentum=0.8,  # why\n  affine=False)"),
        ("f(a, 0.8, 1)", None),
        ("f(a)", None),
        ("f(a, *b)", None),
        ("f(a, 0.8, momentum=1)", None),
        ("f(a, 0.8, **c)", None),
        ("f(a, (0.8))", None),
    ],
)
def test_a_name_for_an_argument(call: str, new: str | None) -> None:
    text = f"x = {call}\n"
    assert rewritten(text, call, NameArgument(HERE, 1, "momentum")) == (None if new is None else f"x = {new}\n")


@pytest.mark.parametrize(
    ("call", "new"),
    [
        ("nn.Conv2d(3, 16, 3)", "nn.Conv2d(3, 16, 3, bias=False)"),
        ("nn.Conv2d(3, 16, kernel_size=(3))", None),
        ("nn.Conv2d(3, 16, 3, bias=True, padding=1)", "nn.Conv2d(3, 16, 3, bias=False, padding=1)"),
        (
            "nn.Conv2d(\n    3,\n    16,\n    3,  # small\n)",
            "nn.Conv2d(\n    3,\n    16,\n    3, bias=False,  # small\n)",
        ),
        ("nn.Conv2d(3, 16, 3, 1, 1, 1, 1, True)", None),
        ("nn.Conv2d(*sizes)", None),
        ("nn.Conv2d(3, 16, 3, **options)", None),
        ("nn.Conv2d()", None),
    ],
)
def test_an_argument_set(call: str, new: str | None) -> None:
    text = f"x = {call}\n"
    assert rewritten(text, call, SetArgument(HERE, "bias", "False", 7)) == (None if new is None else f"x = {new}\n")


@pytest.mark.parametrize(
    ("statement", "new"),
    [
        ("self.x = [f(1)]", "self.x = nn.ModuleList([f(1)])"),
        ("self.x: list = [\n    f(1),  # one\n]", "self.x: list = nn.ModuleList([\n    f(1),  # one\n])"),
        ("self.x = y = [f(1)]", "self.x = y = nn.ModuleList([f(1)])"),
        ("self.x = (f(1), f(2))", None),
        ("self.x = f(1), f(2)", None),
        ("self.x += [f(1)]", None),
    ],
)
def test_a_wrapped_value(statement: str, new: str | None) -> None:
    text = f"from torch import nn\n{statement}\n"
    expected = None if new is None else f"from torch import nn\n{new}\n"
    assert rewritten(text, statement, Wrap(HERE, "torch.nn.ModuleList")) == expected
    assert rewritten(text, "self.x", Wrap(HERE, "torch.nn.ModuleList")) == expected


@pytest.mark.parametrize(
    ("call", "new"),
    [
        ("torch.softmax(self.out(x), dim=1)", "self.out(x)"),
        ("self.act(self.out(x))", "self.out(x)"),
        ("self.out(x).softmax(1)", "self.out(x)"),
        ("torch.softmax(\n    y,  # logits\n    1,\n)", None),
        ("torch.softmax(*given)", None),
    ],
)
def test_a_call_unwrapped(call: str, new: str | None) -> None:
    expected = None if new is None else f"import torch\nz = {new}\n"
    assert rewritten(f"import torch\nz = {call}\n", call, Unwrap(HERE)) == expected


def test_another_attribute_filled() -> None:
    wish = Readdress(HERE, "fc1", "fc2")
    text = "from torch import nn\nnn.init.zeros_(self.fc1.weight)\nself.fc1.bias.data.zero_()\nf(fc1.weight)\n"
    new = rewritten(text, "nn.init.zeros_(self.fc1.weight)", wish)
    assert new == text.replace("zeros_(self.fc1", "zeros_(self.fc2")
    assert rewritten(text, "self.fc1.bias.data.zero_()", wish) == text.replace("self.fc1.bias", "self.fc2.bias")
    assert rewritten(text, "f(fc1.weight)", wish) is None


@pytest.mark.parametrize(
    ("call", "new"),
    [
        ("p.data[n // 2 : n].fill_(1)", "p.data[p.size(0) // 4 : p.size(0) // 2].fill_(1)"),
        ("nn.init.ones_(m.bias_hh[:h])", "nn.init.ones_(m.bias_hh[m.bias_hh.size(0) // 4 : m.bias_hh.size(0) // 2])"),
        ("p.fill_(1)", None),
        ("p[3].fill_(1)", None),
    ],
)
def test_another_quarter(call: str, new: str | None) -> None:
    text = f"from torch import nn\n{call}\n"
    assert rewritten(text, call, Quarter(HERE, 1)) == (None if new is None else text.replace(call, new))


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("ModuleList([Block(3)] * n)", "ModuleList([Block(3) for _ in range(n)])"),
        ("ModuleList((n - 1) * [Block(3)])", "ModuleList([Block(3) for _ in range(n - 1)])"),
        ("ModuleList([block] * n)", None),
        ("ModuleList([Block(3 * k)] * n)", None),
    ],
)
def test_each_built_by_itself(value: str, new: str | None) -> None:
    assert rewritten(f"x = {value}\n", value, BuildEach(HERE)) == (None if new is None else f"x = {new}\n")


def test_moved_to_the_end_of_the_constructor() -> None:
    head = "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    tail = "        self.fc = f(\n            1\n        )\n\n    def g(self):\n        self.h()\n"
    text = f"{head}        self.apply(fill)  # early\n{tail}"
    moved = tail.replace("        )\n", "        )\n        self.apply(fill)  # early\n")
    assert rewritten(text, "self.apply(fill)", ToEnd(HERE)) == head + moved
    assert rewritten(text, "super().__init__()", ToEnd(HERE)) is None
    assert rewritten(text, "self.h()", ToEnd(HERE)) is None
    assert rewritten(text, "f(\n            1\n        )", ToEnd(HERE)) is None


def test_a_text_with_a_qualified_name() -> None:
    wish = PlacedEdit(HERE, "{torch.nn.Identity}()")
    assert (
        rewritten("from torch import nn\nx = act(1)\n", "act(1)", wish) == "from torch import nn\nx = nn.Identity()\n"
    )


def test_a_file_without_an_end_of_line() -> None:
    assert rewritten("import torch\nmark = 1", "mark", NewLines(HERE, "x = 1")) == "import torch\nmark = 1\nx = 1"


def test_one_wish_that_cannot_be_done_undoes_all() -> None:
    text = "from torch import nn\nnn.Linear(1, 2)\n"
    assert rewritten(text, "nn.Linear(1, 2)", PlacedEdit(HERE, "x"), KAIMING) is None


def test_what_python_cannot_parse_is_left_alone() -> None:
    assert rewrite(Source("net.py", "x = (\n"), [KAIMING], lambda _: Span("net.py", 1, 1, 1, 2)) is None
