"""What the errors of torch and of common libraries say of an input: a size, a rank, a type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """What to change: ``size`` and ``channels`` from ``have`` to ``want``; ``rank``, ``side`` and ``length`` to
    ``want``; ``whole`` or ``real`` numbers, a plain ``number``, ``fewer`` tokens, ``larger`` inputs, ``turn`` the
    dimensions, a ``list`` of inputs or none, one more ``argument``, or one of the ``optional`` ones."""

    kind: str
    have: int = 0
    want: int = 0
    text: str = ""


_Reader = Callable[[re.Match[str]], list[Hint]]


def _size(have: int, want: int) -> _Reader:
    return lambda match: [Hint("size", int(match[have]), int(match[want]))]


def _both(match: re.Match[str]) -> list[Hint]:
    one, two = int(match[1]), int(match[2])
    return [Hint("size", one, two), Hint("size", two, one)]


def _last(match: re.Match[str]) -> list[Hint]:
    return [Hint("size", int(re.findall(r"\d+", match[2])[-1]), int(re.findall(r"\d+", match[1])[-1]))]


def _plain(kind: str) -> _Reader:
    return lambda match: [Hint(kind)]


def _ranks(match: re.Match[str]) -> list[Hint]:
    return [Hint("rank", want=int(number)) for number in reversed(re.findall(r"(\d)-?D", match[0]))]


_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"must be tuple of Tensors|'Tensor' object has no attribute '(?:append|pop|extend|insert)'|"
     r"'list' object has no attribute|not list|list indices must be integers|'list' and|not 'list'", _plain("list")),
    (r"'NoneType' object (?:has no attribute|is not subscriptable|is not iterable)|not NoneType|and 'NoneType'",
     _plain("optional")),
    (r"missing \d+ required (?:positional|keyword-only) arguments?: '(\w+)'",
     lambda match: [Hint("argument", text=match[1])]),
    (r"cannot be interpreted as an integer|arange\(\) received an invalid|must be (?:int|Number), not Tensor|only "
     r"integer tensors of a single element|found element of type Tensor|elements cannot be converted to Scalar",
     _plain("number")),
    (r"(?:specify|provide|pass|need) (?:either |the |a |an |exactly one of )?[`'\"]?([a-z]\w+)",
     lambda match: [Hint("argument", text=match[1])]),
    (r"[`'\"]?(\w+)[`'\"]? (?:must|should|has to|have to|needs to) be (?:given|passed|provided|specified|set|not None)",
     lambda match: [Hint("argument", text=match[1])]),
    (r"mat1 and mat2 shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)", _size(1, 2)),
    (r"expects split_sizes to sum exactly to (\d+) .*got split_sizes=\[([\d, ]+)\]",
     lambda m: [Hint("size", int(m[1]), sum(map(int, m[2].split(","))))]),
    (r"\b(\d+) (?:is )?not (?:found|in|among|supported).*?[\[({](\d+)", _size(1, 2)),
    (r"multiple of (\d+)", lambda m: [Hint("length", want=int(m[1]) * times) for times in (1, 2, 4)]),
    (r"multiple of", lambda m: [Hint("length", want=want) for want in (64, 128, 256)]),
    (r"same reduction dim, but got \[\d+, (\d+)\] X \[(\d+),", _size(1, 2)),
    (r"to have (\d+) channels, but got (\d+) channels", lambda m: [Hint("channels", int(m[2]), int(m[1]))]),
    (r"expected input with shape \[\*,?\s*([\d, ]+)\], but got input of size\s*\[([\d, ]+)\]", _last),
    (r"[Ee]xpected (\d+), got (\d+)", lambda m: [Hint("size", int(m[2]), int(m[1]))]),
    (r"Expected hidden size \(\d+, \d+, \d+\), got", lambda m: [Hint("rank", want=2)]),
    (r"expected embedding dim of (\d+), but got (\d+)", lambda m: [Hint("size", int(m[2]), int(m[1]))]),
    (r"running_mean should contain (\d+) elements not (\d+)", lambda m: [Hint("channels", int(m[1]), int(m[2]))]),
    (r"weight to be a vector of size equal to the number of channels in input, but got .*?\[(\d+)\] and input of "
     r"shape \[\d+, (\d+)", lambda m: [Hint("channels", int(m[2]), int(m[1]))]),
    (r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", _both),
    (r"Expected \dD \(unbatched\) or \dD \(batched\) input", _ranks),
    (r"[Ee]xpected (?:\dD or )*\dD(?: or \dD)* (?:input|tensor)", _ranks),
    (r"input must have (\d) dimensions, got", lambda m: [Hint("rank", want=int(m[1]))]),
    (r"not enough values to unpack \(expected (\d+), got", lambda m: [Hint("rank", want=int(m[1]))]),
    (r"too many values to unpack \(expected (\d+)", lambda m: [Hint("rank", want=int(m[1]))]),
    (r"len\(dims\) = (\d+)", lambda m: [Hint("rank", want=int(m[1]))]),
    (r"[Ee]xpected (\d+) dims", lambda m: [Hint("rank", want=int(m[1]))]),
    (r"subscripts in the equation \((\d+)\) does not match the number of dimensions",
     lambda m: [Hint("rank", want=int(m[1]))]),
    (r"Wrong shape: expected (\d+) dims", lambda m: [Hint("rank", want=int(m[1]))]),
    (r"Dimension out of range \(expected to be in range of \[-(\d+),",
     lambda m: [Hint("rank", want=int(m[1]) + step) for step in (1, 2)]),
    (r"index \d+ is out of bounds for dimension|tuple index out of range|list index out of range",
     lambda match: [Hint("rank", want=rank) for rank in (3, 4)]),
    (r"scalar types?:? Long|one of the following scalar types: Long|to be Long|tensors used as indices|"
     r"indices to be|not implemented for '?Float'? .*index|only integer tensors", _plain("whole")),
    (r"expected scalar type (?:Float|Double|Half|BFloat16)|expected m1 and m2 to have the same dtype|"
     r"must have the same dtype|must be floating|not implemented for 'Long'|should be the same|only Tensors of "
     r"floating|Input type \((?:torch\.)?(?:Long|Int|Char|Byte)", _plain("real")),
    (r"index out of range|out of bounds|IndexError", _plain("fewer")),
    (r"[Kk]ernel size can't be greater|Output size is too small|more than 1 (?:spatial element|value per channel)|"
     r"too small|at least|must be greater|[Ee]xpected .* greater|non-zero size|Invalid size", _plain("larger")),
    (r"image size \((\d+)\*\d+\) doesn't match model \((\d+)", lambda m: [Hint("side", want=int(m[2]))]),
    (r"(?:height|width|size) \(\d+\) doesn't match model \((\d+)", lambda m: [Hint("side", want=int(m[1]))]),
    (r"doesn't match model \((\d+)", lambda m: [Hint("side", want=int(m[1]))]),
    (r"Wrong image height! Expected (\d+)", lambda m: [Hint("side", want=int(m[1]))]),
    (r"divisible by|can't divide axis|is invalid for input of size",
     lambda match: [Hint("side", want=side) for side in (32, 224, 256, 128)]),
    (r"must match except in dimension|Sizes of tensors must match",
     lambda match: [Hint("side", want=side) for side in (128, 256, 224)]),
    (r"batch|dimension 0|expand|must match", _plain("turn")),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _READERS)


def hints(error: str) -> list[Hint]:
    """What an error says, the most telling first."""
    found: list[Hint] = []
    for pattern, reader in _COMPILED:
        match = pattern.search(error)
        if match is not None:
            found += reader(match)
    return found
