"""What every command shares: its output and its troubles."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

from initlint.report.paint import Painter

FINDINGS, TROUBLE = 1, 2


class Trouble(click.ClickException):
    """A usage, configuration or internal error: the exit status is 2."""

    exit_code = TROUBLE


def emit(text: str, painter: Painter | None = None, stream: TextIO | None = None) -> None:
    """Write to stdout, or to another stream. A reader that has gone away (``initlint … | head``) changes nothing of the
    exit status."""
    painter, stream = painter or Painter(), stream or sys.stdout
    try:
        click.echo(text, file=stream, nl=False, color=painter.colour or painter.links)
        stream.flush()
    except BrokenPipeError:
        # What is still in the buffer would be written, and fail, once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
