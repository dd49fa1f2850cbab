"""What a layer class is, and what its constructor builds: attributes and parameters with their default initialisers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import groupby
from types import MappingProxyType

from initlint.catalog.arithmetic import Number
from initlint.catalog.distributions import DEFAULT_CALL, unknown
from initlint.catalog.expression import evaluate, plain, truth
from initlint.catalog.signature import Signature
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown

KINDS = frozenset(
    [
        "linear",
        "conv",
        "conv_transpose",
        "bilinear",
        "embedding",
        "recurrent",
        "attention",
        "norm",
        "activation",
        "dropout",
        "pool",
        "reshape",
        "resample",
        "softmax",
        "container",
        "loss",
        "other",
    ]
)
_BRACES = re.compile(r"\{([^}]*)\}")
# Arguments that no layer keeps as an attribute.
_NOT_KEPT = frozenset({"device", "dtype", "size_average", "reduce"})
# More different constructions of one layer than a run needs to remember at a time.
_MOST_BUILT = 2_000
_EXACT = frozenset({int, bool, str, type(None), Unknown})


@dataclass(frozen=True, slots=True)
class ParameterPlan:
    """A parameter or buffer that a constructor makes.

    ``name`` may be dotted (``out_proj.weight``). ``shape`` is Unknown where even the rank is. ``optional`` says that a
    condition we can't decide may leave it out.
    """

    name: str
    shape: tuple[Number, ...] | Unknown
    initializer: Initializer
    buffer: bool = False
    trainable: bool = True
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a constructor: ``attributes`` as the live module has them (None for a parameter left out),
    ``parameters`` in torch's order, and ``value``, the graph op's value (dropout p, slope, elements of a pooling
    window), None where the op has none. Constructions with the same arguments share it."""

    attributes: Mapping[str, object]
    parameters: tuple[ParameterPlan, ...]
    value: Number | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A parameter as the tables write it; everything but ``name`` and ``buffer`` is an expression.

    ``repeat`` holds ``name: count`` pairs joined by ``;``. Rows in succession with the same repeat are made together,
    once for every combination of counters, which ``name`` may use in expressions in braces.
    """

    name: str
    shape: str
    fill: str
    when: str = "True"
    repeat: str = ""
    buffer: bool = False
    trainable: str = "True"


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """A layer class of a library.

    ``kind`` is one of :data:`KINDS`; ``name`` and ``value`` are the graph op's name and the constructor argument that
    gives its value (:attr:`Built.value` is that value). ``bases`` are all its canonical superclasses below
    torch.nn.Module. ``call`` is what its default initialisers are called in messages. The rest is the table's rows.
    """

    path: str
    kind: str
    name: str
    signature: Signature = ()
    value: str | None = None
    bases: tuple[str, ...] = ()
    call: str = DEFAULT_CALL
    measure: str | None = None
    constants: tuple[tuple[str, object], ...] = ()
    define: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    rows: tuple[PlanRow, ...] = ()
    _built: dict[object, Built] = field(default_factory=dict, init=False, compare=False, repr=False)

    def build(self, arguments: Mapping[str, object]) -> Built:
        """What the constructor makes of bound arguments (defaults filled in)."""
        key = tuple([(name, _key(value)) for name, value in arguments.items()])
        try:
            found = self._built.get(key)
        except TypeError:  # an argument that can be changed, such as a list
            return self._build(arguments)
        if found is None:
            if len(self._built) >= _MOST_BUILT:
                self._built.clear()
            found = self._built[key] = self._build(arguments)
        return found

    def _build(self, arguments: Mapping[str, object]) -> Built:
        names: dict[str, object] = {**dict(self.constants), **arguments}
        for name, expression in self.define:
            names[name] = evaluate(expression, names)
        plans: list[ParameterPlan] = []
        absent: dict[str, object] = {}
        for repeat, rows in groupby(self.rows, key=lambda row: row.repeat):
            together = tuple(rows)
            for counters, certain in _repetitions(repeat, names):
                for row in together:
                    plan = self._plan(row, {**names, **counters}, counters, certain)
                    if plan is not None:
                        plans.append(plan)
                    elif not repeat and "." not in row.name:
                        absent[row.name] = None
        kept = MappingProxyType(self._kept(arguments, names) | absent)
        return Built(kept, tuple(plans), self._measure(names))

    def _kept(self, arguments: Mapping[str, object], names: Mapping[str, object]) -> dict[str, object]:
        made = {row.name for row in self.rows}
        kept = {
            parameter.name: arguments[parameter.name]
            for parameter in self.signature
            if parameter.name in arguments
            and parameter.name not in made | _NOT_KEPT
            and not parameter.name.startswith("_")
            and not parameter.star
        }
        for name, expression in self.attributes:
            if expression:
                kept[name] = evaluate(expression, names)
            else:
                kept.pop(name, None)
        return kept

    def _plan(
        self, row: PlanRow, names: Mapping[str, object], counters: Mapping[str, int], certain: bool
    ) -> ParameterPlan | None:
        present = truth(evaluate(row.when, names))
        if present is False:
            return None
        shape = evaluate(row.shape, names)
        filled = evaluate(row.fill, names)
        if isinstance(filled, Initializer):
            initializer = replace(filled, call=self.call) if filled.call == DEFAULT_CALL else filled
        else:
            initializer = unknown(self.call, filled.why if isinstance(filled, Unknown) else "not an initialiser")
        return ParameterPlan(
            _BRACES.sub(lambda found: str(evaluate(found[1], names)), row.name) if counters else row.name,
            _shape(shape),
            initializer,
            row.buffer,
            not row.buffer and truth(evaluate(row.trainable, names)) is not False,
            isinstance(present, Unknown) or not certain,
        )

    def _measure(self, names: Mapping[str, object]) -> Number | None:
        expression = self.measure or self.value
        if expression is None:
            return None
        value = evaluate(expression, names)
        return value if isinstance(value, (int, float, Dim, Unknown)) else None


def _key(value: object) -> object:
    """A value as part of a key that tells 1, 1.0 and True apart; a list, and so not hashable, for what may change."""
    kind = type(value)
    if kind in _EXACT:
        return kind, value
    if isinstance(value, float):
        return kind, repr(value)
    if isinstance(value, Dim):
        return kind, value, type(value.coefficient)
    if isinstance(value, tuple):
        return kind, *[_key(item) for item in value]
    return []


def _shape(value: object) -> tuple[Number, ...] | Unknown:
    if not isinstance(value, tuple):
        return value if isinstance(value, Unknown) else Unknown("not a shape")
    return tuple(
        size if isinstance(size, (int, float, Dim, Unknown)) else Unknown("not a size") for size in map(plain, value)
    )


def _repetitions(repeat: str, names: Mapping[str, object]) -> Iterator[tuple[dict[str, int], bool]]:
    """The values of all counters, the first slowest, and whether that pass certainly happens. Where a count is not
    known, the first pass is certain and the second stands for all that may follow."""
    if not repeat:
        yield {}, True
        return
    head, _, rest = repeat.partition(";")
    counter, _, expression = head.partition(":")
    count = evaluate(expression.strip(), names)
    known = isinstance(count, int)
    for number in range(count) if isinstance(count, int) else (0, 1):
        for others, certain in _repetitions(rest.strip(), {**names, counter.strip(): number}):
            yield {counter.strip(): number, **others}, certain and (known or number == 0)
