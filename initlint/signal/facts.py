"""Facts: what rules read. All questions about data flow and scale are answered here, once, for every rule."""

from __future__ import annotations

from dataclasses import field

from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar
from initlint.ir.gaps import Reading
from initlint.ir.model import Model, Op, Parameter
from initlint.ir.place import Place, Span
from initlint.ir.unknown import Unknown
from initlint.signal.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True, slots=True)
class State:
    """The signal at one value, per unit, averaged over the random weights (Schoenholz et al. 2017).

    ``second`` is q = E[h²]; ``across`` is q(1 − c), the variance across inputs (what tells inputs apart). Both are
    relative to a network input of q = 1, c = 0 (or to the last norm). ``tolerance`` is by how many decades the standard
    deviation may be off, behind an op whose transfer is an estimate (max pooling, attention); 0 for the others.
    """

    second: float
    across: float
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class LayerFact:
    """One use of a weight layer in the forward pass.

    ``name`` is the path that users know (``features.3``, ``fc1``). ``made`` is the construction call. ``fan_in`` and
    ``fan_out`` are the effective fans: the number of inputs summed into one unit, and of units fed by one input.

    What follows, through dropout, reshapes and pooling: ``next`` is ``activation``, ``norm``, ``layer``, ``add``,
    ``mul``, ``cat``, ``softmax``, ``reduce``, ``output``, ``other`` (any other function), ``several`` where consumers
    differ, or ``unknown`` where one was not understood or depends on a condition;
    ``activation`` is the activation op where ``next`` is one, ``consumer`` the first op of that kind, whatever it is,
    where ``next`` is one kind of op. ``norm_after`` says that a norm stands between this layer
    and the next weight layers (before or behind the activation), ``norm_before`` that the layer's input comes from a
    norm without another weight layer between; None where not known.

    Place in the graph: ``in_branch``: it lies on a branch that is added to an identity or another branch;
    ``ends_branch``: its output (through no other weight layer, and no activation) is added to another path;
    ``head``: it reaches the output through no other weight layer; ``feeds`` are the ids of the weight-layer ops next
    behind it; ``sole_carrier``: everything that reaches those comes through this layer (no add, cat, or product with
    another signal between), None where unknown; a product with a plain input, such as an adjacency matrix, mixes
    positions and counts as pooling does. ``set_apart``: other signals join it on the way there by concatenation only;
    ``detached``: no gradient comes back from there, as each way there is detached; ``only_way``: every way from the
    inputs to the outputs goes through the layer; ``summed``: its output is added to those of other layers alone, and an
    activation takes the sum, as in a recurrent cell.

    Scale: ``variance`` is Var(W); ``gain`` is fan_in · Var(W), Unknown where sizes do not cancel; ``before`` and
    ``after`` the states of the layer's input and of its output (pre-activation).
    """

    op: Op
    name: str
    made: Place
    weight: Parameter
    bias: Parameter | None
    fan_in: Scalar | Unknown
    fan_out: Scalar | Unknown
    next: str
    activation: Op | None
    norm_after: bool | None
    norm_before: bool | None
    in_branch: bool | None
    ends_branch: bool
    head: bool
    feeds: tuple[int, ...]
    sole_carrier: bool | None
    variance: Scalar | Unknown
    gain: Scalar | Unknown
    before: State | Unknown
    after: State | Unknown
    set_apart: bool = False
    detached: bool = False
    consumer: Op | None = None
    only_way: bool = False
    summed: bool = False


@dataclass(frozen=True, slots=True)
class NormFact:
    """One use of a norm that scales its result by a weight of its own.

    ``name``, ``made``, ``next``, ``activation`` and ``ends_branch`` are as for a layer. ``beside_identity`` says that
    it is added to what its own branch starts from.
    """

    op: Op
    name: str
    made: Place
    weight: Parameter
    bias: Parameter | None
    next: str
    activation: Op | None
    ends_branch: bool
    beside_identity: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """A maximal plain chain of weight layers: each feeds only the next, through activations and pass-through ops, with
    no norm, no identity path and no unknown op between.

    ``across`` is the across-input standard deviation at each layer's output (pre-activation), relative to the stack's
    input, Unknown where sizes or scales are not known; ``backward`` the standard deviation of the gradient at each
    hidden layer's units, gathered over pixels or tokens, relative to that at the last of them. The head (a layer that
    reaches the output) is the last element where ``has_head``; depth is judged at the last hidden pre-activation,
    ``hidden[-1]``, where ``tolerance`` is by how many decades ``across`` may be off. ``default`` says that every hidden
    weight is at torch's own default.
    """

    layers: tuple[LayerFact, ...]
    has_head: bool
    across: tuple[float | Unknown, ...]
    backward: tuple[float | Unknown, ...]
    tolerance: float
    default: bool

    @property
    def hidden(self) -> tuple[LayerFact, ...]:
        """The layers but the head."""
        return self.layers[:-1] if self.has_head else self.layers


