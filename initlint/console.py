"""What every command shares: its output and its troubles."""

from __future__ import annotations

import os
import sys

import click

from initlint.report.paint import Painter

FINDINGS, TROUBLE = 1, 2


class Trouble(click.ClickException):
    """A usage, configuration or internal error: the exit status is 2."""

    exit_code = TROUBLE


def emit(text: str, painter: Painter | None = None) -> None:
    """Write to stdout. A reader that has gone away (``initlint … | head``) changes nothing of the exit status."""
    painter = painter or Painter()
    try:
        click.echo(text, nl=False, color=painter.colour or painter.links)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would be written, and fail, once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
