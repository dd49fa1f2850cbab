"""No constructor hangs the analysis, crashes it, or makes it eat memory."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection

import pytest

from initlint.analysis import Worker
from tests.interpret.hostile import ALL

# Processor seconds that one file may take; clock seconds after which its process is stopped (the machine may be busy).
_SECONDS = 2.0
_PATIENCE = 20.0
_BYTES = 4 << 30


def _analyse(source: str, answer: Connection) -> None:
    """Analyse one source in a process of its own, whose memory is bounded."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    except (ImportError, ValueError, OSError):
        pass  # not on this system; the time is still bounded
    begin = time.process_time()
    result = Worker({"hostile.py": source.encode()}).analyse("hostile.py")
    answer.send((result.failure, time.process_time() - begin))


@pytest.mark.parametrize("name", sorted(ALL))
def test_ends_quickly_and_well(name: str) -> None:
    context = multiprocessing.get_context(
        "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    )
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["tests.interpret.test_bounds"])
    mine, theirs = context.Pipe()
    process = context.Process(target=_analyse, args=(ALL[name], theirs))
    process.start()
    try:
        assert mine.poll(_PATIENCE), "it hangs"
        failure, seconds = mine.recv()
    finally:
        process.kill()
        process.join()
    assert failure is None
    assert seconds < _SECONDS
