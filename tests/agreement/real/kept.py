"""Examinations as lines of JSON, so that a run that is stopped loses nothing, and what can be kept of them."""

from __future__ import annotations

import dataclasses
import json
import platform
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.agreement.compare import Comparison
from tests.agreement.real.examine import Examination
from tests.agreement.real_order.figures import Figures


@dataclasses.dataclass(frozen=True)
class Circumstances:
    """What a run's results depend on but for initlint: the first line of its file. ``models`` counts by library the
    models that there are to compare."""

    versions: dict[str, str]
    models: dict[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{name} {number}" for name, number in self.versions.items())


def circumstances(libraries: Sequence[str]) -> Circumstances:
    """Those of a run begun here; ``libraries`` holds one name for each of its models."""
    versions = {"Python": platform.python_version()}
    for name in ("torch", *sorted(set(libraries))):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:  # it lies in a folder of sources
            versions[name] = "of unknown version"
    return Circumstances(versions, dict(sorted(Counter(libraries).items())))


class Results:
    """A file of results: one line of circumstances, then one for each model. ``examinations`` are those that it held,
    and those added since; a last line that was cut off is left out and overwritten."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.circumstances: Circumstances | None = None
        self.examinations: list[Examination] = []
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith(b"\n")]
        if whole != lines:
            path.write_bytes(b"".join(whole))
        if whole:
            self.circumstances = Circumstances(**json.loads(whole[0]))
            self.examinations = [from_json(json.loads(line)) for line in whole[1:]]

    def begin(self, now: Circumstances) -> None:
        """Begin the file, or go on with it. Raises ValueError where its results were made otherwise."""
        if self.circumstances is None:
            self._append(dataclasses.asdict(now))
        elif self.circumstances.versions != now.versions:
            raise ValueError(f"{self._path} was made with {self.circumstances}, not with {now}")
        self.circumstances = now

    def add(self, examination: Examination) -> None:
        """Keep one more."""
        self.examinations.append(examination)
        self._append(to_json(examination))

    def _append(self, line: dict[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def to_json(examination: Examination) -> dict[str, Any]:
    """All of an examination in what JSON holds."""
    order = None if examination.order is None else vars(examination.order)
    comparison = vars(examination.comparison)
    return {**vars(examination), "classes": sorted(examination.classes), "comparison": comparison, "order": order}


def from_json(held: dict[str, Any]) -> Examination:
    """The examination again."""
    found = Examination(**held)
    found.classes = frozenset(held["classes"])
    found.comparison = Comparison(**held["comparison"])
    if (order := held["order"]) is not None:
        counters = {name: Counter(order[name]) for name in ("known", "right", "reasons")}
        found.order = Figures(**{**order, **counters})
    return found
