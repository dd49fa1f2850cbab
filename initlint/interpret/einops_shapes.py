"""einops' ``rearrange`` and ``repeat`` of tensors in a constructor: ``repeat(states, "n -> d n", d=width)``.

https://einops.rocks/api/repeat/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from initlint.interpret.operators import as_scalar, binary
from initlint.interpret.shapes import product
from initlint.interpret.values import Tensor, Value
from initlint.ir.unknown import Unknown

FUNCTIONS = frozenset({"einops.rearrange", "einops.repeat"})
_PART = re.compile(r"\(([^()]*)\)|([^\s()]+)")


def shaped(positional: Sequence[Value], sizes: Mapping[str, Value]) -> Value:
    """The shape that the pattern gives; Unknown where it can't be told."""
    unknown = Unknown("the shape after einops")
    tensor, pattern = positional if len(positional) == 2 else (None, sizes.get("pattern"))
    shape = tensor.data.get("shape") if isinstance(tensor, Tensor) else None
    if not isinstance(shape, tuple) or not isinstance(pattern, str) or "..." in pattern or pattern.count("->") != 1:
        return unknown
    left, right = (_axes(side) for side in pattern.split("->"))
    known: dict[str, Value] = {"1": 1, **sizes}
    if len(left) != len(shape):
        return unknown
    for names, size in zip(left, shape):
        open_ = [name for name in names if name not in known]
        if len(open_) > 1:
            return unknown
        for name in open_:
            known[name] = binary("//", size, product(tuple(known[other] for other in names if other != name)))
    if any(name not in known for names in right for name in names):
        return unknown
    found = tuple(product(tuple(known[name] for name in names)) for names in right)
    return found if all(as_scalar(size) is not None for size in found) else unknown


def _axes(side: str) -> list[list[str]]:
    """The names of each axis: those in brackets lie along one."""
    return [(together or alone).split() for together, alone in _PART.findall(side)]
