"""The machine that runs ``code`` on abstract values: its state, its bounds, and how branches meet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from initlint import catalog
from initlint.interpret.bounds import LimitReached
from initlint.interpret.copied import is_truncated_normal
from initlint.interpret.graph import GraphBuilder
from initlint.interpret.journal import Journal
from initlint.interpret.link import Imported, Namespace, Project
from initlint.interpret.operators import LARGEST, in_common, same
from initlint.interpret.overridden import Reads
from initlint.interpret.recall import Recall
from initlint.interpret.sweeps import Sweeps
from initlint.interpret.values import (
    CLOCK,
    MISSING,
    ClassValue,
    DictValue,
    Either,
    Env,
    External,
    FunctionValue,
    ListValue,
    Maybe,
    Missing,
    NamespaceValue,
    Obj,
    Origin,
    Store,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.interpret.writes import union
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.model import Misuse
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.syntax.outline import Segment

if TYPE_CHECKING:
    from initlint.interpret.absent import Absent
    from initlint.interpret.applied import Watch

T = TypeVar("T")

MOST_STEPS = 150_000
# A large model may take more: so many steps for each module that is made, up to a bound.
_STEPS_PER_MODULE = 250
_STEPS_OF_LARGE = 500_000
MOST_FORKS = 1_000
# What a statement of a module's top level may take; registries of large libraries take a tenth of it.
_STEPS_OF_SEGMENT = 50_000
_FORKS_OF_SEGMENT = 100
_CHEAP_FORK = 60  # steps
DEEPEST_CALL = 40
MOST_PASSES = 256
_MOST_OPTIONS = 4
_OUTER_KEPT = 6
# What can't be changed in place.
FIXED = (int, float, str, External, FunctionValue, NamespaceValue, type(None), Missing, Unknown, Dim)


@dataclass(slots=True)
class Frame:
    """One running function: its names, where its code stands, and what it has returned so far."""

    env: Env
    origin: Origin
    owner: ClassValue | None = None
    receiver: Value = MISSING
    returned: list[Value] = field(default_factory=list)
    yielded: list[Value] | None = None


class Machine:
    """The state of one run. ``graph`` is set while a forward is being read; ``blanket`` counts the apply and modules()
    loops around; ``calls`` are the places of the calls that are running; ``objects`` all module instances made;
    ``shown`` is the call of a library's helper that is running. ``sharing`` bounds every call by a share of the work,
    see :mod:`initlint.interpret.shares`."""

    def __init__(self, project: Project, sharing: bool = False) -> None:
        self.sharing = sharing
        self.most_steps = MOST_STEPS // 2 if sharing else MOST_STEPS
        self.most_forks = MOST_FORKS // 2 if sharing else MOST_FORKS
        self.project = project
        self.catalog = catalog.load()
        self._libraries = tuple(f"{root}." for root in self.catalog.roots)
        self.journal = Journal(self.join)
        self.steps = 0
        self.forks = 0
        self.depth = 0
        self.graph: GraphBuilder | None = None
        self.recall = Recall()  # of the forward that is being read
        self.watch: Watch | None = None  # of the init function's call that is being learnt
        self.blanket = 0
        self.guarded = 0
        self.calls: list[Place] = []
        self.active: list[FunctionValue] = []
        self.ran: set[FunctionValue] = set()
        self.objects: list[Obj] = []
        self.settings: dict[str, Value] = {}  # what attributes of arguments are, by their paths (`config.depth`)
        self.told: set[int] = set()  # the ids of those of them that were made with an argument of known value
        self.unknowns: dict[tuple[str, Place | None], Unknown] = {}
        self.parts: dict[int, tuple[Unknown, Value]] = {}
        self.absent: dict[int, Absent] = {}  # those of them that are attributes which their modules do not have
        self.misuses: list[Misuse] = []
        self.misused: list[Store] = []  # what they are about, kept so that no other object gets its id
        self.gradient: bool | None = True  # whether autograd records what runs now
        self.nothing: tuple[Obj, str] | None = None  # the attribute that was None when last read
        self.sweeps = Sweeps()
        self.random = Store()  # the state of the generator of random numbers, where it is known
        self.loop_symbols: set[str] = set()
        self.repeats: list[str] = []
        self.here: Place = Place("", 0, 0)
        self.reads = Reads()
        self.shown: Place | None = None
        # What names mean, kept only from when no top-level code is running: until then they may still get a meaning.
        self._imports: dict[Imported, Value] = {}
        self._names: dict[tuple[Namespace, str], Value] = {}
        self._segments = 0
        # For interpret.answers: when the call began that is to be remembered, and whether something speaks against it.
        self.begun = 0
        self.touched = False

    # -- bounds and reasons

    def step(self) -> None:
        """Count one step of work."""
        self.steps += 1
        if self.steps > self.most_steps:
            raise LimitReached(f"more than {self.most_steps} steps")

    def made(self, module: Obj) -> None:
        """Say that a module was made."""
        self.objects.append(module)
        if not self.sharing:
            self.most_steps = min(max(_STEPS_OF_LARGE, self.most_steps), self.most_steps + _STEPS_PER_MODULE)

    def unknown(self, why: str, place: Place | None = None) -> Unknown:
        """An Unknown whose reason is kept for the model's report."""
        value = Unknown(why, place or self.here)
        self.unknowns.setdefault((why, value.place), value)
        return value

    def lost(self, why: str, place: Place | None = None) -> Unknown:
        """An Unknown in whose place the model has a part that it does not show."""
        value = Unknown(why, place or self.here, lost=True)
        self.unknowns[why, value.place] = value
        return value

    def part(self, owner: Value, why: str) -> Unknown:
        """A value that is some part of a module (or of a list of them), we can't tell which: what is done to it may be
        done to all of it."""
        value = self.unknown(why)
        value, self.touched = Unknown(value.why, value.place), True  # an identity of its own
        self.parts[id(value)] = (value, owner)
        return value

    def owner_of(self, value: Value) -> Value:
        """The module that an unknown value is a part of, where it is one."""
        found = self.parts.get(id(value))
        return found[1] if found is not None else None

    def outer(self) -> tuple[Place, ...]:
        """The places of the running calls, outermost first."""
        return tuple(self.calls[:_OUTER_KEPT])

    # -- state

    def write(self, store: Store, key: Hashable, value: Value) -> None:
        """Set a key of a store."""
        if store.born < self.begun:
            self.touched = True
        if self.graph is not None:
            self.recall.wrote(store)
        if self.watch is not None:
            self.watch.wrote(store, key, value)
        self.journal.write(store, key, value)

    def fork(self, alternatives: Sequence[Callable[[], T]], alive: Callable[[T], bool] = lambda _: True) -> list[T]:
        """Run alternatives from one state and join their outcomes."""
        self.forks += 1
        if self.forks > self.most_forks:
            raise LimitReached(f"more than {self.most_forks} undecided conditions")
        begun = self.steps
        outcomes = self.journal.fork(alternatives, alive)
        if self.steps - begun <= _CHEAP_FORK:
            self.forks -= 1  # the bound is for what multiplies the work
        return outcomes

    def undecided(self) -> bool:
        """Whether the running code stands under a condition that was not decided."""
        return self.journal.depth > self.base_depth

    base_depth = 0

    @contextmanager
    def in_blanket(self, blanket: bool = True) -> Iterator[None]:
        """Run what follows as a loop over all modules or parameters, where it is one."""
        self.blanket += blanket
        try:
            yield
        finally:
            self.blanket -= blanket

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """Undo all writes to existing stores at the end, so that one root's run cannot change what the next sees."""
        around = self.base_depth
        with self.journal.branch():
            self.base_depth = self.journal.depth
            try:
                yield
            finally:
                self.base_depth = around

    # -- joining

    def join(self, store: Store, key: Hashable, values: Sequence[Value]) -> Value:
        """The value of a key after branches that left different values there."""
        if isinstance(store, Tensor) and key in {"candidates", "history"}:
            return union(values, key == "history")
        if key == "items" and isinstance(store, ListValue):
            return self._join_items([value if isinstance(value, tuple) else () for value in values])
        if key == "now" and isinstance(store, Tensor):  # what an operation in place made of it
            values = [Tensor(store.made, store.node) if isinstance(value, Missing) else value for value in values]
        present = [value for value in values if not isinstance(value, Missing)]
        if isinstance(store, Obj) and len(present) < len(values) and isinstance(key, str):
            self.write(store, ("optional", key), True)
        if not present:
            return MISSING
        return self.join_values(present)

    def _join_items(self, versions: list[tuple[Value, ...]]) -> tuple[Value, ...]:
        """One list for all: what they begin and end with in common, and what some of them hold between."""
        shortest = min(len(version) for version in versions)
        head = in_common(versions, shortest)
        tail = in_common([version[::-1] for version in versions], shortest - head)
        rests = [version[head : len(version) - tail] for version in versions]
        if len({len(rest) for rest in rests}) == 1:
            between = tuple(self.join_values(options) for options in zip(*rests))
        else:
            between = tuple(item if isinstance(item, Maybe) else Maybe(item) for rest in rests for item in rest)
        if len(between) > LARGEST:
            between = (Maybe(self.unknown("a list that may hold too many items")),)
        return versions[0][:head] + between + versions[0][len(versions[0]) - tail :]

    def join_values(self, values: Sequence[Value]) -> Value:
        """One value that stands for all: itself where they are the same, else :class:`Either` or Unknown."""
        distinct: list[Value] = []
        for value in values:
            for option in value.options if isinstance(value, Either) else (value,):
                if not any(same(option, seen) for seen in distinct):
                    distinct.append(option)
        if len(distinct) == 1:
            return distinct[0]
        if not distinct:
            return MISSING
        for value in distinct:
            if isinstance(value, Unknown):
                return value
        if all(isinstance(value, Tensor) and value.node is not None for value in distinct) and self.graph is not None:
            return self.graph.either([value for value in distinct if isinstance(value, Tensor)], self.here)
        if all(isinstance(value, tuple) for value in distinct) and len({len(v) for v in distinct}) == 1:  # type: ignore[arg-type]
            return tuple(self.join_values(options) for options in zip(*distinct))
        walks = [value for value in distinct if isinstance(value, Walk)]
        if len(walks) == len(distinct):
            # Of several modules the model has one, so a loop over its parameters reaches whichever it is.
            return Walk(tuple({id(item): item for walk in walks for item in walk.items}.values()))
        if len(distinct) > _MOST_OPTIONS:
            return self.unknown("one of many values, on conditions that are not decided")
        return Either(tuple(distinct))

    # -- names

    def resolve(self, value: Value) -> Value:
        """The value behind a name that an import bound."""
        if isinstance(value, Either) and any(isinstance(option, Imported) for option in value.options):
            from initlint.interpret.alternatives import readable

            return self.join_values([self.resolve(option) for option in readable(self, value.options)])
        if not isinstance(value, Imported):
            return value
        found = self._imports.get(value)
        if found is None:
            found = self._resolve(value)
            if not self._segments:
                self._imports[value] = found
        if not isinstance(found, FIXED):
            self.touched = True
        return found

    def _resolve(self, value: Value) -> Value:
        seen: set[tuple[int, str]] = set()
        while isinstance(value, Imported):
            module, name = value.module, value.name
            if isinstance(module, External):
                return External(f"{module.path}.{name}") if name else module
            if not name:
                return NamespaceValue(module)
            if (id(module), name) in seen:
                # `from . import part` binds in a package the name of its own submodule.
                part = self.project.child(module, name) if module.is_package else None
                return NamespaceValue(part) if part is not None else self.unknown(f"`{name}` is imported in a circle")
            seen.add((id(module), name))
            value = module.lookup(name, self.run_segment)
            if isinstance(value, Missing):
                return External(f"{module.module}.{name}")
        return value

    def module_name(self, namespace: Namespace, name: str) -> Value:
        """The value of a module-level name of a project module, MISSING where nothing binds it."""
        found = self._names.get((namespace, name))
        if found is None:
            found = self.resolve(namespace.lookup(name, self.run_segment))
            if isinstance(found, (DictValue, Obj)) and namespace.defines(name):
                self.project.registries.note(namespace, name, found)
            if not self._segments:
                self._names[namespace, name] = found
        if not isinstance(found, FIXED):
            self.touched = True
        return found

    @property
    def top_level(self) -> bool:
        """Whether top-level code is running."""
        return self._segments > 0

    def own_or_known(self, function: Value, env: Env) -> Value:
        """A function that a module's top level defines. A library's own initialisers, and what the catalogue says to
        leave a model as it is, are the catalogue's, also where the library's source is at hand."""
        if isinstance(env, ModuleEnv) and isinstance(env.outer, Namespace) and isinstance(function, FunctionValue):
            path = f"{env.outer.module}.{function.name}"
            of_library = path.startswith(self._libraries)
            if of_library and (self.catalog.initializer(path) is not None or self.catalog.inert(path)):
                return External(path)
            if is_truncated_normal(function.code):
                return External("torch.nn.init.trunc_normal_")
        return function

    def run_segment(self, namespace: Namespace, segment: Segment) -> None:
        """Run one top-level segment of a module, apart from whatever is running now and with bounds of its own: what
        a model costs does not depend on which modules were imported before it."""
        from initlint.interpret.execute import run_block

        saved = (self.journal, self.graph, self.blanket, self.calls, self.here, self.repeats, self.base_depth)
        saved_objects, saved_misuses, depth, active = self.objects, self.misuses, self.depth, self.active
        saved_sweeps = self.sweeps
        bounds = (self.steps, self.forks, self.most_steps, self.most_forks, self.sharing)
        touched, now, gradient = self.touched, CLOCK.now, self.gradient
        CLOCK.now = 0  # what it makes is older than any model, whenever it is first looked at
        self.steps, self.forks, self.sharing = 0, 0, False
        self.most_steps, self.most_forks = _STEPS_OF_SEGMENT, _FORKS_OF_SEGMENT
        self.journal, self.graph, self.blanket, self.calls, self.repeats = Journal(self.join), None, 0, [], []
        self.base_depth, self.gradient = 0, True
        self.objects, self.misuses, self.active, self.sweeps = [], [], [], Sweeps()
        self.depth += 1
        self._segments += 1
        try:
            if self.depth <= DEEPEST_CALL:
                frame = Frame(ModuleEnv(namespace), (namespace.path, segment.number))
                run_block(self, self.project.code(namespace.path, segment.number), frame)
        except LimitReached as error:
            self.unknown(f"{error} at the top of `{namespace.module}`", Place(namespace.path, segment.first, 0))
        finally:
            self.steps, self.forks, self.most_steps, self.most_forks, self.sharing = bounds
            self._segments -= 1
            self.touched, CLOCK.now, self.gradient = touched, now, gradient
            self.depth, self.active = depth, active
            (self.journal, self.graph, self.blanket, self.calls, self.here, self.repeats, self.base_depth) = saved
            self.objects, self.misuses, self.sweeps = saved_objects, saved_misuses, saved_sweeps


class ModuleEnv(Env):
    """The scope of a module's top level: what it binds is the namespace's."""

    __slots__ = ()

    def __init__(self, namespace: Namespace) -> None:
        super().__init__(namespace)
        self.data = namespace.data
