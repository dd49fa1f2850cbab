"""The same input gives the same bytes: in any order, any number of processes, and with any seed of Python's hashes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initlint.engine import Report
from initlint.report import RENDERERS
from initlint.report.paint import Painter
from initlint.sources import Sources
from tests.laws.observe import report
from tests.laws.programs import Files, programs

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "models").glob("*.py")) + sorted((ROOT / "rules").glob("*/bad.py"))


def rendered(files: Files, order: list[str]) -> str:
    found = report(files, order)
    overlay = {name: text.encode() for name, text in files.items()}
    return "".join(
        render(Report(tuple(found), len(files)), Sources(overlay), Painter()) for render in RENDERERS.values()
    )


@given(st.lists(programs(), min_size=2, max_size=3), st.integers(0, 2**16))
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_order_of_files_and_repetition_change_nothing(several: list[Files], seed: int) -> None:
    # Only the first may have a second file, as all would call it the same.
    files = {**several[0], **{f"net{number}.py": each["net.py"] for number, each in enumerate(several[1:])}}
    order = list(files)
    once = rendered(files, order)
    assert rendered(files, order) == once
    random.Random(seed).shuffle(order)
    assert rendered(files, order) == once


def command(*arguments: str, hash_seed: str = "0") -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    files = [path.relative_to(ROOT).as_posix() for path in CASES]
    run = subprocess.run(
        [sys.executable, "-m", "initlint", "check", "--isolated", "--select", "ALL", *arguments, *files],
        cwd=ROOT, env=environment, capture_output=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 1, run.stderr.decode()
    return run.stdout


def test_processes_and_hash_seeds_change_nothing() -> None:
    once = command("--format", "json", "--jobs", "1")
    assert command("--format", "json", "--jobs", "2", hash_seed="12345") == once
