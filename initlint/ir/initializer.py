"""What fills a parameter: one distribution, and the record of the call that drew from it."""

from __future__ import annotations

from dataclasses import field

from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# The families of distributions. `normalised` was drawn, and then each row (or column, or kernel) was given one norm;
# `garbage` is uninitialised memory, `loaded` comes from a checkpoint, another tensor or a formula, `mixed` has parts
# that were filled differently, `unknown` was written in a way the interpreter cannot read.
FAMILIES = (
    "normal", "truncated_normal", "uniform", "constant", "orthogonal", "normalised", "eye", "dirac", "sparse",
    "garbage", "loaded", "mixed", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Initializer:
    """A distribution over a parameter's elements.

    ``call`` is what set it, as users know it (``xavier_uniform_``, ``torch.zeros``, ``PyTorch's default``). ``mean``
    and ``std`` are per element; a constant c has mean c and std 0. ``scheme`` is ``xavier``, ``kaiming``, ``lecun``,
    ``default`` (torch's own for that layer), or ``""`` for a hand-set distribution. ``gain`` is the multiplier that the
    call was given (√2 for Kaiming before ReLU), where the scheme has one; ``nonlinearity``, ``slope`` and ``mode`` are
    Kaiming's.
    """

    call: str
    family: str
    mean: Scalar | Unknown = 0
    std: Scalar | Unknown = field(default_factory=lambda: Unknown("not given"))
    scheme: str = ""
    gain: Scalar | Unknown | None = None
    nonlinearity: str | None = None
    slope: Scalar | Unknown | None = None
    mode: str | None = None

    @property
    def known(self) -> bool:
        """Whether the distribution is known: not garbage, loaded, mixed or unknown."""
        return self.family not in {"garbage", "loaded", "mixed", "unknown"}

    @property
    def constant(self) -> Scalar | None:
        """The one value of all elements, where there is one (a normal of std 0 counts); else None."""
        if not self.known or self.family in {"eye", "dirac", "sparse", "orthogonal"}:
            return None
        if self.std == 0 and not isinstance(self.mean, Unknown):
            return self.mean
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """The elements from ``start`` up to ``stop`` of a vector, and what fills them."""

    start: Scalar
    stop: Scalar
    initializer: Initializer


@dataclass(frozen=True, slots=True)
class InitAction:
    """One write to a parameter.

    ``place`` is the call that writes; ``outer`` are the places of the calls that led there, outermost first (the
    ``self.apply(...)`` line, say). ``may`` says that it depends on a condition the interpreter can't decide;
    ``blanket`` that it was reached through apply, modules() or parameters(); ``explicit`` is False for torch's defaults
    and for the value a tensor is made with. ``part`` is set where it fills a slice of a vector: the initialiser is then
    ``mixed``. ``nested`` says how many branches of conditions that were decided it stands in.
    """

    initializer: Initializer
    place: Place
    outer: tuple[Place, ...] = ()
    may: bool = False
    blanket: bool = False
    explicit: bool = True
    part: Part | None = None
    nested: int = field(default=0, compare=False)

    @property
    def copied(self) -> bool:
        """Whether the value is another layer's, at which it is judged."""
        return self.initializer.call == "copy_"
