"""Counting: how many answers are known and right, what is wrong, and why the rest is not known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from tests.agreement.real_order.questions import QUESTIONS, Answers
from tests.agreement.real_order.static import looped, static_answers


@dataclass
class Figures:
    """Counts of calls of weight layers, and by question of known and right answers; ``wrong`` lists a line for each."""

    models: int = 0
    calls: int = 0
    known: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        """Count another model's figures in."""
        self.models += other.models
        self.calls += other.calls
        self.known.update(other.known)
        self.right.update(other.right)
        self.wrong += other.wrong
        self.extra += other.extra
        self.reasons.update(other.reasons)

    @property
    def known_share(self) -> float:
        """The share of all answers that are known."""
        return sum(self.known.values()) / max(1, self.calls * len(QUESTIONS))

    @property
    def right_share(self) -> float:
        """The share of the known answers that are right."""
        return sum(self.right.values()) / max(1, sum(self.known.values()))

    def lines(self) -> Iterable[str]:
        """A table of the figures."""
        yield f"{self.models} models, {self.calls} calls of weight layers"
        for question in QUESTIONS:
            known, right = self.known[question], self.right[question]
            yield f"{question:8} known {known / max(1, self.calls):7.2%}  right {right / max(1, known):7.2%}"
        yield f"{'all':8} known {self.known_share:7.2%}  right {self.right_share:7.2%}"


_MOST_LINES = 60
_SECTION = """## The forward

For each call of a weight layer, what the static model says of its surroundings and what a live pass in evaluation
shows: *next* (the kind of step that its output meets first, activations by name), *before* and *after* (normalised on
all ways, some or none), *ends* (of a residual branch), *feeds* (the weight layers next behind it) and *repeats* (how
many calls have the same name but for numbers). `tests/agreement/real_order/questions.py` defines them. Counted are the
models that run on an input which their signature suggests.
"""


def section(figures: Figures) -> list[str]:
    """The figures as Markdown, with what is wrong (of each model the first) and the models with unknown answers."""
    lines = [_SECTION, f"{figures.models} models, {figures.calls} calls of weight layers.", ""]
    lines += ["| question | known | right of the known |", "|---|---|---|"]
    for question in QUESTIONS:
        known, right = figures.known[question], figures.right[question]
        lines.append(f"| {question} | {known / max(1, figures.calls):.1%} | {right / max(1, known):.2%} |")
    lines += [f"| all | {figures.known_share:.1%} | {figures.right_share:.2%} |", ""]
    lines += ["Ops that hide answers, by the number of answers that are not known in the models with them:", ""]
    lines += [f"- {count}: {reason}" for reason, count in figures.reasons.most_common(15)]
    first = {line.partition(" ")[0]: line for line in reversed(figures.wrong)}
    counts = Counter(line.partition(" ")[0] for line in figures.wrong)
    lines += ["", "What is not right, the first of each model:", ""]
    lines += [f"- ({counts[name]}) {first[name][:200]}" for name, _ in counts.most_common(_MOST_LINES)] or ["- nothing"]
    return lines


def compared(label: str, model: Model, live: Sequence[tuple[str, Answers]]) -> Figures:
    """The figures of one model; calls of one parameter are paired in order. The last pass of a loop of unknown length
    stands for those before it."""
    result = Figures(models=1)
    static: dict[str, list[Answers]] = defaultdict(list)
    for name, answers in static_answers(model):
        static[name].append(answers)
    by_name: dict[str, list[Answers]] = defaultdict(list)
    for name, answers in live:
        by_name[name].append(answers)
    loops = looped(model)
    for name, expected in by_name.items():
        given = static.pop(name, [])
        result.calls += len(expected)
        if given and name in loops:
            given += given[-1:] * (len(expected) - len(given))
        given += [Answers()] * (len(expected) - len(given))
        for number, (one, other) in enumerate(zip(expected, given)):
            _count(result, f"{label} {name}{f' ({number + 1})' if number else ''}", one, other)
    result.extra += [f"{label} {name}: {len(found)} calls that torch does not make" for name, found in static.items()]
    unknown = result.calls * len(QUESTIONS) - sum(result.known.values())
    if unknown:
        for reason in _reasons(model):
            result.reasons[reason] += unknown
    return result


def _count(result: Figures, where: str, live: Answers, static: Answers) -> None:
    for question in QUESTIONS:
        expected, given = getattr(live, question), getattr(static, question)
        if given is None:
            continue
        result.known[question] += 1
        if given == expected:
            result.right[question] += 1
        else:
            shown = [", ".join(sorted(each)) if isinstance(each, frozenset) else each for each in (given, expected)]
            result.wrong.append(f"{where}: {question} {shown[0]}, live {shown[1]}")


def _reasons(model: Model) -> set[str]:
    if isinstance(model.graph, Unknown):
        return {f"no graph: {model.graph.why}"}
    return {f"opaque {op.name}" for op in model.graph.ops if op.kind == "opaque"} or {"no opaque op"}
