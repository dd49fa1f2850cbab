"""Abstract values.

Plain Python numbers, strings, booleans, None and tuples stand for themselves; :class:`~initlint.ir.dim.Dim` is a number
made of symbols; the classes here are everything else. Every value that a program can change in place is a
:class:`Store`, so that the :class:`~initlint.interpret.journal.Journal` can undo and join the changes of two branches.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from initlint.ir.code import Class as ClassCode
from initlint.ir.code import Function as FunctionCode
from initlint.ir.code import Lambda
from initlint.ir.data import dataclass
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

if TYPE_CHECKING:
    from initlint.interpret.link import Namespace

# Any abstract value: a plain Python value, a Dim, an Unknown, or an instance of a class of this module.
Value: TypeAlias = object
Origin: TypeAlias = tuple[str, int]  # the file and the segment that a piece of code stands in


class Missing:
    """The value of a key that a store does not have."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


class Clock:
    """Counts the branches that were begun, so that a store knows whether it is older than one."""

    __slots__ = ("now",)

    def __init__(self) -> None:
        self.now = 0

    def tick(self) -> int:
        """The number of a branch that begins now."""
        self.now += 1
        return self.now


CLOCK = Clock()


class Store:
    """A mutable value: keys to values. Written only through the journal. ``born`` is the number of the latest branch
    that had begun when it was made."""

    __slots__ = ("born", "data")

    def __init__(self) -> None:
        self.data: dict[Hashable, Value] = {}
        self.born = CLOCK.now


class Env(Store):
    """Local names of one function call (or of a class body), with the scope around it; ``declared`` has those that are
    another scope's (``nonlocal``)."""

    __slots__ = ("declared", "outer")

    def __init__(self, outer: Env | Namespace | None) -> None:
        super().__init__()
        self.outer = outer
        self.declared: dict[str, Env] | None = None

    def home(self, name: str) -> Env:
        """The scope in which an assignment to the name binds it."""
        return self if self.declared is None else self.declared.get(name, self)


ARRAY = "array"  # the kind of a list that is a vector of numpy's


class ListValue(Store):
    """A list (``items``: a tuple). ``length`` is set where a loop of symbolic length built it: the items are then the
    first and the last."""

    __slots__ = ("kind",)

    def __init__(self, items: tuple[Value, ...] = (), kind: str = "list") -> None:
        super().__init__()
        self.data["items"] = items
        self.kind = kind

    @property
    def items(self) -> tuple[Value, ...]:
        """The items; may contain :class:`Maybe`."""
        return self.data["items"]  # type: ignore[return-value]


class DictValue(Store):
    """A dict with known keys. ``open`` says that it may have more keys than we know."""

    __slots__ = ("open",)

    def __init__(
        self, items: Mapping[str, Value] | Mapping[Hashable, Value] | None = None, open_: bool = False
    ) -> None:
        super().__init__()
        self.data.update(items or {})
        self.open = open_


class AttributesValue(DictValue):
    """``obj.__dict__``, ``obj._modules`` and their kin: a dict of attributes as they are now, whose writes are the
    object's. ``modules`` says that it is ``_modules``."""

    __slots__ = ("modules", "owner")

    def __init__(self, owner: Obj, modules: bool = False) -> None:
        super().__init__({key: value for key, value in owner.data.items() if isinstance(key, str)})
        self.owner = owner
        self.modules = modules


class Obj(Store):
    """An instance of a project class or of a library class; its attributes are the store's keys.

    ``cls`` is the class, ``made`` the call that built it, ``outer`` the calls that led there. Keys that are tuples are
    our own: ``("optional", name)`` marks an attribute that exists on some branch only, ``("buffer", name)`` a buffer,
    ``("spec",)`` the catalogue entry whose constructor ran, ``("repeat",)`` the symbol of the loop that made it.
    """

    __slots__ = ("cls", "made", "outer")

    def __init__(self, cls: ClassValue | External, made: Place, outer: tuple[Place, ...]) -> None:
        super().__init__()
        self.cls = cls
        self.made = made
        self.outer = outer


