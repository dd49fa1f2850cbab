"""``initlint init``: a commented configuration to start from."""

from __future__ import annotations

from pathlib import Path

from initlint.atomic import replace_file
from initlint.config import ConfigError
from initlint.config.pages import start
from initlint.config.read import OWN_FILE, SHARED_FILE, read_folder
from initlint.console import Trouble


def run(pyproject: bool) -> str:
    """Write ``initlint.toml``, or a table at the end of ``pyproject.toml``; what was written, in one line.

    :raises Trouble: there is a configuration already, or it can't be written.
    """
    try:
        present = read_folder(".")
    except ConfigError as error:
        raise Trouble(str(error)) from None
    if present is not None:
        raise Trouble(f"{present[-1].origin} configures this folder already")
    path = Path(SHARED_FILE if pyproject else OWN_FILE)
    try:
        if not pyproject:
            replace_file(str(path), start().encode())
            return f"{path}: written"
        before = path.read_bytes() if path.exists() else b""
        gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        replace_file(str(path), before + gap + start("tool.initlint.").encode())
    except OSError as error:
        raise Trouble(f"{path}: can't be written: {(error.strerror or str(error)).lower()}") from None
    return f"{path}: [tool.initlint] added"
