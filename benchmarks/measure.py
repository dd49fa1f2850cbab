"""What one command costs: wall time, processor time and memory, with the processes that it starts."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The kernel counts the resident set in KiB, that of macOS in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """One run: ``wall`` and ``cpu`` (user and system) in seconds, ``memory`` in bytes, and the exit ``status``.

    ``cpu`` is the sum over the command and the processes that it started and waited for. ``memory`` is the largest
    resident set that any single one of them had, not their sum; it is never less than that of the calling process,
    whose resident set a new process starts with.
    """

    wall: float
    cpu: float
    memory: int
    status: int


def measure(command: Sequence[str], output: Path, environment: Mapping[str, str]) -> Usage:
    """Run a command to its end, with both its output streams in ``output``; OSError where it can't be started."""
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    streams = (
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(output), writing, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    )
    start = time.perf_counter()
    process = os.posix_spawn(command[0], list(command), environment, file_actions=streams)
    try:
        _, status, used = os.wait4(process, 0)
    except KeyboardInterrupt:
        os.wait4(process, 0)  # the terminal has interrupted it, too
        raise
    wall = time.perf_counter() - start
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _RSS_UNIT, os.waitstatus_to_exitcode(status))
