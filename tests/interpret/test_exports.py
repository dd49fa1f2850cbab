"""What star imports may bind, and that a look-up through them reads no file that it needs not."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.interpret.exports import exported, stated
from initlint.interpret.link import Project


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('__all__ = ["a", "b"]\n', {"a", "b"}),
        ("__all__ = (\n    'a',  # the first\n    'b',\n)\n", {"a", "b"}),
        ("__all__: list[str] = []\r\nx = 1\r\n", set()),
        ('__all__ = ["a"] + other.__all__\n', None),
        ('__all__ = ["a"] + ["b"]\n', None),
        ('__all__ = ["a"]\n__all__ += ["b"]\n', None),
        ("__all__ = [name for name in globals()]\n", None),
        ('    __all__ = ["a"]\n', None),
    ],
)
def test_names_that_a_text_states_in_full(text: str, names: set[str] | None) -> None:
    assert stated(text.encode()) == names


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "parts").mkdir(parents=True)
    (folder / "__init__.py").write_text("from .plain import *\nfrom .parts import *\nown = 1\n")
    (folder / "plain.py").write_text("def made():\n    pass\nif made:\n    other = 2\n")
    (folder / "parts" / "__init__.py").write_text("from .large import *\nfrom .small import thing\n")
    (folder / "parts" / "large.py").write_text('__all__ = ["Net"]\nclass Net:\n    pass\nhidden = 3\n')
    (folder / "parts" / "small.py").write_text("thing = 4\n")
    return folder


def test_star_imports_are_followed(package: Path) -> None:
    assert exported(Project(), (package / "__init__.py").as_posix()) == {
        "own", "made", "other", "Net", "thing", "small", "large", "plain", "parts",
    }  # fmt: skip


def test_a_circle_and_a_library_are_not_known(package: Path) -> None:
    (package / "plain.py").write_text("from .parts.small import *\n")
    (package / "parts" / "small.py").write_text("from ..plain import *\n")
    assert exported(Project(), (package / "__init__.py").as_posix()) is None
    (package / "parts" / "small.py").write_text("from torch.nn import *\n")
    assert exported(Project(), (package / "plain.py").as_posix()) is None


def test_a_lookup_parses_no_file_that_cannot_have_the_name(package: Path) -> None:
    project = Project()
    parsed: list[str] = []
    parse = project.parsed
    project.parsed = lambda path, module=None: parsed.append(Path(path).name) or parse(path, module)  # type: ignore
    namespace = project.namespace((package / "__init__.py").as_posix())
    assert namespace is not None
    namespace.lookup("made", lambda *_: None)
    assert "plain.py" in parsed and "large.py" not in parsed


def test_an_import_is_read_when_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "unused.py").write_text("x = 1\n")
    (tmp_path / "main.py").write_text("from unused import x\n")
    project = Project()
    main = project.namespace((tmp_path / "main.py").as_posix())
    assert main is not None
    from initlint.interpret.machine import Machine

    machine = Machine(project)
    machine.run_segment(main, main.outline.segments[0])
    assert not any("unused" in path for kind, path in project.files.looks if kind == "read")
    assert machine.module_name(main, "x") == 1
    assert any("unused" in path for kind, path in project.files.looks if kind == "read")
