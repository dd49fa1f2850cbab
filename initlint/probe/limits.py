"""A limit of processor time for what the user's code does in between."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlow(Exception):
    """It takes longer than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What runs inside for longer is interrupted, where the system has a timer for that (not on Windows, and in the
    main thread alone); an outer limit goes on meanwhile. Processor time, so that a busy machine changes nothing: what
    waits is ended with its process.

    :raises TooSlow: it took longer.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"it takes more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, interrupt)
    start, left = time.process_time(), signal.setitimer(signal.ITIMER_PROF, seconds)[0]
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if left:
            signal.setitimer(signal.ITIMER_PROF, max(0.01, left - (time.process_time() - start)))
