"""Comments that keep findings from being reported: ``# initlint: ignore[IL201] reason`` and its kin."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.diagnostics import Diagnostic
from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.signal.facts import Suppression, SuppressionFacts
from initlint.suppress.directives import ENABLE, NOQA, Directive, parse

__all__ = ["Applied", "Directive", "apply", "parse"]


@dataclass(frozen=True, slots=True)
class Applied:
    """One file's findings that comments leave; those that they hide, each with the reason given; and what the comments
    did."""

    kept: list[Diagnostic]
    hidden: list[tuple[Diagnostic, str]]
    facts: SuppressionFacts


def apply(
    path: str,
    diagnostics: Sequence[Diagnostic],
    directives: Sequence[Directive],
    judged: frozenset[str],
    complete: bool,
) -> Applied:
    """Apply a file's suppression comments to its findings.

    ``judged`` are the codes whose findings are among ``diagnostics``: a name of any other rule is never called unused,
    since nobody looked. ``complete`` says that ``judged`` holds all rules that a user would normally run, so that a
    comment for all rules without effect is one without a use.
    """
    whole = next((each for each in directives if each.whole_file), None)
    if whole is not None:
        return Applied([], [(each, whole.reason) for each in diagnostics], SuppressionFacts(path, ()))
    kept: list[Diagnostic] = []
    hidden: list[tuple[Diagnostic, str]] = []
    for diagnostic in diagnostics:
        by = [each for each in directives if each.hides(diagnostic)]
        if by:
            hidden.append((diagnostic, next((each.reason for each in by if each.reason), "")))
        else:
            kept.append(diagnostic)
    outcomes = (_outcome(each, directives, diagnostics, judged, complete) for each in directives)
    return Applied(kept, hidden, SuppressionFacts(path, tuple(outcomes)))


def _outcome(
    directive: Directive,
    directives: Sequence[Directive],
    diagnostics: Sequence[Diagnostic],
    judged: frozenset[str],
    complete: bool,
) -> Suppression:
    if directive.kind == ENABLE:
        hidden, complete = _ended(directive, directives, diagnostics, judged, complete), True
    else:
        hidden = {each.code for each in diagnostics if directive.hides(each)}
    pairs = list(zip(directive.names, directive.codes, strict=True))
    unknown = tuple(name for name, codes in pairs if not codes)
    unused = tuple(name for name, codes in pairs if codes and judged.issuperset(codes) and not hidden & set(codes))
    used = bool(hidden) or (not directive.names and not complete)
    idle = {*unknown, *unused}
    cleared = None if directive.malformed else _cleared(directive, idle, used)
    return Suppression(
        directive.span, directive.names, used, unused, unknown, directive.kind, directive.reason, cleared
    )


def _ended(
    enable: Directive,
    directives: Sequence[Directive],
    diagnostics: Sequence[Diagnostic],
    judged: frozenset[str],
    complete: bool,
) -> set[str]:
    """The rules for which an ``enable`` ends a block that hides something, or that nobody has looked at."""
    ended = set()
    for each in directives:
        for code, line in each.ends or ():
            if line == enable.span.line and enable.means(code):
                unseen = code not in judged and (bool(each.names) or not complete)
                if unseen or any(d.code == code and each.hides(d) for d in diagnostics):
                    ended.add(code)
    return ended


def _cleared(directive: Directive, idle: set[str], used: bool) -> tuple[Span, str] | None:
    """What to put where, so that the comment says no more than it does; None where it doesn't."""
    if not idle and (directive.names or used):
        return None
    span, comment = directive.span, directive.comment
    text = comment.text
    end = span.end_column - comment.column
    before = text[: span.column - comment.column]
    rest = _without(text[len(before) : end], directive.kind == NOQA, idle) if directive.names else ""
    if rest:
        return span, rest
    # With its reason, up to the next comment in the same place.
    following = text.find("#", end)
    stop = len(text[:following].rstrip()) if following >= 0 else len(text)
    if before:
        return Span(span.path, span.line, comment.column + len(before.rstrip()), span.line, comment.column + stop), ""
    if following >= 0:
        return Span(span.path, span.line, comment.column, span.line, comment.column + following), ""
    if comment.gap == 1 and not comment.last:
        return Span(span.path, span.line, 1, span.line + 1, 1), ""
    return Span(span.path, span.line, comment.gap, span.line, comment.column + len(text)), ""


def _without(text: str, noqa: bool, idle: set[str]) -> str:
    """A comment without some of its names; empty where none is left."""
    head, _, listed = text.partition(":" if noqa else "[")
    names = [name for name in listed.strip("] ").replace(",", " ").split() if name not in idle]
    if not names:
        return ""
    return f"{head}: {', '.join(names)}" if noqa else f"{head}[{', '.join(names)}]"
