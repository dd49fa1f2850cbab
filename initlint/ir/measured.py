"""What the probe measured: numbers and source lines, and nothing of torch. Rules and reports read it.

All classes are frozen and flat, so that they pass from the process that ran the model to the one that judges it.
Unless it says otherwise a number is the root of a mean square; NaN stays NaN, and comparisons must be written so that
it fails them (``not value <= limit``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from initlint.ir.data import dataclass
from initlint.ir.place import Span


@dataclass(frozen=True, slots=True)
class Write:
    """One call that gave a parameter values. ``inner`` is the innermost line of the user's project on the stack,
    ``outer`` the outermost; None where there is none. ``default`` says that it was a layer's own constructor."""

    call: str
    inner: Span | None
    outer: Span | None
    default: bool = False


@dataclass(frozen=True, slots=True)
class Tensor:
    """One parameter (or buffer) of a live model.

    ``writes`` is how it got its values, in order, the last one last; empty where nobody watched. Of a weight,
    ``units`` counts those that it makes, ``distinct`` how many of them differ, and ``parted`` how many still do so
    after some small steps of an optimiser: those that agree even then are copies for ever. ``gradient`` is at
    initialisation, ``woken`` the largest after those steps; None where the output does not depend on it. ``used`` says
    that the forward read it. ``digest`` is equal for equal values of equal shape. ``bins`` count the values between the
    least and the largest, in equal steps.
    """

    name: str
    shape: tuple[int, ...]
    trainable: bool
    mean: float
    std: float
    finite: bool
    writes: tuple[Write, ...] = ()
    units: int = 0
    distinct: int = 0
    parted: int = 0
    gradient: float | None = None
    woken: float | None = None
    used: bool = False
    digest: str = ""
    bins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One use of a weight in the forward, in the order of execution.

    ``name`` is the module's path, ``weight`` the parameter. ``reads`` are the numbers of the layers whose values reach
    it through no other layer, ``feeds`` those that it reaches. ``driven`` says that its input depends on the model's
    input. ``entering`` is the across-input standard deviation of its input, ``across`` that of its output, ``woken``
    the latter after some small steps of an optimiser; ``second`` the output's root mean square, ``mean`` its mean.
    ``gradient`` is per element at the output, ``flow`` the norm of the gradient of one input over all elements. ``at``
    is the line of the forward that ran it; ``bins`` count the outputs' values.
    """

    number: int
    name: str
    kind: str
    weight: str
    shape: tuple[int, ...]
    reads: tuple[int, ...]
    driven: bool
    entering: float
    across: float
    second: float
    mean: float
    feeds: tuple[int, ...] = ()
    gradient: float | None = None
    flow: float | None = None
    woken: float | None = None
    normed: bool = False
    at: Span | None = None
    bins: tuple[int, ...] = ()

    @property
    def head(self) -> bool:
        """Whether no other layer comes behind it."""
        return not self.feeds


@dataclass(frozen=True, slots=True)
class Activation:
    """One use of an activation. ``dead`` is the share of units that are 0 for all inputs at all positions; ``low`` and
    ``high`` the shares of values where a squashing function is flat. ``hidden`` says that a layer comes behind it."""

    name: str
    function: str
    units: int
    dead: float
    low: float
    high: float
    behind: int | None
    hidden: bool = False
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One addition to a residual stream; ``before`` is the number of the one before it in the same stream."""

    name: str
    second: float
    before: int | None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One seed: a construction (or the given instance), a batch, forward and backward.

    ``stepped`` says that the gradients of the layers are those after some small steps, because at initialisation some
    layer gets none (behind a head that starts at zero). ``outputs`` counts the tensors that the forward returns;
    ``differentiable`` says that one of them depends on a parameter. ``loss`` is the cross-entropy over ``classes``
    where that is known. ``broken`` says why the backward raised, ``bad`` is the first thing that was not finite, and
    ``strays`` are weights that ask for a gradient but aren't registered, each by the module that used it."""

    seed: int
    tensors: tuple[Tensor, ...]
    layers: tuple[Layer, ...]
    activations: tuple[Activation, ...]
    sums: tuple[Sum, ...]
    outputs: int
    finite: bool
    differentiable: bool
    stepped: bool = False
    loss: float | None = None
    classes: int | None = None
    broken: str = ""
    bad: str = ""
    bad_at: Span | None = None
    strays: tuple[tuple[str, Span | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """One tensor that the model was given. ``mean`` and ``std`` are over all its elements; ``own`` says that the
    project gave it."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    mean: float
    std: float
    own: bool


@dataclass(frozen=True, slots=True)
class Extra:
    """What is measured on request, on one seed: ``chi`` is the factor by which two nearby inputs part at each layer,
    ``singular`` the singular values of the input-output Jacobian found, the largest first, ``sensitivity`` the root
    mean square of the Jacobian's rows, ``condition`` the condition number of the neural tangent kernel, and ``widths``
    the root mean square of the output at three widths."""

    chi: float | None = None
    singular: tuple[float, ...] = ()
    sensitivity: float | None = None
    condition: float | None = None
    widths: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the static analysis says of one layer: ``across`` and ``gradient`` as in :class:`Layer`; None where it does
    not know; ``tolerance`` in decades, 0 for an exact prediction."""

    across: float | None
    gradient: float | None
    tolerance: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """All that was measured of one model. ``place`` is its class in source, ``way`` how the batch was found,
    ``predicted`` what the static analysis says, by the layer's number, and ``arguments`` those of its constructor that
    are not the defaults (None: they are not known, or no plain values)."""

    target: str
    name: str
    place: Span | None
    way: str
    inputs: tuple[Input, ...]
    runs: tuple[Run, ...]
    extra: Extra = Extra()
    seconds: float = 0.0
    plain_seconds: float = 0.0
    predicted: dict[int, Predicted] = field(default_factory=dict)
    fresh: bool = True
    arguments: Mapping[str, object] | None = None

    @property
    def first(self) -> Run:
        """The run whose structure stands for all."""
        return self.runs[0]


NO_MODELS = "it defines no module class with a forward"


@dataclass(frozen=True, slots=True)
class Skip:
    """Why a target was not measured: what was tried, in order, and a function to paste that would make it work.
    ``failed`` says that it is a fault of the target (it does not exist, it crashed), not of the search."""

    target: str
    why: str
    tried: tuple[str, ...] = ()
    stub: str = ""
    failed: bool = False
