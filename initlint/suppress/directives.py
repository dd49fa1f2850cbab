"""Suppression comments as they are written: which rules each names, why, and which lines it means."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from initlint.diagnostics import Diagnostic
from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.selection import BUILT_IN, RuleSet, UnknownRuleError
from initlint.syntax.comments import Comment

LINE, NEXT_LINE, FILE = "ignore", "ignore-next-line", "ignore-file"
DISABLE, ENABLE, NOQA = "disable", "enable", "noqa"
_START = re.compile(r"#\s*(?:initlint:\s*|(?=noqa\s*:))", re.IGNORECASE)
_WORD = re.compile(r"(ignore[-_]next[-_]line|ignore[-_]file|skip[-_]file|ignore|disable|enable)", re.IGNORECASE)
# Its names in brackets; or none, where no bracket and no longer word follows.
_NAMES = re.compile(r"\s*\[\s*([^\]\[#]*[^\]\[#\s,])\s*,?\s*\]|(?![\w\[(=-]|\s*[\[(=])")
_NOQA = re.compile(r"noqa\s*:\s*([A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)", re.IGNORECASE)
_OURS = re.compile(r"IL\d+", re.IGNORECASE)
# Words that people try: such a comment must not look as if it worked.
_ATTEMPT = re.compile(r"(?:ignore|skip|disable|enable|noqa|off)\b[^\s#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Directive:
    """One suppression comment, or one of several in a comment.

    ``span`` is what is written, without the ``reason`` behind it; ``names`` are the rules it names as written (none:
    all), ``codes`` what each of them means; ``malformed`` says that it cannot be read, so that it does nothing.
    ``lines`` are the first line that it means and the line where it ends; for blocks, ``ends`` holds the latter by
    code. ``comment`` is the whole comment."""

    span: Span
    kind: str
    comment: Comment
    names: tuple[str, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    reason: str = ""
    malformed: bool = False
    lines: tuple[float, float] = (0, 0)
    ends: tuple[tuple[str, float], ...] | None = None

    @property
    def whole_file(self) -> bool:
        """Whether it leaves all of the file out."""
        return self.kind == FILE and not self.names and not self.malformed

    def means(self, code: str) -> bool:
        """Whether it is about that rule."""
        return not self.malformed and (not self.names or any(code in codes for codes in self.codes))

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Whether it hides that finding: it means its rule, and its first line, or, if it is about one line, its
        last."""
        if self.kind == ENABLE or not self.means(diagnostic.code):
            return False
        span = diagnostic.span
        if self.ends is not None:
            return self.lines[0] <= span.line < dict(self.ends).get(diagnostic.code, math.inf)
        start, stop = self.lines
        return start <= span.line < stop or (self.kind in (LINE, NOQA) and start <= span.end_line < stop)


def parse(path: str, comments: Iterable[Comment], rules: RuleSet = BUILT_IN) -> tuple[Directive, ...]:
    """The suppression comments among a file's comments. A comment may hold several, and other text before and behind
    them."""
    found: list[Directive] = []
    for comment in comments:
        for start in _START.finditer(comment.text):
            found += _directive(path, comment, start, rules)
    return tuple(_with_ends(found, rules))


def _directive(path: str, comment: Comment, start: re.Match[str], rules: RuleSet) -> Iterator[Directive]:
    text, at = comment.text, start.end()

    def span(end: int) -> Span:
        return Span(path, comment.line, comment.column + start.start(), comment.line, comment.column + end)

    if start.group().rstrip() == "#":
        if match := _NOQA.match(text, at):
            names = tuple(name for name in re.split(r"[,\s]+", match[1]) if _OURS.fullmatch(name))
            codes = tuple(_codes(name, rules) for name in names)
            if names:
                yield Directive(span(match.end()), NOQA, comment, names, codes, lines=(comment.line, comment.line + 1))
        return
    word = _WORD.match(text, at)
    listed = _NAMES.match(text, word.end()) if word else None
    if word and listed:
        kind = word[1].lower().replace("_", "-").replace("skip-file", FILE)
        names = tuple(name for name in re.split(r"[\s,]+", listed[1] or "") if name)
        reason = text[listed.end() :].partition("#")[0].strip(" \t-–—:,;")
        codes = tuple(_codes(name, rules) for name in names)
        yield Directive(span(listed.end()), kind, comment, names, codes, reason, lines=_lines(kind, comment.line))
    elif match := _ATTEMPT.match(text, at):
        yield Directive(span(match.end()), LINE, comment, (match.group(),), ((),), malformed=True)


def _lines(kind: str, line: int) -> tuple[float, float]:
    if kind == FILE:
        return 0, math.inf
    return (line + 1, line + 2) if kind == NEXT_LINE else (line, line + 1)


def _codes(name: str, rules: RuleSet) -> tuple[str, ...]:
    try:
        return rules.matching(name)
    except UnknownRuleError:
        return ()


def _with_ends(directives: Sequence[Directive], rules: RuleSet) -> Iterator[Directive]:
    """Say of each ``disable`` where it ends for each rule: at the next ``enable`` that means it."""
    for number, directive in enumerate(directives):
        if directive.kind != DISABLE:
            yield directive
            continue
        later = [each for each in directives[number + 1 :] if each.kind == ENABLE]
        ends = {}
        for rule in rules.rules:
            end = next((each.span.line for each in later if each.means(rule.code)), None)
            if directive.means(rule.code) and end is not None:
                ends[rule.code] = float(end)
        yield replace(directive, ends=tuple(ends.items()))