class Tensor(Store):
    """A tensor. In a constructor it has a shape and a history of writes, in a forward a node of the graph.

    Keys: ``shape``, ``candidates``, ``history``, ``trainable``, ``parameter``; ``now``, once it was changed in place:
    a tensor for what it is since; ``("from",)``, where it was computed of a parameter: that one, and by what. A view
    has a ``base``, ``partial`` where it covers only some of the base's elements, and ``detached`` where autograd does
    not see what is written to it.
    """

    __slots__ = ("_node", "base", "detached", "made", "partial")

    def __init__(
        self,
        made: Place,
        node: int | None = None,
        base: Tensor | None = None,
        partial: bool = False,
        detached: bool = False,
    ) -> None:
        super().__init__()
        self.made = made
        self._node = node
        self.base = base
        self.partial = partial
        self.detached = detached

    @property
    def is_parameter(self) -> bool:
        """Whether it is a Parameter itself, no view of one and nothing computed of it."""
        return bool(self.data.get("parameter")) and self.base is None

    @property
    def node(self) -> int | None:
        """The op that yields its present elements."""
        now = self.data.get("now")
        return now.node if isinstance(now, Tensor) else self._node


class Buffer(Tensor):
    """``torch.nn.Buffer``: a tensor that is a buffer of the module that it is set on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the project, by its qualified name: ``torch.nn.Linear``."""

    path: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A constructor or forward argument of unknown value. As a number it is the symbol of its name."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class FunctionValue:
    """A function or lambda with its defaults evaluated, the scope it closes over, and the class it stands in."""

    code: FunctionCode | Lambda
    defaults: dict[str, Value]
    scope: Env | Namespace
    origin: Origin
    owner: ClassValue | None = None
    kind: str = "function"  # or static, class, property

    @property
    def name(self) -> str:
        """Its name, ``<lambda>`` for a lambda."""
        return self.code.name if isinstance(self.code, FunctionCode) else "<lambda>"


@dataclass(frozen=True, slots=True, eq=False)
class ClassValue:
    """A class of the project. ``bases`` may hold Unknowns; ``members`` are what the class body binds."""

    name: str
    qualified: str
    code: ClassCode
    bases: tuple[Value, ...]
    members: Env
    origin: Origin
    dataclass: bool = False

    @property
    def place(self) -> Place:
        """Where the class is defined."""
        return Place(*self.origin, self.code.at)


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A method bound to its object; ``name`` is set instead of ``function`` for a method that we provide."""

    receiver: Value
    function: FunctionValue | None
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PartialValue:
    """functools.partial."""

    function: Value
    positional: tuple[Value, ...]
    keywords: dict[str, Value]


@dataclass(frozen=True, slots=True)
class GradientMode:
    """``torch.no_grad()`` and its kin, as a context: whether autograd records what runs in it; None where unknown."""

    enabled: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Super:
    """``super()`` inside a method of ``owner``."""

    receiver: Value
    owner: ClassValue


@dataclass(frozen=True, slots=True)
class NamespaceValue:
    """A module of the project."""

    namespace: Namespace


@dataclass(frozen=True, slots=True)
class Range:
    """``range(start, stop, step)``."""

    start: Value
    stop: Value
    step: Value

    @property
    def numbers(self) -> range | None:
        """The numbers, where all three are known."""
        start, stop, step = self.start, self.stop, self.step
        if isinstance(start, int) and isinstance(stop, int) and isinstance(step, int) and step:
            return range(start, stop, step)
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """One of several values, on a condition that we can't decide."""

    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Maybe:
    """An item of a list that is there on some branches only."""

    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The result of modules(), parameters() and their kin: a list over the whole of a module tree. ``root`` is the
    module that was asked, ``kind`` the method's name without ``named_``, where nothing was done to the list since."""

    items: tuple[Value, ...]
    kind: str = ""
    root: Value = None


def describe(value: Value) -> str:
    """A value in words, for reasons."""
    if isinstance(value, External):
        return f"`{value.path}`"
    if isinstance(value, Argument):
        return f"argument `{value.name}`"
    if isinstance(value, Obj):
        return f"an instance of `{class_name(value.cls)}`"
    if isinstance(value, Unknown):
        return value.why
    return f"a {type(value).__name__}"


def class_name(cls: ClassValue | External) -> str:
    """The bare name of a class."""
    return cls.name if isinstance(cls, ClassValue) else cls.path.rpartition(".")[2]
