"""The two index pages of the rules, made from the list of rules: ``python -m initlint.rules_index [--check]``.

Without arguments it writes ``rules/README.md`` and ``docs/rules.md`` of the checkout it stands in; with ``--check`` it
writes nothing and exits with 1 if one of them is not what it would write.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from initlint.checks import RULES
from initlint.rule import Rule

GROUPS = {
    "IL0": "General",
    "IL1": "Symmetry: units that can never become different",
    "IL2": "Scale: weights that don't fit what consumes them",
    "IL3": "Depth: what compounds",
    "IL4": "Coverage: the init that isn't there",
    "IL5": "Architecture",
    "IL6": "Misuse: the call itself is wrong",
    "IL9": "Measured",
}
_HEAD = """# Rules

<!-- made by `python -m initlint.rules_index`; change the rules, not this file -->

Each rule has a page that says what it does, why it matters, and when it stays silent; `initlint explain <rule>` shows
it in the terminal. Codes select by prefix: `--select IL2` means every rule on scale.
"""


def index_page(rules: Sequence[Rule[Any]], pages: str) -> str:
    """The index as Markdown; ``pages`` is the path from it to the pages of the rules, ending in a slash."""
    parts = [_HEAD]
    for prefix, heading in GROUPS.items():
        members = [rule for rule in rules if rule.code.startswith(prefix)]
        if members:
            rows = [_row(rule, pages) for rule in members]
            parts.append("\n".join([f"## {heading}", "", "| code | name | flags |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _row(rule: Rule[Any], pages: str) -> str:
    optional = "" if rule.default else " (not in the default selection)"
    return f"| {rule.code} | [{rule.name}]({pages}{rule.name}/README.md) | {rule.summary}{optional} |"


def index_files(root: Path) -> dict[Path, str]:
    """The index files under the root of a checkout, each with the text that it should have."""
    return {
        root / "rules" / "README.md": index_page(RULES, ""),
        root / "docs" / "rules.md": index_page(RULES, "../rules/"),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the index files, or check them; the exit status."""
    stale = []
    for path, text in index_files(Path(__file__).resolve().parents[1]).items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{path}: {'is out of date' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
