"""The files of a new rule, as ``initlint new-rule`` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"IL[0-9]{3}")
_IMPORTS = re.compile(r"from initlint\.checks import \(\n(.*?)\)\n", re.DOTALL)
_RULES = re.compile(r"RULES: tuple\[Rule\[Any\], \.\.\.\] = \(\n(.*?)\)\n", re.DOTALL)
_MEMBER = re.compile(r"    (\w+)\.RULE,\n")

_CHECK = Template('''"""$code: what is wrong, and what it does to training."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each layer that …"""
    for layer in facts.hidden:
        if layer.op.kind == "$name":
            message = f"consequence first, in numbers where it can: `{layer.name}` …; what to write instead"
            yield Finding(layer.made, message, Severity.WARNING, class_name=facts.model.name, layer=layer.name)


RULE = Rule("$code", "$name", "what it flags, in one line", check)
''')
_PAGE = Template("""# $name ($code)

## What it does

Reports … Severity: warning.

## Why it matters

The consequence, with the numbers measured on `bad.py` and `good.py`.

## Example

Bad:

```python
```

Good:

```python
```

## When it stays silent

- wherever a fact that it needs is unknown;

## Fix safety

This rule offers no fix: another init changes the numbers of every run, so the choice is yours.

## References

- the paper or documentation that this follows
""")
_MODEL = Template('''"""$about"""

from __future__ import annotations

import torch
from torch import nn


class Net(nn.Module):
    """A model as people write it."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, width)$mark
        self.fc2 = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(torch.relu(self.fc1(x)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Net()(torch.randn(2, 64))
''')


class SkeletonError(Exception):
    """Why no skeleton can be written."""


def write_skeleton(root: str, name: str, code: str) -> list[str]:
    """Write the page, the two models and the module of a rule, and list it in ``initlint/checks/__init__.py``; the
    paths written, relative to ``root``, which must be a checkout of initlint.

    :raises SkeletonError: it isn't, or the name or code is taken or malformed. Nothing is written then.
    """
    top = Path(root)
    listing = top / "initlint" / "checks" / "__init__.py"
    module = name.replace("-", "_")
    if not listing.is_file() or not (top / "rules").is_dir():
        raise SkeletonError("this is no checkout of initlint: there is no initlint/checks/__init__.py or no rules/")
    if not _NAME.fullmatch(name):
        raise SkeletonError(f"`{name}` is no name for a rule: use small letters, digits and hyphens, as in `dead-gate`")
    if not _CODE.fullmatch(code):
        raise SkeletonError(f"`{code}` is no code for a rule: use IL and three digits")
    codes = _codes(listing.parent)
    if code in codes.values():
        raise SkeletonError(f"{code} is taken by {next(each for each in codes if codes[each] == code)}")
    files = {
        top / "rules" / name / "README.md": _PAGE.substitute(name=name, code=code),
        top / "rules" / name / "bad.py": _MODEL.substitute(about="What is wrong here.", mark=f"  # expect: {name}"),
        top / "rules" / name / "good.py": _MODEL.substitute(about="The same model put right.", mark=""),
        listing.parent / f"{module}.py": _CHECK.substitute(name=name, code=code),
    }
    for path in files:
        if path.exists():
            raise SkeletonError(f"{path} exists already")
    files[listing] = _listed(listing.read_text(encoding="utf-8"), module, code, codes)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [path.relative_to(top).as_posix() for path in files]


def _codes(folder: Path) -> dict[str, str]:
    """The code of each rule's module, read from its text."""
    found = {}
    for path in sorted(folder.glob("[a-z]*.py")):
        match = re.search(r'RULE\b.*?= Rule\(\s*"(IL\d+)"', path.read_text(encoding="utf-8"))
        if match:
            found[path.stem] = match.group(1)
    return found


def _listed(text: str, module: str, code: str, codes: dict[str, str]) -> str:
    """The list of rules with one more: among the imports by name, in RULES by code."""
    imports, rules = _IMPORTS.search(text), _RULES.search(text)
    if imports is None or rules is None:
        raise SkeletonError("initlint/checks/__init__.py has not the shape that it should have")
    names = sorted({*re.findall(r"^    (\w+),$", imports.group(1), re.MULTILINE), module})
    members = [*_MEMBER.findall(rules.group(1)), module]
    members.sort(key=lambda each: codes.get(each, code))
    text = text[: rules.start(1)] + "".join(f"    {each}.RULE,\n" for each in members) + text[rules.end(1) :]
    return text[: imports.start(1)] + "".join(f"    {each},\n" for each in names) + text[imports.end(1) :]
