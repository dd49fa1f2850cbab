"""Comments, and only comments."""

from __future__ import annotations

import pytest

from initlint.syntax.comments import Comment, comments
from initlint.syntax.source import Source


def found(text: str) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.text) for each in comments(Source("a.py", text))]


def test_comments_but_no_strings() -> None:
    text = "x = '# initlint: no'  # initlint: disable=IL201\ny = '''\n# initlint: no\n'''\né = 1  # other\n"
    assert found(text) == [(1, 23, "# initlint: disable=IL201"), (5, 8, "# other")]


def test_a_file_that_does_not_mention_us_is_not_tokenized() -> None:
    assert found("x = 1  # a comment\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # initlint: a\nx = (\n'#' # initlint: b",
        "x = 1  # initlint: a\n'#' # initlint: b\n  y\n z\n",
        "x = 1  # initlint: a\n'#' # initlint: b\nx = 'open\n",
        "x = 1  # initlint: a\n'#' # initlint: b\nx = $ ?\n",
    ],
)
def test_broken_files(text: str) -> None:
    assert [one[2] for one in found(text)] == ["# initlint: a", "# initlint: b"]
    assert [one[0] for one in found(text)] == sorted({one[0] for one in found(text)})


def test_where_the_space_before_them_begins() -> None:
    text = "x = 1 \t # initlint: a\n  # b\n#c"
    assert list(comments(Source("a.py", text))) == [
        Comment(1, 9, "# initlint: a", 6), Comment(2, 3, "# b", 1), Comment(3, 1, "#c", 1, last=True)
    ]  # fmt: skip


def test_comments_of_other_tools_with_our_codes() -> None:
    assert found("x = 1  # noqa: E501\n") == []
    assert found("x = 1  # NOQA : E501, il201\n") == [(1, 8, "# NOQA : E501, il201")]


def test_only_newlines_end_lines() -> None:
    assert found("x = 1\x0c\x1c\u2028\ny = 1 # initlint: a\n") == [(2, 7, "# initlint: a")]
