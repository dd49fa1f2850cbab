"""How many module classes of libraries the probe measures without a word from the user.

``python -m benchmarks.reach timm vit_pytorch --every 15 --seconds 60``: every fifteenth of all module classes that the
packages' modules define. Each is measured in a process of its own, a fork of one that has imported its module. Prints a
line for each class, and a table. A class that can't be constructed by any of the probe's ways is counted apart.
``--save FILE`` adds the results to a file, one to a line; ``--table FILE…`` prints the table of such files alone.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import importlib
import inspect
import json
import math
import os
import pickle
import pkgutil
import re
import resource
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from initlint.ir.measured import Measurement, Skip

# The sources from which transformers generates its models; these are what users import.
_SOURCES = re.compile(r"\.modular_")
_NEAR = math.log10(1.25)
_MEMORY = 12.0
# A class may take so many times its processor time, on a machine that does other things, too.
_WAITING = 5
Found = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60.0, help="of processor time, for each class")
    parser.add_argument("--minutes", type=float, default=0.0, help="start no class after so long")
    parser.add_argument("--match", default="", help="a part of the class's target")
    parser.add_argument("--predict", action="store_true", help="set the predictions beside the measurements")
    parser.add_argument("--worst", type=int, default=0, help="so many layers whose prediction is farthest off")
    parser.add_argument("--save", default="")
    parser.add_argument("--table", nargs="+", default=[])
    given = parser.parse_args(arguments)
    found = [each for path in given.table for each in _read(path)]
    known = {each["target"] for each in _read(given.save)} if given.save else set()
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")  # before anything reads them
    start = time.monotonic()
    for package in given.packages:
        targets = _in_child(functools.partial(_listed, package), 900.0)
        for target in [each for each in targets if given.match in each][given.start :: given.every]:
            if target in known or (given.minutes and time.monotonic() - start > 60 * given.minutes):
                continue
            each = {"package": package, "every": given.every} | measured(target, given.seconds, given.predict)
            found.append(each)
            print(f"{each['kind']:<12} {target}  {each['why']}", flush=True)
            if given.save:
                with open(given.save, "a", encoding="utf-8") as file:
                    file.write(json.dumps(each) + "\n")
    for line in (*table(found), *worst(found, given.worst)):
        print(line)
    return 0


def _read(path: str) -> list[Found]:
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _listed(package: str) -> list[str]:
    return list(classes(package))


def classes(package: str) -> Iterator[str]:
    """All module classes that a package's modules define, as targets."""
    from torch import nn

    from initlint.probe.users import callable_module

    for name in modules(package):
        try:
            module = importlib.import_module(name)
        except (Exception, SystemExit):  # it needs what is not installed here
            continue
        for each, value in vars(module).items():
            if inspect.isclass(value) and issubclass(value, nn.Module) and value.__module__ == name:
                if callable_module(value):
                    yield f"{name}:{each}"


def modules(package: str) -> Iterator[str]:
    """A package and all modules in it, by name."""
    found = importlib.import_module(package)
    yield package
    for info in pkgutil.walk_packages(getattr(found, "__path__", ()), f"{package}.", onerror=lambda _: None):
        if not _SOURCES.search(info.name):
            yield info.name


def measured(target: str, seconds: float, predict: bool = False) -> Found:
    """What comes of a class."""
    start = os.times()
    with_module = target.partition(":")[0]
    try:
        importlib.import_module(with_module)
        found = _in_child(lambda: _measure(target, predict), seconds)
    except TimeoutError:
        found = {"kind": "too slow", "why": f"it takes more than {seconds:g} s"}
    except Exception as error:
        found = {"kind": "crash", "why": f"{type(error).__name__}: {error}"}
    return {"target": target, **found, "seconds": round(sum(os.times()[2:4]) - sum(start[2:4]), 1)}


def _measure(target: str, predict: bool) -> Found:
    from initlint.probe.predict import predicted
    from initlint.probe.resolve import Options, probe_entry
    from initlint.probe.target import entries
    from initlint.report.measured import agreement

    result = probe_entry(entries(target)[0], Options(seeds=1, memory=_MEMORY))
    found: Found = {"kind": outcome(result), "why": _why(result)}
    if isinstance(result, Skip):
        found["tried"] = [each[:300] for each in result.tried[-12:]]
    elif predict:
        layers = agreement(predicted(result))
        found["known"] = [(round(decades, 3), layer.name or layer.weight) for decades, layer in layers]
        found["layers"] = len(result.first.layers)
    return found


def _in_child(work: Any, seconds: float) -> Any:
    """What ``work`` gives in a fork.

    :raises TimeoutError: it takes longer.
    :raises RuntimeError: the process ended before it.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 5))
        _work(work, reading, writing)
    os.close(writing)
    parts = []
    until = time.monotonic() + _WAITING * seconds
    try:
        while select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
            part = os.read(reading, 1 << 20)
            if not part:
                break
            parts.append(part)
        else:
            raise TimeoutError
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if not parts and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise TimeoutError
    if not parts:
        raise RuntimeError(f"the process ended with status {status}")
    return pickle.loads(b"".join(parts))


def _work(work: Any, reading: int, writing: int) -> None:
    os.setpgid(0, 0)
    os.close(reading)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    try:
        from initlint.probe.child import offline

        offline()
        with os.fdopen(writing, "wb") as file:
            file.write(pickle.dumps(work()))
    finally:
        os._exit(0)


def outcome(result: Measurement | Skip) -> str:
    """``measured``, ``no batch``, ``not built`` or ``failed``."""
    if isinstance(result, Measurement):
        return "measured"
    if "could not be built" in result.why or "importing" in result.why:
        return "not built"
    return "no batch" if "no batch" in result.why else "failed"


def _why(result: Measurement | Skip) -> str:
    if isinstance(result, Measurement):
        return f"{result.way} ({result.seconds:.1f} s)"[:200]
    return f"{result.why}; {result.tried[-1] if result.tried else ''}"[:300]


def table(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """For each package the share of those that can be constructed, and of all."""
    for package in dict.fromkeys(each["package"] for each in found):
        counts = Counter(each["kind"] for each in found if each["package"] == package)
        count = counts.total()
        built = count - counts["not built"]
        share = f"{counts['measured'] / built:.1%} of {built} constructed" if built else "nothing constructed"
        yield f"{package}: {share}, {counts['measured'] / count:.1%} of all {count} {dict(counts)}"


def worst(found: Sequence[Mapping[str, Any]], most: int) -> Iterator[str]:
    """How many layers have a prediction, how many of these are near, and the farthest."""
    known = [(decades, each["target"], name) for each in found for decades, name in each.get("known", ())]
    if known:
        near = sum(decades <= _NEAR for decades, _, _ in known)
        layers = sum(each.get("layers", 0) for each in found)
        yield f"predicted at {len(known)} of {layers} layers, within 25 % at {near}; the worst, in decades:"
        for decades, target, name in sorted(known, reverse=True)[:most]:
            yield f"{decades:6.2f}  {target} `{name}`"


if __name__ == "__main__":
    sys.exit(main())
