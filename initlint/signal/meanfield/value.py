"""The state of a value and of its gradient, and the arithmetic of sums of such values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim, Scalar
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.curve import Curve

# Nothing that is not zero may underflow to it: zero means dead.
_TINY, _HUGE = 1e-290, 1e290
# From that mean on, in shares of √q, a value is a constant but for the rounding of quadrature.
_CONSTANT = 1 - 1e-9
# A sum of more parts than these is a value of its own: what it shares with its parts is forgotten.
_MOST_PARTS = 400

Parts = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of one value of the forward pass, per unit, averaged over the random weights.

    ``second`` is q = E h²; a number or a monomial of sizes. The other three are shares of it, so that sizes cancel:
    ``across`` is 1 - c, with c the correlation of a unit between two inputs; ``local`` likewise between two positions
    (pixels, tokens) of one input; ``mean`` is E h / √q. ``tolerance`` is by how much the standard deviation may be off,
    in decades (0: as exact as mean-field theory). ``width`` is the number of units at a position, ``positions`` how
    many positions an input has. ``parts`` says of which values, by op id, and with which factors it is the sum, where
    it is one; ``curve`` which function of one Gaussian it is. ``weights`` is Σ a² where it is a softmax over positions;
    ``scores`` says that it goes into one, its scaling by 1/√d being counted already. ``unlike`` is by how many decades
    of the standard deviation some position differs from the others, as a class token does from patches. ``terms`` is
    how many terms a unit is the sum of; ``bent`` the share of the second moment that an activation made, and no sum
    of many terms since.
    """

    second: Scalar
    across: float = 1.0
    local: float = 1.0
    mean: float = 0.0
    tolerance: float = 0.0
    width: Scalar | None = None
    positions: float = 1.0
    parts: Parts = ()
    curve: Curve | None = None
    weights: float | None = None
    scores: bool = False
    unlike: float = 0.0
    terms: float | None = None
    bent: float = 0.0

    @property
    def number(self) -> float | None:
        """q, where it is a number."""
        return None if isinstance(self.second, Dim) else float(self.second)

    @property
    def constant(self) -> float | None:
        """The number that it is everywhere, where it is one."""
        alike = self.across == self.local == 0 and abs(self.mean) > _CONSTANT
        return math.copysign(math.sqrt(self.number), self.mean) if alike and self.number is not None else None

    def scaled(self, factor: Scalar) -> Value:
        """``factor`` times the value."""
        second = limited(dim.multiply(self.second, dim.multiply(factor, factor)))
        number = factor.coefficient if isinstance(factor, Dim) else factor
        parts = () if isinstance(factor, Dim) else tuple((key, part * factor) for key, part in self.parts)
        return replace(self, second=second, mean=math.copysign(1, number) * self.mean, parts=parts, curve=None)


@dataclass(frozen=True, slots=True)
class Gradient:
    """The gradient at a value: ``second`` is its second moment per element, with that at the outputs being 1;
    ``common`` the share of it that all positions of an input have in common; ``tolerance`` as of a :class:`Value`.
    ``uneven`` is a factor on the second moment here that is not passed on: units of small weights have large ones.
    ``lone`` is the share of it that lies at the one position which is unlike the others (see :class:`Value`)."""

    second: Scalar
    common: float = 0.0
    tolerance: float = 0.0
    uneven: float = 1.0
    lone: float = 0.0

    def scaled(self, factor: Scalar, tolerance: float = 0.0) -> Gradient:
        """The second moment times ``factor``, and a tolerance more."""
        second = limited(dim.multiply(self.second, factor))
        return replace(self, second=second, tolerance=math.hypot(self.tolerance, tolerance))

    def held(self, positions: float) -> float:
        """The share of all of it that the position which is unlike the others holds."""
        return self.lone + (1 - self.lone) / max(positions, 2.0)


Flow = Value | Unknown
Back = Gradient | Unknown


def limited(value: Scalar) -> Scalar:
    """The value within the range of floats; one that is not zero does not underflow to zero."""
    if isinstance(value, Dim):
        return value
    return min(max(float(value), _TINY), _HUGE) if value else 0.0


def share(part: float, whole: float) -> float:
    """``part / whole`` between 0 and 2, not underflowing to zero."""
    if part <= 0 or whole <= 0:
        return 0.0
    return min(max(part / whole, _TINY), 2.0)


def ratio(a: Scalar, b: Scalar) -> float | None:
    """``a / b`` where their sizes cancel; b is not zero."""
    found = dim.divide(a, b)
    return None if found is None or isinstance(found, Dim) else float(found)


