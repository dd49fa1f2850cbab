"""Comments that keep a finding from being reported: ``# initlint: ignore[IL201]`` and ``# initlint: skip-file``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from initlint.diagnostics import Diagnostic
from initlint.ir.place import Span
from initlint.selection import BUILT_IN, RuleSet, UnknownRuleError
from initlint.signal.facts import Suppression, SuppressionFacts

_DIRECTIVE = re.compile(r"#\s*initlint:\s*", re.IGNORECASE)
_IGNORE = re.compile(r"ignore\s*\[\s*([^\]\[#]*[^\]\[#\s,])\s*,?\s*\]|ignore(?![\w\[(-]|\s*[\[(])", re.IGNORECASE)
_SKIP = re.compile(r"skip[-_]file\b", re.IGNORECASE)
# Words that people try: such a comment must not look as if it worked.
_ATTEMPT = re.compile(r"(?:ignore|skip|disable|noqa|off)\b[^\s#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comment:
    """One suppression comment. ``names`` are the rules it names as written (none: all), ``codes`` what each of them
    means; ``malformed`` says that it cannot be read, so that it does nothing."""

    span: Span
    names: tuple[str, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    skip_file: bool = False
    malformed: bool = False

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Whether it hides that finding: it stands on the finding's first or last line, and means its rule."""
        if self.malformed or self.span.line not in (diagnostic.span.line, diagnostic.span.end_line):
            return False
        return not self.names or any(diagnostic.code in codes for codes in self.codes)


def parse(path: str, comments: Iterable[tuple[int, int, str]], rules: RuleSet = BUILT_IN) -> tuple[Comment, ...]:
    """The suppression comments among a file's comments, given as line and column (from 1) and text from ``#`` on.
    A comment may hold several, and other text before and behind them."""
    found: list[Comment] = []
    for line, column, text in comments:
        for start in _DIRECTIVE.finditer(text):
            found += _directive(path, line, column, text, start, rules)
    return tuple(found)


def _directive(path: str, line: int, column: int, text: str, start: re.Match[str], rules: RuleSet) -> Iterable[Comment]:
    def span(match: re.Match[str]) -> Span:
        return Span(path, line, column + start.start(), line, column + match.end())

    if match := _SKIP.match(text, start.end()):
        yield Comment(span(match), skip_file=True)
    elif match := _IGNORE.match(text, start.end()):
        names = tuple(name for name in re.split(r"[\s,]+", match.group(1) or "") if name)
        yield Comment(span(match), names, tuple(_codes(name, rules) for name in names))
    elif match := _ATTEMPT.match(text, start.end()):
        yield Comment(span(match), (match.group(),), ((),), malformed=True)


def _codes(name: str, rules: RuleSet) -> tuple[str, ...]:
    try:
        return rules.matching(name)
    except UnknownRuleError:
        return ()


def apply(
    path: str, diagnostics: Sequence[Diagnostic], comments: Sequence[Comment], judged: frozenset[str], complete: bool
) -> tuple[list[Diagnostic], SuppressionFacts]:
    """One file's findings without those that comments hide, and what the comments did.

    ``judged`` are the codes whose findings are among ``diagnostics``: a name of any other rule is never called unused,
    since nobody looked. ``complete`` says that ``judged`` holds all rules that a user would normally run, so that a
    comment for all rules without effect is one without a use.
    """
    if any(comment.skip_file for comment in comments):
        return [], SuppressionFacts(path, ())
    kept = [each for each in diagnostics if not any(comment.hides(each) for comment in comments)]
    return kept, SuppressionFacts(path, tuple(_outcome(each, diagnostics, judged, complete) for each in comments))


def _outcome(
    comment: Comment, diagnostics: Sequence[Diagnostic], judged: frozenset[str], complete: bool
) -> Suppression:
    hidden = {each.code for each in diagnostics if comment.hides(each)}
    pairs = list(zip(comment.names, comment.codes, strict=True))
    unknown = tuple(name for name, codes in pairs if not codes)
    unused = tuple(name for name, codes in pairs if codes and judged.issuperset(codes) and not hidden & set(codes))
    used = bool(hidden) or (not comment.names and not complete)
    return Suppression(comment.span, comment.names, used, unused, unknown)
