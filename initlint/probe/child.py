"""The process that runs the user's code: measures what it is told, and sends what it found through a pipe.

``python -m initlint.probe.child FD`` reads the job from its standard input as JSON. Every message is a pickled tuple
behind its length: ``("plan", labels)``, ``("start", label)``, ``("result", Measurement | Skip)``, ``("end",)``.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import pickle
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

Tell = Callable[..., None]


def main() -> None:
    """Do the job, and end without running what the user's code may have left to run at exit."""
    descriptor = int(sys.argv[1])
    os.set_inheritable(descriptor, False)
    own = os.getpid()

    def tell(*message: Any) -> None:
        if os.getpid() != own:  # the user's code forked, and its child came back here
            os._exit(0)
        data = pickle.dumps(message)
        os.write(descriptor, struct.pack("!Q", len(data)))
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    job = json.load(sys.stdin)
    if job["device"] == "cpu":
        _limit(job["memory"])
    offline()
    faulthandler.enable()
    sys.path.insert(0, os.getcwd())
    with contextlib.suppress(BrokenPipeError):
        _work(job, tell)
        tell("end")
    os._exit(0)


def _work(job: dict[str, Any], tell: Tell) -> None:
    import torch

    from initlint.ir.measured import NO_MODELS, Skip
    from initlint.probe.context import Context
    from initlint.probe.resolve import Options, probe_entry
    from initlint.probe.target import TargetError, entries

    if job["device"] != "cpu" and job["memory"] and torch.cuda.is_available():
        # CUDA reserves far more address space than it takes.
        size = torch.cuda.get_device_properties(torch.device(job["device"].replace("auto", "cuda"))).total_memory
        torch.cuda.set_per_process_memory_fraction(min(1.0, job["memory"] * 2**30 / size))
    if job["threads"]:
        torch.set_num_threads(job["threads"])
    target = job["target"]
    options = Options(job["seeds"], job["batch"], job["kwargs"], _inputs(job["inputs"]), job["targets"], job["extras"],
                      job["device"], job["blockwise"], job["memory"])  # fmt: skip
    tell("start", target)
    try:
        found = entries(target)
    except TargetError as error:
        tell("result", Skip(target, str(error), failed=True))
        return
    if not found:
        tell("result", Skip(target, NO_MODELS))
    context = Context()
    tell("plan", [entry.label for entry in found])
    for entry in found:
        if entry.label not in job["done"]:
            tell("start", entry.label)
            own = job["named"].get(entry.label.rpartition(":")[2])
            if own is not None:
                own = {**own, "inputs": _inputs(own["inputs"])}
                changed = {name: value for name, value in own.items() if value and not getattr(options, name)}
                tell("result", probe_entry(entry, replace(options, **changed), context))
            else:
                tell("result", probe_entry(entry, options, context))


def _inputs(given: list[Any]) -> tuple[tuple[str, tuple[int, ...], str], ...]:
    return tuple((name, tuple(shape), kind) for name, shape, kind in given)


def _limit(gigabytes: float) -> None:
    if gigabytes > 0:
        with contextlib.suppress(ImportError, ValueError, OSError):
            import resource

            size = int(gigabytes * 2**30)
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


def offline() -> None:
    """Nothing is fetched: a constructor that tries fails at once, with a word on why."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_DATASETS_OFFLINE="1")

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise OSError("initlint probe: the network is not to be used")
        connect(self, address)

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in (None, "", "localhost", "127.0.0.1", "::1"):
            raise OSError("initlint probe: the network is not to be used")
        return found(host, *args, **kwargs)

    connect, found = socket.socket.connect, socket.getaddrinfo
    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = look_up


if __name__ == "__main__":
    main()
