"""Runs the process that measures, within limits. What it does, a crash or a hang included, ends in a result.

This side imports neither torch nor the user's code.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from initlint.ir.measured import Measurement, Skip

Result = Measurement | Skip
_STARTING = 120.0
# From where on a line says what went wrong; before it may stand whatever the user's code has printed.
_ERROR = re.compile(r"(?:Fatal Python error|\b\w*Error\b|\berror\b).*")


@dataclass(frozen=True, slots=True)
class Job:
    """What to measure, and how; see :class:`initlint.probe.resolve.Options`. ``named`` has the
    ``kwargs``, ``inputs`` and ``targets`` of single classes, by name. ``timeout`` is in seconds for each model
    (the import of its module included), ``memory`` in GiB (0: no limit): of address space, on a GPU of its memory."""

    target: str
    seeds: int = 5
    batch: int = 17
    kwargs: Mapping[str, Any] | None = None
    inputs: tuple[tuple[str, tuple[int, ...], str], ...] = ()
    targets: int | None = None
    named: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extras: bool = False
    device: str = "cpu"
    blockwise: bool | None = None
    timeout: float = 120.0
    memory: float = 0.0
    threads: int = 0


@dataclass(slots=True)
class _State:
    current: str
    plan: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    ended: bool = False


def run(job: Job, tell: Callable[[str, int, int], None] | None = None) -> list[Result]:
    """Measure everything that the job's target means; ``tell`` hears which is being measured, and how many of how many
    are done. A model that takes the process with it is a :class:`Skip`, and the others go on in another."""
    state = _State(job.target)
    while not state.ended:
        before = len(state.done)
        trouble = _once(job, state, tell)
        if state.ended:
            break
        state.results.append(Skip(state.current, trouble, failed=True))
        if state.current in state.plan:
            state.done.append(state.current)
        if len(state.done) == before or len(state.done) >= len(state.plan):
            break
    return state.results


def _once(job: Job, state: _State, tell: Callable[[str, int, int], None] | None) -> str:
    """One process, until it ends or must be ended; why, if it did not finish."""
    reading, writing = os.pipe()
    request = {name: getattr(job, name) for name in job.__slots__} | {"done": state.done}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "initlint.probe.child", str(writing)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, pass_fds=(writing,),
            env=_environment(job.device), start_new_session=True,
        )  # fmt: skip
        os.close(writing)
        try:
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(request).encode())
                process.stdin.close()
            why = _listen(job, state, reading, tell)
        finally:
            os.close(reading)
            _end(process)
        return why or _death(process.returncode, errors)


def _listen(job: Job, state: _State, reading: int, tell: Callable[[str, int, int], None] | None) -> str:
    until = time.monotonic() + max(job.timeout, _STARTING)  # PyTorch is imported first, on a busy machine slowly
    while True:
        try:
            message = _message(reading, until)
        except TimeoutError:
            return f"it takes more than {job.timeout:g} s (see --timeout)"
        if message is None:
            return ""
        kind, *values = message
        if kind == "plan":
            state.plan = values[0]
        elif kind == "start":
            state.current = values[0]
            until = time.monotonic() + job.timeout
            if tell is not None:
                tell(state.current, len(state.done), max(len(state.plan), 1))
        elif kind == "result":
            state.results.append(values[0])
            state.done.append(state.current)
        else:
            state.ended = True
            return ""


def _message(reading: int, until: float) -> tuple[Any, ...] | None:
    head = _exactly(reading, 8, until)
    if head is None:
        return None
    data = _exactly(reading, struct.unpack("!Q", head)[0], until)
    return pickle.loads(data) if data is not None else None


def _exactly(reading: int, count: int, until: float) -> bytes | None:
    """So many bytes; None where the other side has closed."""
    parts = []
    while count:
        if not select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        part = os.read(reading, min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _environment(device: str) -> dict[str, str]:
    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = dict(os.environ)
    found["PYTHONPATH"] = os.pathsep.join(filter(None, [found.get("PYTHONPATH"), own]))
    if device == "cpu":
        found["CUDA_VISIBLE_DEVICES"] = ""
    return found


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _death(code: int, errors: IO[bytes]) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - 4000))
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    said = next((found[0] for line in reversed(lines) if (found := _ERROR.search(line))), "")
    if code < 0:
        name = signal.Signals(-code).name
        return f"it took the process with it ({name})" + (f": {said[:200]}" if said else "")
    return f"the process ended by itself with status {code}" + (f": {said[:200]}" if said else "")
