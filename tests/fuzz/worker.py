"""One process that analyses the texts it is sent, and what it says of each."""

from __future__ import annotations

import ast
import faulthandler
import gc
import signal
import time
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection

from initlint.analysis import Worker
from initlint.diagnostics import Diagnostic
from initlint.engine import Report
from initlint.ir.model import Model
from initlint.ir.verify import problems
from initlint.report import RENDERERS
from initlint.report.paint import Painter
from initlint.results import FileResult, ModelReport
from initlint.sources import Sources

PATH = "fuzz/mutated.py"
_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one text: the processor seconds, the models read, whether it is Python, and what went wrong."""

    seconds: float
    models: int
    python: bool
    trouble: str | None


class Broken(Exception):
    """An invariant that does not hold."""


class _Verifying(Worker):
    """Also checks the invariants of every model."""

    __slots__ = ()

    def _judge(self, model: Model) -> ModelReport:
        for problem in problems(model):
            raise Broken(f"{model.name}: {problem}")
        return super()._judge(model)


def serve(pipe: Connection, patience: float) -> None:
    """Answer texts until the pipe ends. A text that takes more than ``patience`` processor seconds (others may use the
    machine, too) ends the process with SIGPROF, where the system has it; its stack goes to stderr."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    except (ImportError, ValueError, OSError):
        pass  # not on this system; the time is still bounded
    timed = hasattr(signal, "SIGPROF")
    if timed:
        faulthandler.register(signal.SIGPROF, all_threads=False, chain=True)
    warnings.simplefilter("ignore")  # of mutated text, `1 is 1` and the like
    gc.freeze()
    while True:
        try:
            text = pipe.recv()
        except EOFError:
            return
        if timed:
            signal.setitimer(signal.ITIMER_PROF, patience)
        answer = examine(text)
        if timed:
            signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(answer)


def examine(text: str) -> Answer:
    """Read, interpret and judge one text, and render what was found."""
    data = text.encode("utf-8", "surrogatepass")
    begin = time.process_time()
    result = _Verifying({PATH: data}).analyse(PATH)
    seconds = time.process_time() - begin
    python = _parses(data)
    return Answer(seconds, len(result.models), python, result.failure or _trouble(result, data, python))


def _trouble(result: FileResult, data: bytes, python: bool) -> str | None:
    found = [*result.diagnostics, *(each for model in result.models for each in model.diagnostics)]
    if python and (wrong := [each for each in found if each.code in ("IL001", "IL004")]):
        return f"not read, but Python is it: {wrong[0].message}"
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for each in found:
        if each.span.path == PATH and not 1 <= each.span.line <= each.span.end_line <= lines:
            return f"{each.code} lies outside the file, at {each.span}"
    return _rendering(found, data)


def _rendering(found: list[Diagnostic], data: bytes) -> str | None:
    for form, render in RENDERERS.items():
        try:
            render(Report(tuple(found), 1), Sources({PATH: data}), Painter())
        except Exception as error:
            return f"format {form}: {type(error).__name__}: {error}"
    return None


def _parses(data: bytes) -> bool:
    try:
        ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
