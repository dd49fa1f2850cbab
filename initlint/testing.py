"""The page and the examples of a rule, as its test: for initlint's own rules, and for those of its users.

.. code-block:: python

    @pytest.mark.parametrize("example", examples("lint/our_rules.py"), ids=str)
    def test_rule(example):
        example.check()
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from initlint.config import rule_set
from initlint.custom import NO_PLUGINS, Plugins
from initlint.diagnostics import Diagnostic, Severity
from initlint.engine import Report, check_files
from initlint.fixer import Outcome, fix
from initlint.ir.data import dataclass
from initlint.rule import Rule
from initlint.selection import Choice

SECTIONS = (
    "What it does", "Why it matters", "Example", "When it stays silent", "Fix safety", "References",
)  # fmt: skip
_EXPECT = re.compile(r"# expect: ([a-z0-9-]+)")


def marked(path: Path) -> list[tuple[int, str]]:
    """The lines of an example that are marked with ``# expect: <name>``, each with the rule that it names."""
    lines = path.read_bytes().decode("latin-1").splitlines()
    return [(number, name) for number, line in enumerate(lines, 1) for name in _EXPECT.findall(line)]


@dataclass(frozen=True, slots=True)
class Example:
    """A rule with the folder of its page and examples: ``README.md``, ``bad.py``, ``good.py``, and ``fixed.py`` where
    the rule offers fixes. Each check raises AssertionError with what is wrong."""

    rule: Rule[Any]
    folder: Path
    plugins: Plugins = NO_PLUGINS

    def __str__(self) -> str:
        return self.rule.name

    def check(self) -> None:
        """All of the checks."""
        self.check_page()
        self.check_bad()
        self.check_good()
        self.check_fixed()

    def check_page(self) -> None:
        """The page has its title and its sections, in order."""
        page = self.folder / "README.md"
        assert page.is_file(), f"{page}: there is no such page"
        text = page.read_text(encoding="utf-8")
        title = f"# {self.rule.name} ({self.rule.code})"
        assert text.startswith(f"{title}\n"), f"{page} doesn't start with {title}"
        found = tuple(re.findall(r"^## (.+)$", text, re.MULTILINE))
        assert found == SECTIONS, f"{page} has the sections {found}, not {SECTIONS}"

    def check_bad(self) -> None:
        """The rule finds in ``bad.py`` what is marked there, with the other rules and alone; and nothing else is as
        bad as a warning."""
        path = self.folder / "bad.py"
        marks = marked(path)
        assert marks and {name for _, name in marks} == {self.rule.name}, f"{path}: marks must name {self.rule.name}"
        found = self.lint(path)
        own = [(each.span.line, each.name) for each in found if each.name == self.rule.name]
        assert own == marks, f"{path}: found {own}, marked {marks}"
        beside = [each for each in found if each.name != self.rule.name and each.severity is not Severity.INFO]
        assert beside == [], f"{path}: other rules find {[(each.span.line, each.name) for each in beside]}"
        if self.rule.scope != "suppressions":
            alone = [(each.span.line, each.name) for each in self.lint(path, self.rule.code)]
            assert alone == marks, f"{path}: alone it finds {alone}, marked {marks}"

    def check_good(self) -> None:
        """No rule finds anything in ``good.py``."""
        path = self.folder / "good.py"
        assert marked(path) == [], f"{path} has marks"
        found = [(each.span.line, each.name) for each in self.lint(path)]
        assert found == [], f"{path}: found {found}"

    def check_fixed(self) -> None:
        """``fixed.py`` is ``bad.py`` with the rule's fixes applied, unsafe ones as well, if there are any: it is
        Python, fixed for good, and nothing has come that was not there."""
        path, fixed = self.folder / "bad.py", self.folder / "fixed.py"
        found = self.lint(path)
        offered = any(each.name == self.rule.name and each.fix is not None for each in found)
        assert fixed.is_file() == offered, f"{fixed}: there must be one if, and only if, the rule offers fixes"
        if not offered:
            return
        outcome = self.fix(path)
        assert outcome.refused == (), f"{path}: a fix is refused: {outcome.refused[0][1]}"
        assert {each.name for each in outcome.fixed} == {self.rule.name}
        text = outcome.after[path.as_posix()].decode("utf-8")
        assert text == fixed.read_text(encoding="utf-8"), f"{fixed} is not what the fixes give:\n{text}"
        compile(fixed.read_bytes(), str(fixed), "exec")
        assert self.fix(fixed).after == {}, f"{fixed} can be fixed once more"
        left = {each.name for each in self.lint(fixed)}
        unfixed = any(each.fix is None for each in found if each.name == self.rule.name)
        assert unfixed or self.rule.name not in left, f"{fixed}: the rule still finds something"
        assert left <= {each.name for each in found}, f"{fixed}: {left} are found, which were not in bad.py"

    def lint(self, path: Path, select: str = "ALL") -> list[Diagnostic]:
        """What the rules that a key names find in an example."""
        report = self._report(path.as_posix(), select)
        assert report.failures == () and report.complaints == (), [*report.failures, *report.complaints]
        return [each for each in report.diagnostics if each.span.path == path.as_posix()]

    def fix(self, path: Path) -> Outcome:
        """An example with the rule's fixes applied, unsafe ones as well."""
        name, select = path.as_posix(), "ALL" if self.rule.scope == "suppressions" else self.rule.code
        return fix(lambda texts: self._report(name, select, texts), {name: path.read_bytes()}, unsafe=True)

    def _report(self, name: str, select: str, texts: dict[str, bytes] | None = None) -> Report:
        codes = rule_set(self.plugins).selected([Choice((select,))])
        return check_files([name], codes, overlay=texts, plugins=self.plugins)


def examples(file: str | os.PathLike[str] | None = None) -> list[Example]:
    """The rules of a file, or, without one, of all installed packages, each with the folder of its name beside the
    module that it is written in.

    :raises initlint.custom.RulesError: the rules can't be used.
    """
    plugins = Plugins(installed=True) if file is None else Plugins((os.path.abspath(file),))
    return [Example(rule, Path(rule.home) / rule.name, plugins) for rule in plugins.load()]
