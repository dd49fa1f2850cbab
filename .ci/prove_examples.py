"""Reads a full report on stdin and compares it with the table of ``examples/README.md``; the exit status says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROW = re.compile(r"^\| `(\S+):(\d+)` \| (IL\d+) \|", re.MULTILINE)
FINDING = re.compile(r"^\w+\[(IL\d+)\].*\n +--> examples/(\S+):(\d+):\d+$", re.MULTILINE)

table = Path(__file__).resolve().parents[1] / "examples" / "README.md"
expected = sorted((path, int(line), code) for path, line, code in ROW.findall(table.read_text(encoding="utf-8")))
found = sorted((path, int(line), code) for code, path, line in FINDING.findall(sys.stdin.read()))
if not expected or found != expected:
    sys.exit(f"the findings in examples/ are not those of its table\n  expected {expected}\n  found    {found}")
print(f"examples/: the {len(found)} findings expected")
