"""``python -m initlint``."""

from __future__ import annotations

import sys

from initlint import __version__


def main() -> None:
    """Run the command line; the version is told without importing any of it."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"initlint {__version__}")
        return
    from initlint.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
