"""IL601: initialisers spelt without the underscore, deprecated since PyTorch 0.4."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Applicability, Finding, InitCall, PlacedFix, Severity
from initlint.rule import Rule
from initlint.signal.facts import FileFacts, StaticCall

# https://github.com/pytorch/pytorch/blob/main/torch/nn/init.py, the calls of _make_deprecate at its end.
DEPRECATED = frozenset(
    f"torch.nn.init.{name}"
    for name in (
        "uniform", "normal", "constant", "eye", "dirac", "xavier_uniform", "xavier_normal", "kaiming_uniform",
        "kaiming_normal", "orthogonal", "sparse",
    )
)  # fmt: skip


def check(facts: FileFacts) -> Iterator[Finding]:
    """Every call of a deprecated name."""
    for call in facts.calls:
        if call.target in DEPRECATED:
            message = (
                f"`{call.source}` emits a FutureWarning at every call and will be removed; use `{_new_name(call)}`"
            )
            yield Finding(call.place, message, Severity.WARNING, fix=_fix(call))


def _new_name(call: StaticCall) -> str:
    return f"{call.source}_" if _spelt_out(call) else f"{call.target}_"


def _fix(call: StaticCall) -> PlacedFix | None:
    # A bare or renamed name would need its import changed, too.
    if not _spelt_out(call) or "." not in call.source:
        return None
    wish = InitCall(call.place, f"{call.target}_", None)
    return PlacedFix(f"use `{_new_name(call)}`, the same function", Applicability.SAFE, (wish,))


def _spelt_out(call: StaticCall) -> bool:
    return call.source.rpartition(".")[2] == call.target.rpartition(".")[2]


RULE = Rule("IL601", "deprecated-init", "an initialiser spelt without its underscore", check, scope="file")