@dataclass(frozen=True, slots=True)
class Stream:
    """A maximal chain of residual blocks x + f(x) with no norm in them nor between, and no unknown op.

    ``blocks`` is how many there are; ``ends`` are the layers whose output is added to the stream; ``growth`` is by
    which factor each block multiplies the stream's second moment, Unknown where sizes or scales are not known;
    ``rough`` by how many decades the standard deviation of what each block adds may be off; ``apart`` the factor of all
    blocks on what differs between inputs, which biases don't add to.
    """

    blocks: int
    ends: tuple[LayerFact, ...]
    growth: tuple[float | Unknown, ...]
    rough: tuple[float, ...]
    apart: float | Unknown


@dataclass(frozen=True, slots=True)
class Sublayer:
    """One residual sublayer: ``end`` is the layer whose output is added, ``mixes`` whether attention lies in it."""

    end: LayerFact
    mixes: bool


@dataclass(frozen=True, slots=True)
class Sublayers:
    """A maximal chain of residual sublayers with a layer or RMS norm each, nothing scaling their branches or the
    identity: ``kind`` is ``post`` for norm(h + f(h)), ``pre`` for h + f(norm(h))."""

    kind: str
    chain: tuple[Sublayer, ...]


@dataclass(frozen=True, slots=True)
class Logits:
    """The output of a head that is a choice among ``classes``: its words are the rows of an embedding (``tied``), or a
    softmax or a cross entropy follows. ``second`` is its second moment, a number or a monomial of sizes; ``tolerance``
    by how many decades its standard deviation may be off."""

    layer: LayerFact
    classes: Scalar | Unknown
    tied: bool
    second: Scalar | Unknown
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that rules may know of one model, and what they compare it with. ``dead`` are the names of the parameters
    that start at zero and that no gradient ever reaches (:mod:`initlint.signal.dead`); ``spans`` are all that leads to
    a head without a norm, skips and all (:mod:`initlint.signal.spans`); ``gates`` are the names of the parameters
    that a residual branch is multiplied with, and that were made at or near 0, so that it hardly counts."""

    model: Model
    layers: tuple[LayerFact, ...]
    stacks: tuple[Stack, ...]
    streams: tuple[Stream, ...] = ()
    logits: tuple[Logits, ...] = ()
    dead: frozenset[str] = frozenset()
    thresholds: Thresholds = DEFAULT
    norms: tuple[NormFact, ...] = ()
    sublayers: tuple[Sublayers, ...] = ()
    spans: tuple[Stack, ...] = ()
    gates: frozenset[str] = frozenset()
    _at: dict[int, LayerFact] = field(init=False, default_factory=dict, compare=False, repr=False)

    def layer_of(self, number: int) -> LayerFact | None:
        """The layer whose op has that number."""
        if not self._at:
            self._at.update((each.op.id, each) for each in self.layers)
        return self._at.get(number)

    def behind(self, layer: LayerFact) -> list[LayerFact]:
        """The layers that the layer feeds."""
        return [each for number in layer.feeds if (each := self.layer_of(number)) is not None]

    def stack_of(self, layer: LayerFact) -> Stack | None:
        """The stack that the layer belongs to."""
        return next((stack for stack in self.stacks if any(each.op is layer.op for each in stack.layers)), None)


@dataclass(frozen=True, slots=True)
class StaticCall:
    """A call to something outside the project, found by reading alone, whether or not it ever runs. ``target`` is the
    qualified name (``torch.nn.init.xavier_uniform``); ``source`` the text of the called expression."""

    target: str
    place: Place
    source: str


@dataclass(frozen=True, slots=True)
class InitFunction:
    """A function or method whose body writes initial values to a module it is given (or to self).

    ``used`` says whether anything in the project may use it (a mention that is no definition, import or docstring);
    ``hook`` that a framework, an abstract method or an override may call it, and then uses are not looked for.
    ``class_name`` is empty for a function.
    """

    name: str
    class_name: str
    place: Place
    used: bool
    hook: bool


@dataclass(frozen=True, slots=True)
class LossUse:
    """A loss that is given what an activation made: ``loss`` is its name in torch, ``place`` its call; ``activation``
    what made it, ``made`` where that stands. ``class_name`` is the model's, empty where the activation is no part of
    one. ``listed`` says that it is a module made in a container's list, which calls it."""

    loss: str
    place: Place
    activation: str
    made: Place
    class_name: str
    listed: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What rules may know of one file. ``error`` is a syntax error with its span; ``unreadable`` why it has no text;
    ``readings`` how far each class was read, where a rule asks for it; ``losses`` the losses that are given what an
    activation made."""

    path: str
    error: tuple[str, Span] | None = None
    unreadable: str | None = None
    calls: tuple[StaticCall, ...] = ()
    functions: tuple[InitFunction, ...] = ()
    readings: tuple[Reading, ...] = ()
    losses: tuple[LossUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """One suppression comment: where it stands, the rules it names as written (none: all), whether it suppressed
    anything, which of its names suppressed nothing, and which name no rule; its first word (``ignore``, ``disable``,
    ``noqa`` …), the reason that it gives; and what to put where, so that it says no more than it does."""

    span: Span
    names: tuple[str, ...]
    used: bool
    unused_names: tuple[str, ...]
    unknown_names: tuple[str, ...]
    kind: str = "ignore"
    reason: str = ""
    cleared: tuple[Span, str] | None = None


@dataclass(frozen=True, slots=True)
class SuppressionFacts:
    """The suppression comments of one file, after all other rules have run."""

    path: str
    comments: tuple[Suppression, ...]