def summed(a: Value, b: Value, bases: Mapping[int, Value]) -> Flow:
    """``a + b``: what parts they have in common adds up; all else is independent, but for the means."""
    if b.second == 0 or a.second == 0:
        kept, other = (a, b) if b.second == 0 else (b, a)
        return replace(kept, positions=max(a.positions, b.positions), width=kept.width or other.width)
    weight = ratio(b.second, a.second)
    if weight is None:
        return Unknown(f"the sum of {a.second} and {b.second}, whose sizes are not known")
    cross, across, local = a.mean * b.mean * math.sqrt(weight), 0.0, 0.0
    own, other_parts = dict(a.parts), dict(b.parts)
    small, large = (own, other_parts) if len(own) < len(other_parts) else (other_parts, own)
    for key, factor in small.items():
        base = bases.get(key) if key in large else None
        size = ratio(base.second, a.second) if base is not None else None
        if base is not None and size is not None:
            both = factor * large[key] * size
            cross += both * (1 - base.mean**2)
            across += both * base.across
            local += both * base.local
    total = 1 + weight + 2 * cross
    if total <= 1e-12:
        return replace(a, second=0.0, across=0.0, local=0.0, mean=0.0, parts=(), curve=None)
    shares = (a.across + weight * b.across + 2 * across, a.local + weight * b.local + 2 * local)
    for key, factor in other_parts.items():
        own[key] = own.get(key, 0.0) + factor
    return Value(
        second=limited(dim.multiply(a.second, total)),
        across=share(shares[0], total),
        local=share(shares[1], total),
        mean=(a.mean + b.mean * math.sqrt(weight)) / math.sqrt(total),
        tolerance=_mixed((a, 1.0), (b, weight)),
        width=a.width if a.width is not None else b.width,
        positions=max(a.positions, b.positions),
        parts=tuple(own.items()) if len(own) <= _MOST_PARTS else (),
        unlike=_unlike(a.unlike, b.unlike, weight),
        bent=(a.bent + weight * b.bent) / (1 + weight),
    )


def _unlike(a: float, b: float, weight: float) -> float:
    """Of a sum of values in which one position is unlike the others, the second having ``weight`` times the second
    moment of the first."""
    if a == b == 0:
        return 0.0
    return math.log10((100**a + weight * 100**b) / (1 + weight)) / 2


def multiplied(a: Value, b: Value) -> Value:
    """The product of two independent values: E[ab·a'b'] is the product of the covariances. A tolerance counts by how
    much of what differs comes from it: that of a gate which is nearly the same for all inputs, hardly."""
    across = max(a.across + b.across - a.across * b.across, 0.0)
    counts = [min(each.across / across, 1.0) if across > 0 else 1.0 for each in (a, b)]
    return Value(
        second=limited(dim.multiply(a.second, b.second)),
        across=across,
        local=max(a.local + b.local - a.local * b.local, 0.0),
        mean=a.mean * b.mean,
        tolerance=math.hypot(a.tolerance * counts[0], b.tolerance * counts[1]),
        width=a.width if a.width is not None else b.width,
        positions=max(a.positions, b.positions),
    )


def averaged(value: Value, weights: float) -> Value:
    """The average over positions with weights of that Σ a² (1/n where they are equal).

    What differs between inputs and positions alike, and between positions only, is averaged out; what all positions of
    an input have in common stays, be it the same for all inputs or not.
    """
    local = min(value.local, 1.0)
    left = max(1 - local * (1 - weights), value.mean**2)
    if left <= 1e-12:
        return replace(value, second=0.0, across=0.0, local=0.0, mean=0.0, curve=None, parts=())
    across = value.across - min(value.across, local) * (1 - weights)
    return Value(
        second=limited(dim.multiply(value.second, left)),
        across=share(across, left),
        local=share(local * weights, left),
        mean=value.mean / math.sqrt(left),
        tolerance=value.tolerance,
        width=value.width,
        positions=value.positions,
    )


def mixed(values: list[tuple[Value, float]]) -> Flow:
    """Units, or positions, of several values side by side, in the given proportions."""
    whole = math.fsum(weight for _, weight in values)
    unit = next((value.second for value, _ in values if value.second != 0), 1.0)
    sizes = [ratio(value.second, unit) for value, _ in values]
    known = [(value, size * weight / whole) for (value, weight), size in zip(values, sizes) if size is not None]
    if len(known) < len(values):
        return Unknown("values side by side whose sizes are not known")
    total = math.fsum(size for _, size in known)
    return Value(
        second=limited(dim.multiply(unit, total)),
        across=share(math.fsum(value.across * size for value, size in known), total),
        local=share(math.fsum(value.local * size for value, size in known), total),
        mean=math.fsum(
            value.mean * math.sqrt(size * weight / whole) for (value, size), (_, weight) in zip(known, values)
        )
        / math.sqrt(total)
        if total > 0
        else 0.0,
        tolerance=_mixed(*known),
    )


def _mixed(*values: tuple[Value, float]) -> float:
    """A tolerance counts by how much of the across-input signal it concerns."""
    sizes = [weight * value.across for value, weight in values]
    whole = math.fsum(sizes)
    if whole <= 0:
        return max((value.tolerance for value, _ in values), default=0.0)
    return math.fsum(size * value.tolerance for (value, _), size in zip(values, sizes)) / whole


def joined(gradients: list[Back]) -> Back:
    """The gradient of a value that several ops read: their sum, the contributions being independent."""
    alive = [each for each in gradients if isinstance(each, Unknown) or each.second != 0]
    if len(alive) == 1:
        return alive[0]
    total: Scalar = 0.0
    common: float = 0.0
    tolerance: float = 0.0
    lone: float = 0.0
    for each in gradients:
        if isinstance(each, Unknown):
            return each
        if each.second == 0:
            continue
        before = 0.0 if total == 0 else ratio(total, each.second)
        if before is None:
            return Unknown(f"the sum of gradients {total} and {each.second}, whose sizes are not known")
        total = limited(dim.multiply(each.second, 1 + before))
        common = (common * before + each.common) / (1 + before)
        tolerance = (tolerance * before + each.tolerance) / (1 + before)
        lone = (lone * before + each.lone) / (1 + before)
    return Gradient(total, common, tolerance, lone=lone)
