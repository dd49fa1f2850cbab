"""Where the processor's time goes: ``python -m benchmarks.phases DIR…`` (``make phases DIR="one two"``).

One process analyses all files of each folder. *Parsing* is the outlines and the statements that were lowered for the
interpreter, *interpreting* is running them, *signal* what is worked out from the models; the rest is rules, comments
and the reading of files. For comparison, libcst parses the whole of the same files. Seconds of processor time; the
share that the clock adds itself is the same for all.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import libcst

import initlint.analysis
from initlint.interpret.link import Project

_PHASES = ("parsing", "interpreting", "signal", "rest")


class Clock:
    """Processor time by phase; what runs inside another phase counts for itself alone."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._running = ["rest"]
        self._since = time.process_time()

    def stop(self) -> None:
        """Count what has run since the last change of phase."""
        now = time.process_time()
        self.spent[self._running[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now

    def phase(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed; a generator is run to its end."""

        def timed(*given: Any, **named: Any) -> Any:
            self.stop()
            self._running.append(name)
            try:
                result = function(*given, **named)
                return list(result) if isinstance(result, Iterator) else result
            finally:
                self.stop()
                self._running.pop()

        return timed


@contextmanager
def timed(clock: Clock) -> Iterator[None]:
    """Analyse with a clock on each phase."""
    analysis = initlint.analysis
    phases = [
        (Project, "code", "parsing"),
        (Project, "namespace", "parsing"),
        (analysis, "outline", "parsing"),
        (analysis, "read_file", "interpreting"),
        (analysis, "facts", "signal"),
    ]
    patches = [patch.object(owner, name, clock.phase(phase, getattr(owner, name))) for owner, name, phase in phases]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def measure(files: Sequence[str]) -> tuple[dict[str, float], float]:
    """The seconds of each phase, and those that libcst takes to parse the files as wholes."""
    clock = Clock()
    with timed(clock):
        worker = initlint.analysis.Worker()
        gc.freeze()
        for file in files:
            worker.analyse(file)
        clock.stop()
    del worker
    begun = time.process_time()
    for file in files:
        libcst.parse_module(Path(file).read_bytes())
    return {phase: clock.spent[phase] for phase in _PHASES}, time.process_time() - begun


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row of Markdown for each folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phases", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    print("| folder | files | " + " | ".join(_PHASES) + " | libcst, all of it | interpreting / parsing |")
    print("|---" * (len(_PHASES) + 4) + "|")
    for folder in parser.parse_args(arguments).folders:
        files = [path.as_posix() for path in sorted(folder.rglob("*.py"))]
        spent, whole = measure(files)
        cells = [f"{spent[phase]:.1f}" for phase in _PHASES]
        ratio = spent["interpreting"] / max(spent["parsing"], 1e-9)
        print(f"| {folder.name} | {len(files)} | {' | '.join(cells)} | {whole:.1f} | {ratio:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
