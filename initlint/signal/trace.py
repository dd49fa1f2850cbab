"""One model, layer by layer: what the signal and the gradient are at each weight layer, where they die or explode."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from initlint.ir.dim import Scalar
from initlint.ir.model import Model
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal import activations, remedies
from initlint.signal.build import facts
from initlint.signal.facts import LayerFact
from initlint.signal.loops import Loop, loops
from initlint.signal.meanfield.context import Inputs
from initlint.signal.meanfield.run import Prediction, across, predict
from initlint.signal.meanfield.value import Gradient, Value

# A signal below or above these factors of the first layer's is called dead or exploded.
LIMITS = (1e-3, 1e3)


@dataclass(frozen=True, slots=True)
class Row:
    """One use of a weight layer.

    ``std`` is the weights', ``gain`` fan_in·Var(W). ``second`` is q at its output, ``across`` the standard deviation
    there of what differs between inputs, ``gradient`` that of the gradient, relative to the outputs'. ``chi`` is χ₁,
    the gain times E φ'² of the activation behind it. ``tolerance`` is in decades; what is not known is its reason.
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


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a change would make of it: of the signal at the last hidden layer and the gradient at the first."""

    name: str
    across: float | None
    gradient: float | None


@dataclass(frozen=True, slots=True)
class Trace:
    """All layers in the order in which they run, the verdict in a sentence, the remedies' predictions, and, of loops of
    a depth that nobody says, what each block does."""

    name: str
    rows: tuple[Row, ...]
    verdict: str
    remedies: tuple[Remedy, ...]
    loops: tuple[Loop, ...] = ()


def trace(model: Model, inputs: Inputs | None = None) -> Trace | Unknown:
    """The trace of one model; Unknown where its forward could not be read."""
    if isinstance(model.graph, Unknown):
        return model.graph
    prediction = predict(model, inputs)
    rows, repeated = _rows(model, prediction), loops(model, prediction)
    found = [
        Remedy(name, *_ends(_rows(changed, predict(changed, inputs))))
        for name, change in (("He", remedies.he), ("norms", remedies.norms), ("branch scaling", remedies.branches))
        if (changed := change(model)) is not None
    ]
    verdict = "; ".join([_verdict(rows), *map(_of_loop, repeated)])
    return Trace(model.name, rows, verdict, tuple(found), repeated)


def _of_loop(loop: Loop) -> str:
    """A depth that nobody says: what each block does to the signal, and how many are too many."""
    each = f"each of the `{loop.symbol}` blocks multiplies what tells inputs apart by {loop.gain:.3g} in the end"
    if loop.crosses is None:
        return f"{each}, which no depth makes a fault"
    return f"{each}: it {'dies' if loop.gain < 1 else 'explodes'} from `{loop.symbol}` = {loop.crosses} on"


def _rows(model: Model, prediction: Prediction) -> tuple[Row, ...]:
    rows = []
    for fact in facts(model, prediction=prediction).layers:
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
    return [row for row in rows if not row.head and isinstance(row.across, float) and not _is_table(row)]


def _is_table(row: Row) -> bool:
    return row.across == 0 and row.gradient == 0


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
            what = "dies: what tells inputs apart falls" if factor < 1 else "explodes: it grows"
            return f"the signal {what} to {factor:.2g} of the first layer's at `{row.name}`, {count} layers in"
    gradients = [row.gradient for row in hidden if isinstance(row.gradient, float) and row.gradient > 0]
    factors = [float(row.across) / start for row in hidden]
    kept = f"what tells inputs apart stays between {min(factors):.2g} and {max(factors):.2g} of the first layer's"
    if len(gradients) < 2:
        return f"{kept} over {len(hidden)} layers"
    change = gradients[0] / gradients[-1]
    if not LIMITS[0] <= change <= LIMITS[1]:
        what = "vanishes" if change < 1 else "explodes"
        return f"{kept}, but the gradient {what}: at `{hidden[0].name}` it is {change:.2g} of the last hidden layer's"
    return f"{kept} over {len(hidden)} layers, and the gradient at the first is {change:.2g} of the last one's"
