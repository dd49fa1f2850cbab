"""What counts as a use of an init function: by the text of the project's files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from initlint.interpret.link import Project
from initlint.interpret.mentions import Words, logical_lines

OWNER = """
import torch.nn as nn


class Owner(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)

    def init_weights(self):
        nn.init.zeros_(self.fc.weight)
"""
FUNCTION = """
import torch.nn as nn


def init_weights(net):
    nn.init.zeros_(net.weight)
"""


def used(folder: Path, own: str, other: str, class_name: str, other_name: str = "other.py") -> bool:
    (folder / "own.py").write_text(own, encoding="utf-8")
    (folder / other_name).write_text(other, encoding="utf-8")
    project = Project({})
    namespace = project.namespace((folder / "own.py").as_posix())
    assert namespace is not None
    return Words(project.files).used(namespace, "init_weights", class_name)


@pytest.mark.parametrize(
    "other",
    [
        '"""Calls init_weights (see `init_weights`)."""',
        "from .own import init_weights",
        "from .own import (\n    init_weights,\n)",
        "# init_weights(net)",
        "class Other(nn.Module):\n    def __init__(self):\n        self.init_weights()\n",
        "class Other(nn.Module):\n    def init_weights(self):\n        super().init_weights()\n",
        "class Other(nn.Module):\n    def __init__(self):\n        self.apply(\n            self.init_weights\n        )\n",  # noqa: E501
        "net.init_weights",
    ],
)
@pytest.mark.parametrize("owner", ["", "Owner"])
def test_no_use(other: str, owner: str, tmp_path: Path) -> None:
    assert not used(tmp_path, OWNER if owner else FUNCTION, other, owner)


@pytest.mark.parametrize(
    "other",
    [
        "net.init_weights()",
        "self.net.init_weights()",
        "getattr(net, 'init_weights')()",
        "HOOKS = {'start': init_weights}",
        "net.apply(\n    net.init_weights\n)",
        "from .own import init_weights as fill",
        "from .own import init_weights  # noqa: F401",
        "def run(self):\n    init_weights(self)",
        "exec('''init_weights(net)''')",
        "broken = (\nimport os\ninit_weights(net)",
    ],
)
@pytest.mark.parametrize("owner", ["", "Owner"])
def test_use(other: str, owner: str, tmp_path: Path) -> None:
    assert used(tmp_path, OWNER if owner else FUNCTION, other, owner)


@pytest.mark.parametrize(
    "other",
    [
        "class Sub(Owner):\n    def __init__(self):\n        self.init_weights()\n",
        "from own import Owner as Base\nclass Sub(Base):\n    def start(self):\n        self.init_weights()\n",
        "Base = Owner if flag else None\nclass Sub(Base):\n    def start(self):\n        self.init_weights()\n",
        "class Mixin:\n    def start(self):\n        self.init_weights()\nclass Both(Mixin, pkg.Owner):\n    pass\n",
        "def build():\n    self.init_weights()\n",
    ],
)
def test_self_of_a_related_class(other: str, tmp_path: Path) -> None:
    assert used(tmp_path, OWNER, other, "Owner")


@pytest.mark.parametrize(
    ("head", "is_use"),
    [
        ("", False),
        ("from own import Net\n", True),
        ("from .own import *\n", True),
        ("import pkg.own as o\n", True),
        ("from pkg import own\n", True),
        ("from another import Net\n", False),
    ],
)
def test_a_function_of_the_same_name_in_a_script_of_its_own(head: str, is_use: bool, tmp_path: Path) -> None:
    other = f"{head}\n\ndef init_weights(net):\n    pass\n\n\nmake().apply(init_weights)\n"
    assert used(tmp_path, FUNCTION, other, "") is is_use


def test_other_places_that_name_it(tmp_path: Path) -> None:
    assert used(tmp_path / "", FUNCTION, "init: init_weights\n", "", "config.yaml")


def test_a_package_re_exports(tmp_path: Path) -> None:
    assert used(tmp_path, FUNCTION, "from .own import init_weights\n", "", "__init__.py")


def test_logical_lines() -> None:
    text = (
        'def f():\n    """Doc\n    string."""\n    g(  # why\n        """kept""",\n    )\n    x = 1 + \\\n        2\n'
    )
    lines = [" ".join(line.split()) for line in logical_lines(text) if line.strip()]
    assert lines == ["def f():", 'g( """kept""", )', "x = 1 + 2"]


@pytest.mark.parametrize(
    ("name", "text", "is_use"),
    [
        ("settings.json", '{"init": "own.init_weights"}', True),
        ("settings.json", '{"m": "`init_weights` never runs"}', False),
        ("settings.yaml", "model:\n  init: own.init_weights  # after building\n", True),
        ("settings.yaml", "hooks: [start, init_weights]\n", True),
        ("settings.yaml", "hooks:\n  - init_weights\n", True),
        ("settings.yaml", "about: what init_weights does\n# init_weights is old\n", False),
        ("settings.toml", 'init = "own:init_weights"\n', True),
        ("settings.toml", "# init_weights was here\nwhy = 'init_weights is never called'\n", False),
    ],
)
def test_only_a_whole_value_of_a_setting_names_a_function(name: str, text: str, is_use: bool, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert used(tmp_path, FUNCTION, text, "", name) is is_use


@pytest.mark.parametrize("mark", ["README.md", "requirements.txt"])
def test_a_copy_without_its_history(mark: str, tmp_path: Path) -> None:
    """Folders that are no packages, as scripts have them: the copy's top is the project."""
    for name in ("utils", "core"):
        (tmp_path / name).mkdir()
    (tmp_path / mark).touch()
    (tmp_path / "utils" / "own.py").write_text(FUNCTION, encoding="utf-8")
    (tmp_path / "core" / "net.py").write_text("from utils.own import init_weights\nnet.apply(init_weights)\n", "utf-8")
    project = Project({})
    namespace = project.namespace((tmp_path / "utils" / "own.py").as_posix())
    assert namespace is not None
    assert Words(project.files).used(namespace, "init_weights", "")


@pytest.mark.parametrize("folder", [".", "package"])
def test_a_script_beside_a_package(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found from wherever the file is linted, by either form of its path."""
    package = tmp_path / "work" / "package"
    package.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (package / "__init__.py").touch()
    (package / "own.py").write_text(FUNCTION, encoding="utf-8")
    (tmp_path / "work" / "train.py").write_text(
        "from package.own import init_weights\nnet.apply(init_weights)\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path / "work" / folder)
    for path in ((package / "own.py").as_posix(), os.path.relpath(package / "own.py").replace(os.sep, "/")):
        project = Project({})
        namespace = project.namespace(path)
        assert namespace is not None
        assert Words(project.files).used(namespace, "init_weights", ""), path


@pytest.mark.parametrize("name", ["reset_weights", "reset"])
def test_a_script_that_speaks_of_no_initialising(name: str, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(OWNER.replace("init_weights", name), encoding="utf-8")
    (tmp_path / "train.py").write_text(f"import own\nnet = own.Owner()\nnet.{name}()\n", encoding="utf-8")
    project = Project({})
    namespace = project.namespace((tmp_path / "own.py").as_posix())
    assert namespace is not None
    assert Words(project.files).used(namespace, name, "Owner")
