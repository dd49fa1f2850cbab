"""The fixture of the pytest plugin."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytest.importorskip("torch")

ROOT = Path(__file__).resolve().parents[2]


def test_the_fixture(tmp_path: Path) -> None:
    (tmp_path / "test_net.py").write_text(
        "import runpy\nfrom pathlib import Path\n\n"
        f"RULE = Path({str(ROOT / 'rules/signal-vanishes')!r})\n\n\n"
        "def test_good(initlint_probe):\n"
        "    import torch\n"
        "    net = runpy.run_path(str(RULE / 'good.py'))['Regressor']\n"
        "    initlint_probe(net, torch.randn(17, 64), seeds=1).assert_healthy()\n\n\n"
        "def test_bad(initlint_probe):\n"
        "    import torch\n"
        "    net = runpy.run_path(str(RULE / 'bad.py'))['Regressor']\n"
        "    initlint_probe(net, torch.randn(17, 64), seeds=1).assert_healthy()\n"
    )
    installed = any(each.value == "initlint.probe.plugin" for each in entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "initlint.probe.plugin")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert "IL901 signal-vanishes: inputs become indistinguishable" in done.stdout


def test_the_entry_point_is_declared() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert '[project.entry-points.pytest11]\ninitlint = "initlint.probe.plugin"' in text
