"""Paths as other services want them: from the root of the repository, where the run can tell where that is."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from initlint.ir.place import Span

# What GitHub Actions and GitLab CI call the folder of the checkout.
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def spot(span: Span) -> str:
    """«12:5», or «cell 3:2:5» in a notebook."""
    cell = f"cell {span.cell}:" if span.cell else ""
    return f"{cell}{span.line}:{span.column}"


def in_notebook(span: Span) -> str:
    """«cell 3, line 2: » for services that know lines of files alone; empty outside of notebooks."""
    return f"cell {span.cell}, line {span.line}: " if span.cell else ""


def root() -> str:
    """The folder of the checkout in a workflow of GitHub or GitLab, else the current one."""
    return next((os.environ[name] for name in _ROOTS if os.environ.get(name)), os.curdir)


def from_root(path: str) -> str:
    """The path from the root of the repository; as it is where it lies outside of it."""
    try:
        relative = os.path.relpath(os.path.abspath(path), root())
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


def uri(path: str) -> str:
    """The path as a URI, relative where it lies below the root."""
    path = from_root(path)
    if os.path.isabs(path):
        return Path(path).as_uri()
    return quote(path.encode("utf-8", "surrogateescape"))
