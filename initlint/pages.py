"""The rules' pages: where they lie, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from initlint.rule import Rule


@cache
def pages_folder() -> Path | None:
    """The folder of the rules' pages: inside of an installed package, beside it in a checkout; None where the package
    came without them."""
    package = Path(__file__).resolve().parent
    for folder in (package / "rules", package.parent / "rules"):
        if (folder / "README.md").is_file():
            return folder
    return None


def page(rule: Rule[Any]) -> Path | None:
    """The file of a rule's page; None where there is none."""
    return _page(rule.name, Path(rule.home) if rule.origin else pages_folder())


def _page(name: str, folder: Path | None) -> Path | None:
    path = folder / name / "README.md" if folder else None
    return path if path is not None and path.is_file() else None


_homes: dict[str, Path] = {}


def announce(rules: Iterable[Rule[Any]]) -> None:
    """Let :func:`page_url` know rules that are not initlint's."""
    _homes.update({rule.name: Path(rule.home) for rule in rules if rule.origin})
    page_url.cache_clear()


def page_text(rule: Rule[Any]) -> str:
    """The page as Markdown; its first lines alone where the package came without pages."""
    path = page(rule)
    if path is None:
        return f"# {rule.name} ({rule.code})\n\n{rule.summary}\n"
    return path.read_text(encoding="utf-8")


@cache
def page_url(name: str) -> str | None:
    """Where the page of the rule of that name can be read: a ``file:`` address, which holds on this machine."""
    path = _page(name, _homes.get(name) or pages_folder())
    return path.as_uri() if path is not None else None
