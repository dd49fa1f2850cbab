"""A progress bar that comes only when there is something to wait for."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE_S = 1.0


class ProgressBar:
    """Shows on stderr, where that is a terminal, how many files are done, once the work has taken a second."""

    def __init__(self, wanted: bool = True, doing: str = "checking") -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._doing = doing
        self._start = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, done: int, total: int) -> None:
        """Told after each file."""
        if not self._wanted or (self._bar is None and time.monotonic() - self._start < _PATIENCE_S):
            return
        if self._bar is None:
            # rich takes longer to import than many a run lasts.
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn(self._doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._doing, total=total)
            self._bar.start()
        assert self._task is not None
        self._bar.update(self._task, completed=done)
