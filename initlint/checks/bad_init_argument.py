"""IL605: arguments that an initialiser refuses, or that say something else than was meant."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts

_NO_GAIN = "Unsupported nonlinearity "
# https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.calculate_gain has no entry for these.
_NEAR_RELU = frozenset({"gelu", "silu", "swish", "mish", "hardswish", "relu6", "prelu"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that raises (an error) or misses its meaning (a warning)."""
    for place, found in misuses(facts, "bad-argument").items():
        text = found[0].text
        yield report_misuse(facts, place, found, f"this call raises: {text[:1].lower()}{text[1:]}{_remedy(text)}")
    for place, found in misuses(facts, "doubtful-argument").items():
        message = f"{concerned(found, 'the tensor')} is not filled as meant: {found[0].text}"
        yield report_misuse(facts, place, found, message, Severity.WARNING)


def _remedy(text: str) -> str:
    if not text.startswith(_NO_GAIN):
        return ""
    given = text.removeprefix(_NO_GAIN)
    if given.lower() in _NEAR_RELU:
        return '; its gain is near ReLU\'s, so pass `"relu"`'
    if given != given.lower():
        return f'; names are in small letters, as in `"{given.lower()}"`'
    return '; `"linear"` has gain 1'


RULE = Rule("IL605", "bad-init-argument", "arguments that an initialiser refuses or takes for others", check)
