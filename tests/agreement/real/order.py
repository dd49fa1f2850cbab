"""The order in which models are compared: each beginning of it is a fair sample."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from tests.agreement.real.libraries import Candidate


def spread(candidates: Sequence[Candidate], seed: int = 0) -> list[Candidate]:
    """The candidates in an order of which any beginning holds about the same share of each family, and so of each
    library: a family's members, shuffled, are set at equal distances from a random start (systematic sampling)."""
    chance = random.Random(seed)
    families: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        families[candidate.library, candidate.family].append(candidate)
    placed: list[tuple[float, Candidate]] = []
    for key in sorted(families):
        members = families[key]
        chance.shuffle(members)
        start = chance.random()
        placed += [((number + start) / len(members), each) for number, each in enumerate(members)]
    placed.sort(key=lambda each: each[0])
    return [each for _, each in placed]
