"""``--watch``: lint again whenever a file changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping

import click

from initlint.console import Trouble

_PAUSE = 0.5  # seconds between two looks
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"

State = Mapping[str, tuple[int, int]]


def state_of(paths: Iterable[str]) -> State:
    """When each file last changed, and its size; without those that can't be had."""
    found = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


def watch(lint: Callable[[], int], files: Callable[[], Iterable[str]], clear: bool) -> None:
    """Lint, and again each time that one of the files changes, appears or goes, until interrupted. ``files`` also gives
    the configuration files. An error is shown, and the next change waited for."""
    while True:
        before = _state(files)
        if clear:
            click.echo(_CLEAR, nl=False)
        try:
            lint()
        except click.ClickException as error:
            error.show()
        click.echo("Watching for changes; Ctrl-C ends", err=True)
        # What changed while it was linted counts: the state was taken before.
        while _state(files) == before:
            time.sleep(_PAUSE)


def _state(files: Callable[[], Iterable[str]]) -> State:
    try:
        return state_of(files())
    except Trouble:  # a configuration in the middle of being written
        return {}
