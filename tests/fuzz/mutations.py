"""Mutations of source text. They know as little of Python as they can, so that broken files can be broken further."""

from __future__ import annotations

import keyword
import random
import re
from collections.abc import Callable, Sequence

_TOKEN = re.compile(
    r"\"\"\"|'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*|\w+|\s+|\*\*|//|[-+*/<>=!:]=|->|.", re.S
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e-?\d+)?(?![\w.])")
_NAME = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?!\w)")
_NUMBERS = (
    "0", "-1", "1", "2", "0.0", "-0.5", "1e-320", "1e308", "10**9", "2**63", "-(10**30)", "99999999999999999999", "1j",
    "float('nan')", "float('inf')", "True", "None", "''", "()", "n", "x", "unknown()",
)  # fmt: skip
_ODD = (
    "\x00", "\ufeff", "\u2028", "\u0301", "é", "层", "\U0001f600", "\t", "\x0c", "\r", "\\", "\\\n", "\\N{", "'''", '"',
    "{", "}", "f'{", "lambda: ", "async ", "await ", "yield ", "*", "**", ":=", "...", "@", "global ", "match x:\n",
)  # fmt: skip
_WRAPPERS = (
    ("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("nn.Sequential(", ")"), ("[", " for _ in range(3)]"),
    ("(lambda x: x)(", ")"), ("not ", ""), ("-", ""), ("", "[0]"), ("", ".x"), ("", "()"), ("*", ""), ("{**", "}"),
    ("nn.Parameter(", ")"), ("(1 if x else ", ")"), ("(y := ", ")"), ("list(", ")"), ("deepcopy(", ")"),
)  # fmt: skip
_STATEMENTS = (
    "if {0}:\n    pass", "for x in {0}:\n    self.l = nn.Linear(x, x)", "while {0}:\n    x = x + x", "del {0}",
    "{0} = {0}", "{0} = {0} + {0}", "{0} = [{0}, {0}]", "{0}.append({0})", "return {0}", "raise {0}", "self.x = {0}",
    "self.apply({0})", "setattr(self, {0}, {0})", "nn.init.zeros_({0})", "{0}.weight = {0}", "{0}, *{0} = {0}",
    "{0} = lambda *a: {0}(*a)", "with {0} as {0}:\n    pass", "{0} = {0}({0})", "{0} *= {0}", "class {0}({0}): pass",
    "def {0}({0}, x=0): return {0}({0})", "for {0} in self.modules():\n    {0}.weight.data.fill_(0)", "{0} **= {0}",
    "try:\n    {0}()\nexcept {0}:\n    self.{0} = {0}", "global {0}", "from {0} import *", "import {0}",
)  # fmt: skip

Mutation = Callable[[random.Random, str, Sequence[str]], str]


def _span(rng: random.Random, count: int, most: int) -> tuple[int, int]:
    start = rng.randrange(count)
    return start, min(count, start + rng.randint(1, most))


def _tokens(rng: random.Random, text: str, others: Sequence[str]) -> str:
    """Tokens deleted, doubled, or swapped with others."""
    tokens = _TOKEN.findall(text)
    solid = [number for number, token in enumerate(tokens) if not token.isspace()]
    if not solid:
        return text
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at, other = rng.choice(solid), rng.choice(solid)
        match rng.randrange(4):
            case 0:
                tokens[at] = ""
            case 1:
                tokens[at] *= 2
            case 2:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case _:
                tokens[at] = tokens[other]
    return "".join(tokens)


def _lines(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Lines deleted, doubled, or moved."""
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    start, end = _span(rng, len(lines), rng.choice((1, 1, 3, 20)))
    chosen = lines[start:end]
    match rng.randrange(4):
        case 0 | 1:
            del lines[start:end]
        case 2:
            lines[start:start] = chosen * rng.choice((1, 1, 5))
        case _:
            del lines[start:end]
            to = rng.randrange(len(lines) + 1)
            lines[to:to] = chosen
    return "".join(lines)


def _indentation(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """A block of lines moved in or out."""
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    start, end = _span(rng, len(lines), rng.choice((1, 4, 30)))
    step = rng.choice(("    ", "  ", "\t", " "))
    for number in range(start, end):
        line = lines[number]
        lines[number] = line.removeprefix(step) if rng.random() < 0.02 or end % 2 else step + line
    return "".join(lines)


def _cut(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """The beginning or the end of the file."""
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.7 else text[at:]


def _numbers(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """Numbers made zero, huge, negative, or no numbers."""
    found = list(_NUMBER.finditer(text))
    chosen = rng.sample(found, min(len(found), rng.choice((1, 1, 2, 5, 40))))
    for match in sorted(chosen, key=lambda each: -each.start()):
        text = text[: match.start()] + rng.choice(_NUMBERS) + text[match.end() :]
    return text


def _names(rng: random.Random, text: str, others: Sequence[str]) -> str:
    """Names swapped with other names of the file, once or everywhere."""
    found = [match for match in _NAME.finditer(text) if not keyword.iskeyword(match.group())]
    if not found:
        return text
    for _ in range(rng.choice((1, 1, 2, 4))):
        match, other = rng.choice(found), rng.choice(found).group()
        if rng.random() < 0.3:
            text = re.sub(rf"\b{match.group()}\b", other, text)
        elif text[match.start() : match.end()] == match.group():
            text = text[: match.start()] + other + text[match.end() :]
    return text


def _nesting(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """An expression wrapped in something, once or very often."""
    found = list(_NAME.finditer(text))
    if not found:
        return text
    match = rng.choice(found)
    before, after = rng.choice(_WRAPPERS)
    depth = rng.choice((1, 1, 1, 1, 2, 5, 30, 300))
    return text[: match.start()] + before * depth + match.group() + after * depth + text[match.end() :]


def _unicode(rng: random.Random, text: str, others: Sequence[str]) -> str:
    """Characters and openings that lexers stumble over."""
    for _ in range(rng.choice((1, 1, 3))):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(_ODD) + text[at:]
    return text


def _splice(rng: random.Random, text: str, others: Sequence[str]) -> str:
    """Lines of another file, indented as the place asks for."""
    lines, given = text.splitlines(keepends=True), rng.choice(others).splitlines(keepends=True)
    if not lines or not given:
        return text
    start, end = _span(rng, len(given), rng.choice((1, 1, 2, 5, 40)))
    block = given[start:end]
    to = rng.randrange(len(lines))
    shift = _indent(lines[to]) - _indent(block[0])
    moved = [" " * shift + line if shift > 0 else line[min(-shift, _indent(line)) :] for line in block]
    lines[to : to + rng.choice((0, 0, 1))] = moved
    return "".join(lines)


def _statement(rng: random.Random, text: str, _: Sequence[str]) -> str:
    """A statement of little sense about names of the file."""
    lines = text.splitlines(keepends=True)
    names = [match.group() for match in _NAME.finditer(text) if not keyword.iskeyword(match.group())]
    if not lines or not names:
        return text
    to = rng.randrange(len(lines))
    name = rng.choice(names) if rng.random() < 0.7 else f"self.{rng.choice(names)}"
    pad = " " * _indent(lines[to])
    block = "".join(f"{pad}{line}\n" for line in rng.choice(_STATEMENTS).format(name).split("\n"))
    return "".join([*lines[:to], block, *lines[to:]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# What leaves the file well-formed more often comes more often: the interpreter must see most files.
MUTATIONS: dict[str, tuple[Mutation, int]] = {
    "tokens": (_tokens, 3),
    "lines": (_lines, 4),
    "indentation": (_indentation, 2),
    "cut": (_cut, 1),
    "numbers": (_numbers, 5),
    "names": (_names, 5),
    "nesting": (_nesting, 3),
    "unicode": (_unicode, 1),
    "splice": (_splice, 4),
    "statement": (_statement, 5),
}


def mutate(rng: random.Random, text: str, others: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text after one to four mutations, and their names. ``others`` are texts to take lines from."""
    names = list(MUTATIONS)
    chosen = rng.choices(names, [weight for _, weight in MUTATIONS.values()], k=rng.choice((1, 1, 2, 3, 4)))
    for name in chosen:
        text = MUTATIONS[name][0](rng, text, others)
    return text, tuple(chosen)
