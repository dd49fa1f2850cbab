"""One process for each model: what a model does to its own, in time, memory or by a crash, costs no other."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import torch

from tests.agreement.real.examine import Examination, examine
from tests.agreement.real.libraries import Candidate


@dataclass(frozen=True)
class Limits:
    """``seconds`` of the processor for either side of one model, bytes of ``memory`` in one process, seconds by the
    clock after which no further model is begun, and the ``patience``: how many times as long as both sides may take
    by the processor a process may take by the clock before it is stopped from outside."""

    seconds: float
    memory: int
    stop_after: float = float("inf")
    patience: float = 2.5


@dataclass
class _Running:
    candidate: Candidate
    process: BaseProcess
    started: float


def examined(candidates: Sequence[Candidate], jobs: int, limits: Limits) -> Iterator[Examination]:
    """The examinations as they come, in so many processes at once."""
    context = multiprocessing.get_context("fork")
    begun = time.monotonic()
    waiting = list(reversed(candidates))
    running: dict[Connection, _Running] = {}
    while waiting or running:
        if time.monotonic() - begun > limits.stop_after:
            waiting.clear()
        while waiting and len(running) < jobs:
            candidate = waiting.pop()
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(candidate, limits, sender), daemon=True)
            process.start()
            sender.close()  # else the pipe would not end with its process
            running[receiver] = _Running(candidate, process, time.monotonic())
        ready = set(wait(list(running), timeout=1.0))
        now = time.monotonic()
        for receiver in list(running):
            task = running[receiver]
            late = now - task.started > limits.patience * 2 * limits.seconds
            if receiver in ready or late:
                del running[receiver]
                yield _received(receiver, task)


def _work(candidate: Candidate, limits: Limits, sender: Connection) -> None:
    torch.set_num_threads(1)
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    sender.send(examine(candidate, seconds=limits.seconds))
    sender.close()


def _received(receiver: Connection, task: _Running) -> Examination:
    failed = Examination(task.candidate.library, task.candidate.name)
    try:
        if receiver.poll():
            return receiver.recv()  # type: ignore[no-any-return]
        failed.failure = "stopped: too long by the clock"
        task.process.kill()
        return failed
    except EOFError:
        task.process.join()
        failed.failure = f"the process ended with {task.process.exitcode}"
        return failed
    finally:
        task.process.join()
        receiver.close()
