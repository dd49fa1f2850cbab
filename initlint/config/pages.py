"""What is made from the list of keys: ``python -m initlint.config.pages [--check]``.

It writes the JSON schema and the table in ``docs/configuration.md`` of the checkout it stands in; with ``--check`` it
writes nothing and exits with 1 if one of them is not what it would write. ``initlint init`` writes :func:`start`.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from initlint.config.options import OPTIONS, Option

_BEGIN, _END = "<!-- made by `python -m initlint.config.pages` -->\n", "<!-- end -->\n"
_PREFIX = "tool.initlint."


def schema() -> dict[str, Any]:
    """The JSON Schema of ``initlint.toml`` and of ``[tool.initlint]``."""
    properties = {
        option.name: {"description": plain(option.about), "markdownDescription": option.about, **option.kind.schema}
        for option in OPTIONS
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "initlint",
        "description": "The configuration of initlint: initlint.toml, or [tool.initlint] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def plain(markdown: str) -> str:
    """Markdown without its marks."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown).replace("`", "")


def table() -> str:
    """The keys as a Markdown table."""
    rows = [f"| `{option.name}` | {option.about} | {option.default} |\n" for option in OPTIONS]
    return "| key | what it does | default |\n|---|---|---|\n" + "".join(rows)


def start(prefix: str = "") -> str:
    """A configuration file to start from: every key, commented out. ``prefix`` is that of its tables."""
    head = f"[{prefix.rstrip('.')}]\n" if prefix else ""
    simple = [_commented(option, "") for option in OPTIONS if not option.is_table]
    tables = [_commented(option, prefix) for option in OPTIONS if option.is_table]
    return (
        head
        + "## Take away the `# ` before what you want to set; the values are examples.\n\n"
        + "\n".join(simple + tables)
    )


def _commented(option: Option, prefix: str) -> str:
    about = textwrap.wrap(f"{plain(option.about)} Default: {plain(option.default)}.", 96)
    if option.is_table:
        example = [f"[{prefix}{option.name}]", *option.example.splitlines()]
    else:
        example = [f"{option.name} = {option.example}"]
    return "".join([*(f"## {line}\n" for line in about), *(f"# {line}\n" for line in example)])


def files(root: Path) -> dict[Path, str]:
    """The files under the root of a checkout that are made from here, each with the text that it should have."""
    page = root / "docs" / "configuration.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    return {
        root / "editors" / "initlint.schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        page: before + _BEGIN + table() + _END + after,
    }


def main(arguments: Sequence[str]) -> int:
    """Write the files, or check them; the exit status."""
    stale = []
    for path, text in files(Path(__file__).resolve().parents[2]).items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{path}: {'is out of date' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
