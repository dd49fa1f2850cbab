"""What the comparison needs, below the ignored folder ``corpora/``: the other linters, and code to lint."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / "corpora"
TIMM = "1.0.31"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of Python files that holds nothing else, with how many files, bytes and lines they are."""

    folder: Path
    files: int
    size: int
    lines: int


def install_peers() -> Path:
    """The folder with the commands of the other linters, installed afresh where the pinned versions have changed."""
    home = STORE / "peers"
    wanted = Path(__file__).with_name("requirements.txt").read_bytes()
    stamp = home / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != wanted:
        venv.create(home, clear=True, with_pip=True)
        _pip(home / "bin" / "python", "install", "-r", str(Path(__file__).with_name("requirements.txt")))
        stamp.write_bytes(wanted)
    return home / "bin"


def install_timm() -> Path:
    """The sources of timm, as its wheel has them."""
    home = STORE / f"timm-{TIMM}"
    if not (home / "timm").is_dir():
        _pip(Path(sys.executable), "download", "--no-deps", "--only-binary=:all:", "-d", str(STORE), f"timm=={TIMM}")
        with zipfile.ZipFile(STORE / f"timm-{TIMM}-py3-none-any.whl") as wheel:
            wheel.extractall(home)
    return home / "timm"


def copy_corpus(source: Path, target: Path) -> Corpus:
    """Copy the Python files of a folder to ``target``, under the folder's own name.

    So every linter gets the same files: none of them finds a configuration, or passes over a file that git ignores.
    """
    folder = target / source.resolve().name
    files = size = lines = 0
    for path in sorted(source.rglob("*.py")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        copy = folder / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
        files, size, lines = files + 1, size + len(data), lines + data.count(b"\n")
    return Corpus(folder, files, size, lines)


def _pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, check=True, stdout=sys.stderr)
