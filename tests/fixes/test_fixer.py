"""Fixing to a fix-point, on a linter of words: each word is a finding, and its fix makes another word of it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initlint import check_source, fix_source
from initlint.diagnostics import Applicability, Confidence, Diagnostic, Edit, Fix, Severity
from initlint.engine import Report
from initlint.fixer import Outcome, fix
from initlint.ir.place import Span

# What the fix of each word makes of it; words that are not here are no findings.
FIXES = {
    "bad": "good",
    "twice": "bad",
    "stuck": "stuck ",
    "brings": "bad bad",
    "breaks": "failure",
    "loops": "pool",
    "pool": "loops",
    "outside": "outside",
    "euro": "'€'",
    "none": None,
}  # fmt: skip


def lint(texts: dict[str, bytes]) -> Report:
    found, failures = [], []
    for path, data in texts.items():
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        failures += [(path, "failed")] * text.count("failure")
        for number, line in enumerate(text.split("\n"), 1):
            for match in re.finditer(r"\w+", line):
                if match.group() in FIXES:
                    found.append(finding(path, number, match))
    return Report(tuple(sorted(found, key=lambda each: each.sort_key)), len(texts), tuple(failures))


def finding(path: str, line: int, match: re.Match[str]) -> Diagnostic:
    word = match.group()
    span = Span(path, line, match.start() + 1, line, match.end() + 1)
    new = FIXES[word]
    target = Span("other.py", 1, 1, 1, 1) if word == "outside" else span
    kind = Applicability.UNSAFE if word == "brings" else Applicability.SAFE
    wanted = None if new is None else Fix(f"write {new}", kind, (Edit(target, new),))
    return Diagnostic(word, word, Severity.WARNING, Confidence.HIGH, word, span, fix=wanted)


def fixed(text: str, unsafe: bool = True) -> Outcome:
    return fix(lint, {"net.py": text.encode()}, unsafe)


def result(text: str, unsafe: bool = True) -> str:
    return fixed(text, unsafe).after.get("net.py", text.encode()).decode()


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("x\n", "x\n"),
        ("bad bad\n  bad  # bad\n", "good good\n  good  # good\n"),
        ("a none b\n", "a none b\n"),
    ],
)
def test_to_a_fix_point(text: str, new: str) -> None:
    outcome = fixed(text)
    assert outcome.refused == ()
    assert result(text) == new
    assert outcome.report.diagnostics == lint({"net.py": new.encode()}).diagnostics


def test_unsafe_fixes_are_left_where_they_are_not_asked_for() -> None:
    outcome = fixed("brings\n", unsafe=False)
    assert (outcome.after, outcome.refused, len(outcome.report.diagnostics)) == ({}, (), 1)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("twice", "it would bring bad at net.py:2"),
        ("stuck", "stuck is still found at net.py:2 then"),
        ("brings", "it would bring bad at net.py:2"),
        ("breaks", "the analysis fails on what it leaves"),
        ("loops", "it would bring pool at net.py:2"),
        ("outside", "it would change other.py, which is not among the files to check"),
    ],
)
def test_fixes_that_do_harm_are_taken_back_and_the_others_are_kept(word: str, reason: str) -> None:
    outcome = fixed(f"bad\n{word}\nbad\nbad\n")
    assert outcome.after["net.py"] == f"good\n{word}\ngood\ngood\n".encode()
    assert [(each.code, why) for each, why in outcome.refused] == [(word, reason)]
    assert [each.code for each in outcome.report.diagnostics] == [word]
    assert len(outcome.fixed) == 3


def test_what_the_encoding_cannot_write_is_refused() -> None:
    data = b"# coding: latin-1\neuro = '\xe9' bad\n"

    def check(texts: dict[str, bytes]) -> Report:
        return lint({path: text.decode("latin-1").encode() for path, text in texts.items()})

    outcome = fix(check, {"net.py": data})
    assert outcome.after == {"net.py": b"# coding: latin-1\neuro = '\xe9' good\n"}
    ((_, why),) = outcome.refused
    assert why == "the new text cannot be written in the file's encoding, latin-1"


def overlapping(first: str, second: str) -> Outcome:
    """Two findings whose fixes want different things of one word, as long as it is ``word``."""

    def check(texts: dict[str, bytes]) -> Report:
        data = texts["net.py"]
        span = Span("net.py", 1, 1, 1, 5)
        wanted = [
            Diagnostic(
                code, code, Severity.WARNING, Confidence.HIGH, code, span,
                fix=Fix("", Applicability.SAFE, (Edit(span, new),)),
            )
            for code, new in (("A", first), ("B", second))
        ]  # fmt: skip
        return Report(tuple(wanted if data == b"word" else [wanted[1]] if data == b"Word" else ()), 1)

    return fix(check, {"net.py": b"word"})


def test_of_overlapping_fixes_the_first_is_applied_and_the_second_is_tried_on_what_it_leaves() -> None:
    outcome = overlapping("Word", "done")
    assert outcome.after == {"net.py": b"done"}
    assert ([each.code for each in outcome.fixed], outcome.refused) == (["A", "B"], ())


def test_an_overlapping_fix_that_is_not_offered_again_is_refused_aloud() -> None:
    outcome = overlapping("else", "done")
    assert outcome.after == {"net.py": b"else"}
    ((diagnostic, why),) = outcome.refused
    assert (diagnostic.code, why) == ("B", "its fix overlaps with that of A on line 1, which was applied")


def test_equal_edits_are_no_overlap() -> None:
    outcome = overlapping("done", "done")
    assert outcome.after == {"net.py": b"done"}
    assert ([each.code for each in outcome.fixed], outcome.refused) == (["A", "B"], ())


words = st.lists(st.sampled_from([*sorted(FIXES), "x", "#", "\n", "\t", "é", "failure"]), max_size=12).map(" ".join)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["a.py", "b.py"]), words, min_size=1), st.booleans(), st.sampled_from("\n\r"))
def test_whatever_the_fixes_do(contents: dict[str, str], unsafe: bool, newline: str) -> None:
    end = "\r\n" if newline == "\r" else "\n"
    texts = {path: b"\xef\xbb\xbf" + text.replace("\n", end).encode() for path, text in contents.items()}
    outcome = fix(lint, texts, unsafe)
    after = {**texts, **outcome.after}
    # Nothing comes, and what is called fixed is gone.
    before, left = lint(texts), lint(after)
    assert Counter(each.code for each in left.diagnostics) <= Counter(each.code for each in before.diagnostics)
    assert len(before.diagnostics) - len(left.diagnostics) == len(outcome.fixed)
    assert len(left.failures) == len(before.failures)
    assert outcome.report == left
    # Once more changes nothing.
    again = fix(lint, after, unsafe)
    assert (again.after, again.fixed) == ({}, ())
    # All that is no finding stays, byte for byte.
    for path, data in texts.items():
        kept = re.compile("|".join(rf"\b{word}\b" for word in (*FIXES, "good")).encode() + "|'€'".encode())
        assert kept.sub(b"", data) == kept.sub(b"", after[path])


# -- the real linter

LINES = [
    "nn.init.xavier_uniform(m.weight)",
    "nn . init .xavier_normal ( m.weight )  # nn.init.xavier_uniform(w)",
    "x = [nn.init.normal(w, 0,\t1), 'nn.init.normal(w)', nn.init.zeros_(w)]; nn.init.constant(w, '層é😀')",
    "(torch.nn.init.eye)(\n    w,  # nn.init.eye\n  )",
    "# a comment",
    "if True :\n\tnn.init.orthogonal( w )",
    "",
]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(LINES)), st.sampled_from(["\n", "\r\n", "\r"]))
def test_safe_fixes_change_nothing_else(lines: list[str], newline: str) -> None:
    text = "import torch\nfrom torch import nn\n" + "\n".join(lines)
    raw = text.replace("\n", newline)
    new = fix_source(raw, "net.py")
    assert not [each for each in check_source(new, "net.py") if each.code == "IL601"]
    assert fix_source(new, "net.py") == new
    assert len(new) - len(raw) == sum(each.code == "IL601" for each in check_source(raw, "net.py"))
    assert new.replace("_", "") == raw.replace("_", "")
    compile(new, "net.py", "exec")
