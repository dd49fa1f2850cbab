"""Figures over many examinations, and their page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.agreement.real.examine import Examination
from tests.agreement.real.kept import Circumstances
from tests.agreement.real_order import figures as order

_REASONS = 15
_HEAD = """# Agreement with torch

Made by `make agreement`; never edited by hand. Models of timm, torchvision and transformers (with small
configurations) are built live, twice with different seeds, and read by the interpreter from their source with the same
arguments. A parameter is *known* where the static model has its existence, name, shape and initialiser; it is *right*
where torch has the same name and shape, and values whose mean, spread and kind of distribution agree with what is
stated (5 standard errors; an embedding's row for padding, which is zero, is left out). A parameter that torch does not
have counts as wrong.

"""


@dataclass
class Figures:
    """Totals. A parameter is known where its existence, name, shape and initialiser are; of those, it is right where
    torch has it so."""

    models: int = 0
    parameters: int = 0
    known: int = 0
    wrong: list[str] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def share_known(self) -> float:
        """Known of all parameters."""
        return self.known / self.parameters if self.parameters else 0.0

    @property
    def share_right(self) -> float:
        """Right of those known."""
        return 1 - len(self.wrong) / self.known if self.known else 0.0

    def add(self, examination: Examination) -> None:
        """Count one model."""
        name = f"{examination.library} {examination.name}"
        if examination.failure:
            self.failures.append(f"{name}: {examination.failure}")
        if not examination.comparison.parameters:
            return
        found = examination.comparison
        lost = {each.removesuffix(" (shape)") for each in (*found.unknown, *found.missing)}
        wrong = {line.partition(":")[0]: line for line in reversed(found.wrong)}
        self.models += 1
        self.parameters += found.parameters
        self.known += found.parameters - len(lost)
        self.wrong += [f"{name}: {line}" for line in wrong.values()]
        self.classes |= examination.classes
        self.reasons.update(examination.reasons)

    def __str__(self) -> str:
        return (
            f"{self.models} models, {len(self.classes)} classes, {self.parameters} parameters: "
            f"{self.share_known:.2%} known; of those {self.share_right:.3%} right ({len(self.wrong)} not)"
        )


def summed(examinations: Iterable[Examination]) -> Figures:
    """The figures of all."""
    figures = Figures()
    for examination in examinations:
        figures.add(examination)
    return figures


def page(examinations: Sequence[Examination], made: Circumstances, state: str = "") -> str:
    """The figures as Markdown, with each disagreement; ``state`` says of which state of initlint they are."""
    libraries = sorted({each.library for each in examinations})
    begun = Counter(each.library for each in examinations)
    extent = ", ".join(f"{begun[name]} of {count} models of {name}" for name, count in made.models.items())
    every = {name: summed(e for e in examinations if e.library == name) for name in libraries}
    every["all"] = summed(examinations)
    lines = [f"With {made}: {extent}; of each file, or kind of transformers, the same share.", ""]
    lines += [f"The state of initlint: {state}.", ""] if state else []
    lines += ["| library | models | classes | parameters | known | right of the known |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {name} | {f.models} | {len(f.classes)} | {f.parameters} | {f.share_known:.1%} | {f.share_right:.2%} |"
        for name, f in every.items()
    ]
    total = every["all"]
    lines += ["", "What is not known, by the number of parameters:", ""]
    lines += [f"- {count}: {reason}" for reason, count in total.reasons.most_common(_REASONS)]
    lines += ["", "What is not right:", ""]
    lines += [f"- {_shortened(name, names)}" for name, names in _grouped(total.wrong).items()] or ["- nothing"]
    lines += ["", "What could not be compared, and why:", ""]
    lines += [f"- {' '.join(failure.split())}" for failure in total.failures] or ["- nothing"]
    forward = order.Figures()
    for each in examinations:
        if each.order is not None:
            forward.add(each.order)
    return _HEAD + "\n".join([*lines, "", *order.section(forward)]) + "\n"


def _grouped(wrong: list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in wrong:
        model, _, rest = line.partition(": ")
        groups.setdefault(model, []).append(rest)
    return groups


def _shortened(model: str, lines: list[str]) -> str:
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"{model}: `{lines[0]}`{more}"
