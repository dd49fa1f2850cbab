"""The names of transformers' classes that find a model by its configuration."""

from __future__ import annotations

import re

_PATH = re.compile(r"transformers\.(?:[\w.]+\.)?(AutoModel\w*|AutoBackbone)\.(?:_?from_config)")


def auto_class(path: str) -> str | None:
    """The automatic class whose ``from_config`` has this path; None for any other path."""
    found = _PATH.fullmatch(path) if "from_config" in path else None
    return found[1] if found else None
