"""Calls of code that is not ours: with a time limit, and with whatever it raises as a value."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import TypeVar

from initlint.ir.data import dataclass

T = TypeVar("T")
LIMIT = 10.0  # seconds
_STACK = 64 << 20  # bytes: with a high recursion limit, a runaway recursion ends in an error and not in a crash


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a call gave nothing: «raised KeyError: 'x' (our_rules.py:12)», «took over 10 seconds». ``hung`` says that it
    was given up."""

    why: str
    hung: bool = False


def guarded(call: Callable[[], T], limit: float | None = None) -> T | Failed:
    """What the call gives, or how it failed; it is given up after ``limit`` seconds (:data:`LIMIT`). What it prints
    goes to stderr, since stdout is the report's."""
    limit = LIMIT if limit is None else limit
    done: list[T | Failed] = []

    def work() -> None:
        try:
            done.append(call())
        except BaseException as error:
            done.append(Failed(f"raised {type(error).__name__}: {_first_line(error)}{_place(error)}"))

    before = threading.stack_size(_STACK)
    try:
        thread = threading.Thread(target=work, daemon=True)
        with redirect_stdout(sys.stderr):
            thread.start()
            thread.join(limit)
    finally:
        threading.stack_size(before)
    if done:
        return done[0]
    if thread.ident is not None:  # ends a loop in Python; a call that waits in C is left behind
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
    return Failed(f"took over {limit:g} seconds", hung=True)


def _first_line(error: BaseException) -> str:
    try:
        lines = str(error.msg if isinstance(error, SyntaxError) else error).splitlines()
    except Exception:
        return ""
    return lines[0] if lines else ""


def _place(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename:
        return f" ({os.path.basename(error.filename)}:{error.lineno})"
    frames = traceback.extract_tb(error.__traceback__)
    return f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if len(frames) > 1 else ""
