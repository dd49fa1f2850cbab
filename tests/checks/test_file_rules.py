"""IL001 to IL004 and IL601 on hand-made facts, the list of rules, and precedence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from facts_builder import CALL, run

from initlint.checks import (
    RULES,
    deprecated_init,
    syntax_error,
    unexplained_suppression,
    unknown_rule,
    unreadable_file,
    unused_suppression,
)
from initlint.checks.precedence import resolve
from initlint.diagnostics import Applicability, Confidence, Diagnostic, InitCall, Severity
from initlint.ir.place import Span
from initlint.selection import BUILT_IN, UnknownRuleError, selected_codes
from initlint.signal.facts import FileFacts, StaticCall, Suppression, SuppressionFacts

SPAN = Span("net.py", 3, 1, 3, 9)


def test_files_that_cannot_be_read_or_parsed() -> None:
    [error] = run(syntax_error.check, FileFacts("net.py", error=("expected ','", SPAN)))
    assert error.place == SPAN and error.message.endswith("expected ','") and error.severity is Severity.ERROR
    [cell] = run(syntax_error.check, FileFacts("net.ipynb", error=("expected ','", replace(SPAN, path="net.ipynb"))))
    assert cell.severity is Severity.WARNING  # the other cells run
    [unreadable] = run(unreadable_file.check, FileFacts("net.py", unreadable="byte 0xfc is not UTF-8"))
    assert unreadable.place == Span("net.py", 1, 1, 1, 1)
    assert run(syntax_error.check, FileFacts("net.py")) == run(unreadable_file.check, FileFacts("net.py")) == []


def comment(
    *names: str, used: bool = False, unused: tuple[str, ...] = (), unknown: tuple[str, ...] = ()
) -> Suppression:
    return Suppression(SPAN, names, used, unused, unknown)


@pytest.mark.parametrize(
    ("given", "unused", "unknown"),
    [
        (comment(), 1, 0),
        (comment(used=True), 0, 0),
        (comment("IL101", unused=("IL101",)), 1, 0),
        (comment("IL101", "IL201", used=True, unused=("IL201",)), 1, 0),
        (comment("IL999", unused=("IL999",), unknown=("IL999",)), 0, 1),
        (comment("IL101", "IL999", used=True, unused=("IL999",), unknown=("IL999",)), 0, 1),
    ],
)
def test_suppressions(given: Suppression, unused: int, unknown: int) -> None:
    facts = SuppressionFacts("net.py", (given,))
    assert len(run(unused_suppression.check, facts)) == unused
    assert len(run(unknown_rule.check, facts)) == unknown


@pytest.mark.parametrize(
    ("source", "new"),
    [("nn.init.normal", "nn.init.normal_"), ("normal", None), ("init.gauss", None)],
)
def test_the_fix_of_a_deprecated_name_needs_its_module(source: str, new: str | None) -> None:
    call = StaticCall("torch.nn.init.normal", CALL, source)
    [finding] = run(deprecated_init.check, FileFacts("net.py", calls=(call,)))
    if new is None:
        assert finding.fix is None
    else:
        assert finding.fix is not None and finding.fix.applicability is Applicability.SAFE
        assert finding.fix.edits == (InitCall(CALL, "torch.nn.init.normal_", None),)


def test_every_deprecated_name_is_torchs() -> None:
    torch = pytest.importorskip("torch")
    old = {name for name in vars(torch.nn.init) if hasattr(torch.nn.init, f"{name}_")}
    assert {f"torch.nn.init.{name}" for name in old} == deprecated_init.DEPRECATED


def test_rules_are_found_by_code_prefix_and_name() -> None:
    rule = BUILT_IN.find("il201")
    assert rule is not None and rule is BUILT_IN.find("xavier-before-relu")
    assert BUILT_IN.find("nothing") is None
    assert selected_codes(("IL30", "zero-weight-init"), ()) >= {"IL101", "IL301", "IL302"}
    assert selected_codes(("ALL",), ()) == {each.code for each in RULES}
    with pytest.raises(UnknownRuleError, match="IL99"):
        selected_codes(("IL99",), ())


def diagnostic(code: str, line: int = 3, class_name: str = "Net") -> Diagnostic:
    rule = BUILT_IN.find(code)
    assert rule is not None
    span = Span("net.py", line, 1, line, 9)
    return Diagnostic(code, rule.name, Severity.ERROR, Confidence.HIGH, "", span, class_name=class_name)


def test_the_more_specific_rule_speaks() -> None:
    def codes(*found: Diagnostic) -> list[str]:
        return [each.code for each in resolve(found)]

    assert codes(diagnostic("IL401"), diagnostic("IL402", 9)) == ["IL402"]
    assert codes(diagnostic("IL401"), diagnostic("IL402", 9, "Other")) == ["IL401", "IL402"]
    assert codes(diagnostic("IL401", class_name=""), diagnostic("IL402", 9, "")) == ["IL401", "IL402"]
    assert codes(diagnostic("IL101"), diagnostic("IL602")) == ["IL602"]
    assert codes(diagnostic("IL101"), diagnostic("IL602", 9)) == ["IL101", "IL602"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (comment("IL101", used=True), 1),
        (comment(used=True), 1),
        (comment("IL101"), 1),
        (comment("IL101", unused=("IL101",)), 0),
        (comment(), 0),
        (replace(comment(used=True), reason="the gate opens it"), 0),
        (replace(comment(used=True), kind="enable"), 0),
        (replace(comment("IL101", used=True), kind="noqa"), 0),
    ],
)
def test_reasons_of_suppressions(given: Suppression, found: int) -> None:
    assert len(run(unexplained_suppression.check, SuppressionFacts("net.py", (given,)))) == found
