"""Refuses to change files and to start programs, while the project's functions are called to see what they make."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
_CHANGES = re.compile(
    r"os\.(remove|rename|rmdir|mkdir|truncate|link|symlink|chmod|chown|system|exec|posix_spawn|spawn|startfile)|"
    r"shutil\.(rmtree|move|copyfile)|subprocess\.Popen"
)
# Python's hooks can't be removed: one is added when it is first wanted, and does nothing but inside of ``harmless``.
_active: list[bool] = []


@contextmanager
def harmless() -> Iterator[None]:
    """What Python is asked for inside raises ``PermissionError`` where it would write to a file, change a folder or
    start a program. The network is closed to the process that measures in any case."""
    if not _active:
        sys.addaudithook(_refuse)
        _active.append(False)
    before, _active[0] = _active[0], True
    try:
        yield
    finally:
        _active[0] = before


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if not _active or not _active[0]:
        return
    if _CHANGES.fullmatch(event) or (event == "open" and _writes(*args) and args[0] != os.devnull):
        raise PermissionError(f"initlint probe: {event} is not to be used for finding out what a function makes")


def _writes(path: Any, mode: Any, flags: Any) -> bool:
    return bool(isinstance(flags, int) and flags & _WRITES) or (isinstance(mode, str) and bool(set(mode) & set("wax+")))
