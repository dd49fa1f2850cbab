"""The HTML report: one file, nothing from elsewhere, and it renders where there is a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("jinja2")

ROOT = Path(__file__).resolve().parents[2]
BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "report.html"
    targets = [f"{ROOT / 'rules/signal-vanishes'}/{kind}.py:Regressor" for kind in ("bad", "good")]
    command = [sys.executable, "-m", "initlint", "probe", *targets, "--seeds", "2", "--html", str(path), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 1, done.stderr
    return path


def test_it_is_one_file_and_well_formed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?!vscode://)[^"]*"|@import|url\(|<script', text)
    stack: list[str] = []

    class Check(HTMLParser):
        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            pass

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in {"meta", "br"}:
                stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert stack.pop() == tag

    Check().feed(text)
    assert stack == []


def test_what_it_shows(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("<article>") == 2 and "IL901 signal-vanishes" in text and "Nothing found" in text
    bad = ROOT / "rules/signal-vanishes/bad.py"
    assert f'href="vscode://file/{bad.as_posix().lstrip("/")}:18:' in text
    assert (
        text.count('class="seed"') == 8 and text.count('class="guess"') == 4 and text.count('<tr class="found">') >= 1
    )
    assert "prefers-color-scheme: dark" in text and text.count('class="hist"') == 36


@pytest.mark.skipif(not BROWSER, reason="no browser is installed")
@pytest.mark.parametrize("dark", [False, True])
def test_it_renders(page: Path, tmp_path: Path, dark: bool) -> None:
    shot = tmp_path / "shot.png"
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}",
               f"--screenshot={shot}", "--window-size=1200,1600"]  # fmt: skip
    command += ["--blink-settings=preferredColorScheme=0"] if dark else []
    done = subprocess.run([*command, page.as_uri()], capture_output=True, timeout=120)
    assert done.returncode == 0 and shot.stat().st_size > 20_000
