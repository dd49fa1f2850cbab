"""Files replaced as a whole or not at all."""

from __future__ import annotations

import os
import tempfile


class ChangedMeanwhile(OSError):
    """The file is no longer what it was when it was read."""

    def __init__(self) -> None:
        super().__init__("it changed while it was being checked, so it is left as it is now")
        self.strerror = str(self.args[0])


def replace_file(path: str, data: bytes, expected: bytes | None = None) -> None:
    """Write a file so that it holds either all of ``data`` or what it held before, whatever happens; its permissions
    stay, and a link still leads to it. ``expected`` is what it must still hold.

    :raises ChangedMeanwhile: it holds something else.
    :raises OSError: it can't be written.
    """
    path = os.path.realpath(path)
    if os.path.lexists(path) and not os.access(path, os.W_OK):
        raise PermissionError(13, "it is read-only", path)
    handle, temporary = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", suffix=".tmp", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _copy_mode(path, temporary)
        if expected is not None and _read(path) != expected:
            raise ChangedMeanwhile
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _copy_mode(path: str, temporary: str) -> None:
    if os.path.exists(path):
        os.chmod(temporary, os.stat(path).st_mode & 0o7777)
        return
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(temporary, 0o666 & ~mask)


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
