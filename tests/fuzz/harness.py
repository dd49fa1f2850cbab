"""Many mutations of many files, each analysed in a process that is watched."""

from __future__ import annotations

import heapq
import multiprocessing
import random
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.fuzz.mutations import mutate
from tests.fuzz.worker import Answer, serve

_SLOWEST = 5
# How much longer than its processor time a case may take by the clock.
_WAIT = 20
# Cases after which a process is replaced, so that what one leaves behind cannot add up.
_LIFE = 2_000


@dataclass(frozen=True, slots=True)
class Case:
    """One mutated text: its number in the run, the file it comes from, and the mutations."""

    number: int
    path: Path
    names: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Outcome:
    """The counts of a run. ``troubles`` are cases with what went wrong: crashes, hangs, broken invariants."""

    cases: int = 0
    python: int = 0
    models: int = 0
    seconds: float = 0.0
    by_mutation: Counter[str] = field(default_factory=Counter)
    troubles: list[tuple[Case, str]] = field(default_factory=list)
    slowest: list[tuple[float, int]] = field(default_factory=list)

    def add(self, case: Case, answer: Answer, limit: float) -> None:
        """Count one answer."""
        self.cases += 1
        self.python += answer.python
        self.models += answer.models
        self.seconds += answer.seconds
        self.by_mutation.update(set(case.names))
        heapq.heappush(self.slowest, (answer.seconds, case.number))
        if len(self.slowest) > _SLOWEST:
            heapq.heappop(self.slowest)
        trouble = answer.trouble
        if trouble is None and answer.seconds > limit:
            trouble = f"slow: {answer.seconds:.1f} s"
        if trouble is not None:
            self.troubles.append((case, trouble))


class Watched:
    """A worker process that is replaced when it dies or takes too long."""

    def __init__(self, context: BaseContext, patience: float) -> None:
        self._context = context
        self._patience = patience
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._served = 0

    def ask(self, text: str) -> Answer:
        """What the process answers, or why it doesn't."""
        if self._pipe is None or self._process is None or self._served >= _LIFE:
            self._start()
        assert self._pipe is not None and self._process is not None
        self._served += 1
        try:
            self._pipe.send(text)
            if self._pipe.poll(self._patience * _WAIT):
                answer: Answer = self._pipe.recv()
                return answer
            trouble = "hang: no answer"
        except (EOFError, OSError):
            self._process.join(5)
            code = self._process.exitcode
            hung = code is not None and code == -getattr(signal, "SIGPROF", 0)
            trouble = f"hang: more than {self._patience:.0f} s" if hung else f"crash: exit code {code}"
        self.close()
        return Answer(self._patience if trouble.startswith("hang") else 0.0, 0, False, trouble)

    def _start(self) -> None:
        self.close()
        mine, theirs = self._context.Pipe()
        self._process = self._context.Process(target=serve, args=(theirs, self._patience), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        self._pipe, self._served = mine, 0

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def sources(folders: Sequence[Path], least: int = 1, most: int = 10_000) -> list[tuple[Path, str]]:
    """The Python files under the folders that speak of torch and have between ``least`` and ``most`` lines."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            if "torch" in text and least <= text.count("\n") + 1 <= most:
                found.append((path, text))
    return found


def cases(files: Sequence[tuple[Path, str]], seed: int, start: int, count: int) -> Iterator[Case]:
    """The mutated texts of a seed, the same ones whatever the range that is asked for."""
    texts = [text for _, text in files]
    for number in range(start, start + count):
        rng = random.Random(f"{seed}:{number}")
        path, text = rng.choice(files)
        mutated, names = mutate(rng, text, texts)
        yield Case(number, path, names, mutated)


def fuzz(given: Iterator[Case], limit: float = 5.0, patience: float = 20.0) -> Iterator[Outcome]:
    """Analyse the cases; the outcome so far, after each of them.

    A case that takes more than ``limit`` processor seconds is in trouble, one that takes more than
    ``patience`` of them hangs and is stopped."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["tests.fuzz.worker"])
    watched = Watched(context, patience)
    outcome = Outcome()
    try:
        for case in given:
            outcome.add(case, watched.ask(case.text), limit)
            yield outcome
    finally:
        watched.close()
