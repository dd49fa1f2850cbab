"""The model graph: what a module class builds, how its parameters are filled, and what its forward does with them.

Both agents fill it: the static interpreter (``origin`` «static») and, in dynamic mode, the probe. All classes are
frozen and flat; :mod:`initlint.ir.text` prints them, :mod:`initlint.ir.verify` checks their invariants.
"""

from __future__ import annotations

from dataclasses import field

from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.place import Place
from initlint.ir.sweep import Sweep
from initlint.ir.unknown import Unknown

Shape = tuple["Scalar | Unknown", ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter or buffer of a model.

    ``name`` is its dotted path as in ``named_parameters()``. ``candidates`` are the writes one of which gives its value
    in the end (one, where everything is decided); ``history`` all writes in order. ``fan_in`` and ``fan_out`` are as
    torch.nn.init computes them from the shape. ``layer`` is the dotted path of the owning module. ``of`` is the name of
    the parameter that a forward computes the weight of (see :class:`Model`, ``computed``). ``stored`` says that its
    type is one of quantised numbers, which no optimiser trains.
    """

    name: str
    shape: Shape | Unknown
    candidates: tuple[InitAction, ...]
    history: tuple[InitAction, ...]
    place: Place
    layer: str
    trainable: bool = True
    buffer: bool = False
    of: str = ""
    stored: bool = False

    @property
    def initializers(self) -> tuple[Initializer, ...]:
        """The distinct distributions that the parameter may have."""
        return tuple(dict.fromkeys(action.initializer for action in self.candidates))

    @property
    def initializer(self) -> Initializer | None:
        """The distribution, where only one is possible and it is known; else None."""
        found = self.initializers
        return found[0] if len(found) == 1 and found[0].known else None


@dataclass(frozen=True, slots=True)
class Module:
    """One module of a model. ``kind`` is the catalogue's (``linear``, ``conv``, ``norm`` …), ``user`` for the project's
    own classes, ``unknown`` for foreign ones; ``type`` its qualified class name; ``place`` the call that made it.
    ``optional`` says that a condition we can't decide may leave it out; ``eps`` is what a norm adds to the variance,
    where it is a number."""

    path: str
    kind: str
    type: str
    place: Place
    optional: bool = False
    eps: float | None = None


@dataclass(frozen=True, slots=True)
class Op:
    """One operation of the forward graph; ``inputs`` are numbers of earlier ops.

    ========== ================================================== ===========================================
    kind       name                                               value
    ========== ================================================== ===========================================
    input      the forward's parameter
    parameter  (a parameter used as a value; see ``weight``)
    constant                                                      the number, where known
    layer      linear conv conv_transpose embedding recurrent attention bilinear matmul
    activation relu gelu tanh …                                   its argument (negative slope, alpha)
    norm       batch layer group instance rms local l2
    dropout    alpha, or no name                                  p
    pool       max average adaptive_max adaptive_average          window (number of elements)
    reshape    view permute index chunk …: same elements          of ``x[:, 0]``, how many it takes (see below)
    resample   pixel_shuffle interpolate pad …
    add sub mul div   elementwise
    matmul     of two values
    cat stack
    softmax
    reduce     mean sum max
    either     one of its inputs, on a condition we can't decide
    function   exp clamp abs pow cumsum max …: known, of no kind above (pow: its exponent)
    opaque     what was not understood, or may be a part of a norm (sqrt var …)
    output     a returned value
    ========== ================================================== ===========================================

    An index that chooses along one axis but the first carries how many places it takes, where that is a number; all but
    k are -k.

    ``layer`` ops carry the dotted names of their ``weight`` and ``bias``; ``stride`` is the product of a convolution's
    strides, ``groups`` its groups. ``module`` is the path of the module that ran it, if one did; ``residual`` marks an
    add whose inputs share an ancestor within the same graph (set by the builder).
    """

    id: int
    kind: str
    name: str
    inputs: tuple[int, ...]
    place: Place
    module: str | None = None
    weight: str | None = None
    bias: str | None = None
    value: Scalar | Unknown | None = None
    stride: Scalar | Unknown = 1
    groups: Scalar | Unknown = 1


@dataclass(frozen=True, slots=True)
class ForwardGraph:
    """The ops of one forward pass in the order in which they run; ``outputs`` are ids of ``output`` ops.

    ``repeats`` maps an op id to the symbol of a loop that runs it an unknown number of times (the graph then holds the
    first and the last pass)."""

    ops: tuple[Op, ...]
    outputs: tuple[int, ...]
    repeats: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Misuse:
    """A call that fails, or does nothing, when the constructor runs: ``kind`` names which, ``text`` says it."""

    kind: str
    text: str
    place: Place
    outer: tuple[Place, ...] = ()
    may: bool = False
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """An attribute that keeps trainable modules or parameters (``holds``) in a plain list, tuple or dict (``kind``), by
    which they are not registered anywhere in the model; ``place`` is the assignment, ``name`` the attribute's path."""

    name: str
    kind: str
    holds: str
    place: Place


@dataclass(frozen=True, slots=True)
class Twins:
    """Modules that start equal though they stand apart: ``cloned`` from one prototype, ``shared`` (one instance under
    several paths), or ``reseeded`` (drawn from one seed). ``place`` is the call that makes them so, ``paths`` are
    theirs. ``names`` are the parameters that are equal; of shared ones, what the source calls them."""

    kind: str
    place: Place
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """One model: a module class with its defaults, or one construction site.

    ``name`` is the class, ``file`` the file it is reported in, ``site`` the place of the class or of the construction
    call. ``standalone`` says that it was built from the class's own defaults, not from a call in the project;
    ``classes`` are the qualified names of all project classes built inside it. ``graph`` is Unknown where the class
    has no forward or it could not be read. ``unknowns`` are the reasons of everything that was not understood.
    ``computed`` are tensors that ops take as weights and that are no parameters: made of some at every forward, as by
    weight_norm, or by the forward itself. ``sweeps`` are the inits that went over its modules or parameters,
    ``hidden`` the attributes that keep layers which the model does not register, ``twins`` layers that start equal.
    """

    name: str
    file: str
    site: Place
    standalone: bool
    modules: tuple[Module, ...]
    parameters: tuple[Parameter, ...]
    graph: ForwardGraph | Unknown
    classes: frozenset[str]
    misuses: tuple[Misuse, ...] = ()
    unknowns: tuple[Unknown, ...] = field(default=())
    computed: tuple[Parameter, ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    twins: tuple[Twins, ...] = ()
