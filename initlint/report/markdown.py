"""A page of Markdown on a terminal."""

from __future__ import annotations

import sys

_WIDEST = 110


def show_markdown(text: str) -> None:
    """Print Markdown: set for reading on a terminal, as it is anywhere else."""
    if not sys.stdout.isatty():
        print(text, end="" if text.endswith("\n") else "\n")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(text), width=min(console.width, _WIDEST))
