"""What a rule says, before and after its places are resolved to source positions."""

from __future__ import annotations

from enum import Enum

from initlint.ir.data import dataclass
from initlint.ir.place import Place, Span


class Severity(str, Enum):
    """How bad it is. error: broken or dead; warning: measurable harm; info: advice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Confidence(str, Enum):
    """How sure the analysis is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Applicability(str, Enum):
    """Whether a fix keeps the numbers of a run (safe) or changes them (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """Replace the source of one node, or of a span, by ``text``, in which a qualified name in braces is as in
    :class:`NewLines`."""

    place: Place | Span
    text: str


@dataclass(frozen=True, slots=True)
class InitCall:
    """Make the call at ``place``, which fills a tensor (as a function, or as a method of the tensor), a call of
    ``function`` on the same tensor, with ``arguments`` behind it (None: those it has). ``function`` is a qualified
    name (``torch.nn.init.kaiming_normal_``); it is written as the file spells it, and imported where it needs to be."""

    place: Place
    function: str
    arguments: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class NewLines:
    """Add statements. ``where`` is ``after`` the statement that holds the node at ``place``, ``before`` it, or at the
    ``end`` of the constructor (``__init__``) that holds it. ``text`` has its own indentation alone; a qualified name in
    braces (``{torch.nn.init.zeros_}(self.bias)``) is written as the file spells it, and imported where it needs to be;
    ``{target}`` is what the statement binds the node to, by itself or made a parameter."""

    place: Place | Span
    text: str
    where: str = "after"


@dataclass(frozen=True, slots=True)
class Guard:
    """Put the statement that holds the node at ``place`` under a header, ``if …`` or ``with …``. ``{tensor}`` in it is
    what the call there fills; a qualified name in braces is as in :class:`NewLines`."""

    place: Place
    header: str


@dataclass(frozen=True, slots=True)
class NameArgument:
    """Give the positional argument at ``index`` (from 0) of the call at ``place``, the last one, by ``name``."""

    place: Place
    index: int
    name: str


@dataclass(frozen=True, slots=True)
class SetArgument:
    """Give the call at ``place`` the argument ``name`` with the value ``text``, in place of the one it has. ``index``
    is its position (from 0) among the positional ones; where one stands there, nothing is done."""

    place: Place
    name: str
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class Wrap:
    """Put the expression at ``place``, or the value that the assignment there assigns, into a call of ``function``, a
    qualified name as in :class:`InitCall`."""

    place: Place
    function: str


@dataclass(frozen=True, slots=True)
class Unwrap:
    """Put what the call at ``place`` is given first, or is a method of, in place of the call."""

    place: Place


@dataclass(frozen=True, slots=True)
class Readdress:
    """Make the call at ``place``, which fills a tensor, fill that of the attribute ``new`` in place of ``old``."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """Make the call at ``place``, which fills a slice of a vector, fill the quarter that starts at ``number``/4."""

    place: Place
    number: int


@dataclass(frozen=True, slots=True)
class BuildEach:
    """Where ``[call] * n`` stands at ``place``, or within it, make the call once for each element."""

    place: Place


@dataclass(frozen=True, slots=True)
class ToEnd:
    """Move the statement that is the call at ``place`` to the end of its constructor (``__init__``)."""

    place: Place


Wish = (
    PlacedEdit | InitCall | NewLines | Guard | NameArgument | SetArgument | Wrap | Unwrap | Readdress | Quarter
    | BuildEach | ToEnd
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacedFix:
    """A fix as a rule gives it."""

    message: str
    applicability: Applicability
    edits: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, at the line to change. ``related`` are other places that take part, each with a label.
    ``place`` may be a Span already, for findings about the file itself."""

    place: Place | Span
    message: str
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    related: tuple[tuple[Place, str], ...] = ()
    fix: PlacedFix | None = None
    class_name: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of ``span`` by ``text``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix with positions."""

    message: str
    applicability: Applicability
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding as users see it, with positions."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    span: Span
    related: tuple[tuple[Span, str], ...] = ()
    fix: Fix | None = None
    class_name: str = ""
    layer: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders by place, then by rule and message, then by what else tells two apart."""
        span = self.span
        place = (span.path, span.cell, span.line, span.column, self.code, span.end_line, span.end_column)
        return (*place, self.message, self.related, self.class_name, self.layer)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not reported: through a comment in the source (``inSource``) or a baseline (``external``), the
    words of SARIF, with the reason that was given, or nothing."""

    diagnostic: Diagnostic
    kind: str
    reason: str = ""
