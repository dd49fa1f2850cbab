"""One model, layer by layer: what the signal and the gradient are at each weight layer, where they die or explode."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar
from initlint.ir.model import Model
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal import activations, remedies
from initlint.signal.build import facts
from initlint.signal.facts import Facts, LayerFact
from initlint.signal.functions import LEAKY
from initlint.signal.logits import loss
from initlint.signal.loops import Loop, loops
from initlint.signal.meanfield.context import Inputs
from initlint.signal.meanfield.run import Prediction, across, predict
from initlint.signal.meanfield.value import Gradient, Value

# A signal below or above these factors of the first layer's is called dead or exploded.
LIMITS = (1e-3, 1e3)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One use of a weight layer.

    ``std`` is the weights', ``gain`` fan_in·Var(W). ``second`` is q at its output, ``across`` the standard deviation
    there of what differs between inputs, ``gradient`` that of the gradient, relative to the outputs'. ``chi`` is χ₁,
    the gain times E φ'² of the activation behind it. ``tolerance`` is in decades; what is not known is its reason.
    ``table`` says that it is an embedding; ``branch`` whether it lies ``inside`` a residual branch, or is its ``end``.
    """

    name: str
    made: Place
    initializer: str
    std: Scalar | str
    gain: Scalar | str
    second: Scalar | str
    across: float | str
    gradient: float | str
    chi: float | None
    tolerance: float
    head: bool
    table: bool = False
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a change would make of it: of the signal at the last hidden layer and the gradient at the first."""

    name: str
    across: float | None
    gradient: float | None


@dataclass(frozen=True, slots=True)
class Trace:
    """All layers in the order in which they run, the verdict in a sentence, the remedies' predictions, of loops of a
    depth that nobody says, what each block does, and what else there is to say: the loss at the start, seeds."""

    name: str
    rows: tuple[Row, ...]
    verdict: str
    remedies: tuple[Remedy, ...]
    loops: tuple[Loop, ...] = ()
    notes: tuple[str, ...] = ()


def trace(model: Model, inputs: Inputs | None = None) -> Trace | Unknown:
    """The trace of one model; Unknown where its forward could not be read."""
    if isinstance(model.graph, Unknown):
        return model.graph
    prediction = predict(model, inputs)
    given = facts(model, prediction=prediction)
    rows, repeated = _rows(given, prediction), loops(model, prediction)
    found = [
        Remedy(name, *_ends(_changed(changed, inputs)))
        for name, change in (("He", remedies.he), ("norms", remedies.norms), ("branch scaling", remedies.branches))
        if (changed := change(model)) is not None
    ]
    verdict = "; ".join([_verdict(rows), *map(_of_loop, repeated)])
    return Trace(model.name, rows, verdict, tuple(found), repeated, (*_loss(given), *_seeds(given)))


def _loss(given: Facts) -> Iterator[str]:
    """The cross entropy of each head that is a choice, against that of no idea."""
    for each in given.logits:
        if isinstance(each.second, (int, float)) and isinstance(each.classes, (int, float)) and each.classes > 1:
            found, chance = loss(float(each.second), int(each.classes)), math.log(each.classes)
            yield f"loss at the start, by the logits of `{each.layer.name}`: {found:.3g}; log C = {chance:.3g}"


def _seeds(given: Facts) -> Iterator[str]:
    """How far the scale behind the deepest stack of rectifiers differs from seed to seed: the variance of log‖h‖² is
    about 5·Σ 1/n (Hanin and Rolnick 2018)."""
    stack = max(given.stacks, key=lambda each: len(each.hidden), default=None)
    if stack is None or len(stack.hidden) < _FEWEST:
        return
    sizes = [fact.fan_in for fact in stack.hidden[1:]]
    bent = [fact.activation.name for fact in stack.hidden[:-1] if fact.activation is not None]
    if all(isinstance(size, (int, float)) for size in sizes) and all(activations.canonical(b) in LEAKY for b in bent):
        spread = math.exp(math.sqrt(5 * sum(1 / float(size) for size in sizes if isinstance(size, (int, float)))) / 2)
        last = stack.hidden[-1].name
        yield f"from seed to seed, the scale at `{last}` differs by a factor of {spread:.2g} either way"


def _changed(model: Model, inputs: Inputs | None) -> tuple[Row, ...]:
    prediction = predict(model, inputs)
    return _rows(facts(model, prediction=prediction), prediction)


def _of_loop(loop: Loop) -> str:
    """A depth that nobody says: what each block does to the signal, and how many are too many."""
    each = f"each of the `{loop.symbol}` blocks multiplies what tells inputs apart by {loop.gain:.3g} in the end"
    if loop.crosses is None:
        return f"{each}, which no depth makes a fault"
    return f"{each}: it {'dies' if loop.gain < 1 else 'explodes'} from `{loop.symbol}` = {loop.crosses} on"


def _rows(given: Facts, prediction: Prediction) -> tuple[Row, ...]:
    rows = []
    for fact in given.layers:
        value, back = prediction.values[fact.op.id], prediction.gradients[fact.op.id]
        spread = across(value)
        rows.append(
            Row(
                name=fact.name,
                made=fact.made,
                initializer=_initializer(fact),
                std=_known(fact.weight.initializer.std) if fact.weight.initializer is not None else "not known",
                gain=_known(fact.gain),
                second=value.second if isinstance(value, Value) else value.why,
                across=spread if isinstance(spread, float) else spread.why,
                gradient=_root(back),
                chi=_chi(fact, value),
                tolerance=value.tolerance if isinstance(value, Value) else 0.0,
                head=fact.head,
                table=fact.op.name == "embedding",
                branch="end" if fact.ends_branch else "inside" if fact.in_branch else "",
            )
        )
    return tuple(rows)


def _known(value: Scalar | Unknown) -> Scalar | str:
    return value.why if isinstance(value, Unknown) else value


def _initializer(fact: LayerFact) -> str:
    return " | ".join(dict.fromkeys(each.call for each in fact.weight.initializers)) or "?"


def _root(back: Gradient | Unknown) -> float | str:
    if isinstance(back, Unknown):
        return back.why
    return math.sqrt(back.second) if isinstance(back.second, (int, float)) else f"depends on {back.second}"


def _chi(fact: LayerFact, value: Value | Unknown) -> float | None:
    if fact.activation is None or isinstance(value, Unknown) or value.number is None:
        return None
    if not isinstance(fact.gain, (int, float)) or not activations.known(fact.activation.name):
        return None
    argument = fact.activation.value if isinstance(fact.activation.value, (int, float)) else None
    return float(fact.gain) * activations.moments(fact.activation.name, value.number, argument).slope


def _hidden(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.head and isinstance(row.across, float) and not _on_purpose(row)]


def _on_purpose(row: Row) -> bool:
    """Whether it is the same for all inputs on purpose, as a table of positions is, or weights that start at zero."""
    return row.across == 0 and (row.table or row.gradient == 0 or row.gain == 0)


def _ends(rows: Sequence[Row]) -> tuple[float | None, float | None]:
    hidden = _hidden(rows)
    if not hidden:
        return None, None
    last, first = hidden[-1].across, hidden[0].gradient
    return (last if isinstance(last, float) else None), (first if isinstance(first, float) else None)


def _verdict(rows: Sequence[Row]) -> str:
    """The sentence: where it dies or explodes first, else between which bounds it stays."""
    hidden = _hidden(rows)
    if len(hidden) < 2:
        unknown = next((row.across for row in rows if isinstance(row.across, str)), "there are fewer than two layers")
        return f"nothing can be said of the signal along the depth: {unknown}"
    start = float(hidden[0].across) or 1.0
    for count, row in enumerate(hidden[1:], 2):
        factor = float(row.across) / start
        if not LIMITS[0] <= factor <= LIMITS[1]:
            later = any(float(each.across) >= LIMITS[0] * start for each in hidden[count:])
            if factor < 1 and later:
                continue  # a branch may start as small as it likes
            what = "dies: what tells inputs apart falls" if factor < 1 else "explodes: it grows"
            return f"the signal {what} to {factor:.2g} of the first layer's at `{row.name}`, {count} layers in"
    # Gradients of queries and of tables are no measure of those of what the stream is made of.
    known = [row for row in hidden if isinstance(row.gradient, float) and row.gradient > 0]
    main = [row for row in known if not row.table and row.branch != "inside"]
    main = main if len(main) > 1 else known
    gradients = [float(row.gradient) for row in main]
    factors = [float(row.across) / start for row in hidden]
    kept = f"what tells inputs apart stays between {min(factors):.2g} and {max(factors):.2g} of the first layer's"
    if len(gradients) < 2:
        return f"{kept} over {len(hidden)} layers"
    change = gradients[0] / gradients[-1]
    if not LIMITS[0] <= change <= LIMITS[1]:
        what = "vanishes" if change < 1 else "explodes"
        return f"{kept}, but the gradient {what}: at `{main[0].name}` it is {change:.2g} of the last hidden layer's"
    return f"{kept} over {len(hidden)} layers, and the gradient at the first is {change:.2g} of the last one's"
