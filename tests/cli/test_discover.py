"""From paths to files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from initlint.discover import Exclusion, discover
from initlint.patterns import Patterns


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


def files(*paths: str, exclude: tuple[str, ...] = (), exclude_root: str = ".", forced: bool = False) -> list[str]:
    lists = (Patterns(os.path.abspath(exclude_root), exclude),) if exclude else ()
    return list(discover(paths or (".",), lambda folder: Exclusion(lists, forced)).files)


def test_python_files_in_order(work: Path) -> None:
    make(work, "b.py", "a.pyi", "a/z.py", "a/c.txt", "a/n.ipynb", "a/b/deep.py")
    assert files() == ["a.pyi", "a/b/deep.py", "a/n.ipynb", "a/z.py", "b.py"]


def test_folders_that_hold_no_code_of_the_project(work: Path) -> None:
    make(work, ".git/a.py", ".venv/a.py", "node_modules/a.py", "__pycache__/a.py", "build/a.py", "x/site-packages/a.py")
    make(work, "myenv/pyvenv.cfg", "myenv/lib/a.py", "env/game.py", "src/builder/a.py")
    assert files() == ["env/game.py", "src/builder/a.py"]


def test_a_folder_asked_for_is_read_whatever_its_name(work: Path) -> None:
    make(work, ".git/HEAD", "build/a.py", "build/build/b.py")
    (work / ".gitignore").write_text("build/\n")
    assert files() == []
    assert files("build") == ["build/a.py"]


def test_a_file_asked_for_is_read_whatever_its_name(work: Path) -> None:
    make(work, ".git/HEAD", "a.txt", "script", "ignored.py")
    (work / ".gitignore").write_text("ignored.py\n")
    assert files("a.txt", "script", "ignored.py") == ["a.txt", "ignored.py", "script"]
    assert files("ignored.py", exclude=("*.py",)) == ["ignored.py"]


def test_gitignore_files_nest(work: Path) -> None:
    make(work, ".git/HEAD", "a.py", "gen_a.py", "pkg/gen_b.py", "pkg/keep/gen_c.py", "pkg/keep/local.py", "data/x.py")
    (work / ".gitignore").write_text("gen_*\n/data\n# a comment\n\n")
    (work / "pkg/keep/.gitignore").write_text("!gen_c.py\nlocal.py\n")
    assert files() == ["a.py", "pkg/keep/gen_c.py"]


def test_gitignore_files_above_the_folder_count_up_to_the_root_of_the_repository(work: Path) -> None:
    (work / ".gitignore").write_text("*.py\n")
    make(work, "repo/.git/HEAD", "repo/pkg/a.py", "repo/pkg/gen.py", "repo/.git/info/x")
    (work / "repo/.gitignore").write_text("gen.py\n")
    assert files("repo/pkg") == ["repo/pkg/a.py"]
    (work / "repo/.git/info/exclude").write_text("a.py\n")
    assert files("repo/pkg") == []


def test_an_ignored_folder_is_not_entered(work: Path) -> None:
    make(work, ".git/HEAD", "data/x.py")
    (work / ".gitignore").write_text("data/\n!data/x.py\n")
    assert files() == []


def test_a_gitignore_that_cannot_be_read_ignores_nothing(work: Path) -> None:
    make(work, "a.py", ".git/HEAD")
    (work / ".gitignore").write_bytes(b"\xff\xfe\n!\n***/[\nb.py\n")
    make(work, "b.py")
    assert files() == ["a.py"]


def test_exclude_patterns_are_relative_to_their_root(work: Path) -> None:
    make(work, "pkg/a.py", "pkg/third/b.py", "third/c.py")
    assert files("pkg", exclude=("third/",)) == ["pkg/a.py"]
    assert files("pkg", ".", exclude=("/third",)) == ["pkg/a.py", "pkg/third/b.py"]
    assert files(".", exclude=("/third",), exclude_root="pkg") == ["pkg/a.py", "third/c.py"]


def test_exclusion_by_force(work: Path) -> None:
    make(work, "pkg/a.py", "pkg/third/b.py")
    given = ("pkg/third/b.py", "pkg/a.py", "pkg/third")
    assert files(*given, exclude=("third/",)) == ["pkg/a.py", "pkg/third/b.py"]
    assert files(*given, exclude=("third/",), forced=True) == ["pkg/a.py"]


def test_a_file_is_given_once(work: Path) -> None:
    make(work, "pkg/a.py")
    assert files("pkg", "pkg/a.py", ".", str(work / "pkg"), "./pkg/../pkg") == ["pkg/a.py"]


def test_links(work: Path) -> None:
    make(work, "pkg/a.py")
    (work / "pkg/loop").symlink_to(work / "pkg")
    (work / "pkg/same.py").symlink_to("a.py")
    (work / "pkg/broken.py").symlink_to("nowhere.py")
    (work / "pkg/self.py").symlink_to("self.py")
    assert files() == ["pkg/a.py"]
    assert files("pkg/loop") == ["pkg/loop/a.py"]
    assert files("pkg/broken.py", "pkg/self.py") == ["pkg/broken.py", "pkg/self.py"]


def test_a_folder_named_like_a_file(work: Path) -> None:
    make(work, "x.py/a.py")
    assert files() == files("x.py") == ["x.py/a.py"]


def test_templates_of_projects_are_passed_over(work: Path) -> None:
    make(work, "templates/{{cookiecutter.name}}/train.py", "templates/run_{{cookiecutter.name}}.py", "templates/a.py")
    assert files() == ["templates/a.py"]


def test_special_files_are_passed_over(work: Path) -> None:
    os.mkfifo(work / "pipe.py")
    assert files() == []


def test_what_does_not_exist(work: Path) -> None:
    make(work, "a.py")
    found = discover(["gone.py", "a.py"])
    assert (found.files, found.missing) == (("a.py",), ("gone.py",))


def test_a_folder_that_cannot_be_read(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(work, "a.py", "secret/b.py")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("secret"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover(["."])
    assert (found.files, found.unreadable) == (("a.py",), (("secret", "permission denied"),))


def test_names_that_are_not_text(work: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    make(work, name)
    assert files() == [name]
