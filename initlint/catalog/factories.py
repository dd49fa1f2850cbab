"""Functions that make a tensor: the call's arguments to a shape and a distribution."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from initlint.catalog import distributions
from initlint.catalog.arithmetic import Number
from initlint.catalog.distributions import Shape
from initlint.catalog.expression import plain
from initlint.catalog.signature import Signature, bind
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown

LIKE = "_like_shape"
_LONGEST_LITERAL = 100_000


@dataclass(frozen=True, slots=True)
class FactorySpec:
    """A function that makes a tensor. ``fill`` says with what: a name of :data:`FILLS` or ``literal``. ``sizes`` is the
    parameter that takes the shape, as one sequence or as several numbers; empty where another argument gives it:
    ``like`` (the shape of a tensor) or ``literal`` (data). ``scattered`` says that several numbers are allowed."""

    path: str
    fill: str
    signature: Signature
    sizes: str = "size"
    scattered: bool = True

    @property
    def call(self) -> str:
        """The name as users know it."""
        owner, _, name = self.path.rpartition(".")
        library = owner.partition(".")[0]
        return name if owner == "torch.Tensor" else f"{library}.{name}"

    def resolve(
        self, positional: Sequence[object], keywords: Mapping[str, object]
    ) -> tuple[Shape | Unknown, Initializer]:
        """The shape of the new tensor and what is in it. For ``*_like`` functions, the keyword ``_like_shape`` is the
        shape of the tensor given, which may itself be among the positional arguments or not. A call that fails gives
        Unknown."""
        extra = dict(keywords)
        like = extra.pop(LIKE, None)
        if self.sizes == "like":
            fills = "fill_value" in self.names and "fill_value" not in extra
            positional = [None, *(positional[-1:] if fills else ())]
            extra.pop("input", None)
        bound = self._bind(positional, extra)
        if isinstance(bound, str):
            return Unknown(bound), distributions.unknown(self.call, bound)
        if self.sizes == "literal":
            return self._literal(bound)
        shape = _shape(like if self.sizes == "like" else bound.get(self.sizes))
        if self.fill == "eye" and not isinstance(shape, Unknown):
            shape = self._square(shape, bound)
        return shape, FILLS[self.fill](self.call, bound)

    def _bind(self, positional: Sequence[object], keywords: Mapping[str, object]) -> dict[str, object] | str:
        """Bound arguments; the sizes may be one sequence or several numbers (``zeros(2, 3)``)."""
        if self.fill == "randint" and self.sizes in self.names and self.sizes not in keywords and positional:
            return bind(self.signature, positional[:-1], {**keywords, self.sizes: positional[-1]})
        scattered = len(positional) != 1 or isinstance(plain(positional[0]), (int, Dim))
        allowed = self.scattered and self.fill in _VARIADIC and self.signature[0].name == "size"
        if not allowed or not scattered or "size" in keywords:
            return bind(self.signature, positional, keywords)
        return bind(self.signature, (), {**keywords, self.sizes: tuple(positional)})

    @property
    def names(self) -> frozenset[str]:
        """The names of its parameters."""
        return frozenset(parameter.name for parameter in self.signature)

    def _square(self, shape: Shape, bound: Mapping[str, object]) -> Shape:
        columns = plain(bound["m"])
        return (shape[0], columns if isinstance(columns, (int, Dim, Unknown)) else shape[0])

    def _literal(self, bound: Mapping[str, object]) -> tuple[Shape | Unknown, Initializer]:
        if "items" in bound:  # torch.Tensor(2, 3) is memory, torch.Tensor([2., 3.]) is data
            items = bound["items"]
            assert isinstance(items, tuple)
            if len(items) != 1 or isinstance(plain(items[0]), (int, Dim)):
                return _shape(items or (0,)), garbage(self.call, bound)
            return literal(self.call, items[0])
        return literal(self.call, bound["data"])


def _shape(value: object) -> Shape | Unknown:
    value = plain(value)
    if isinstance(value, (int, Dim)):
        return (value,)
    if not isinstance(value, tuple):
        return value if isinstance(value, Unknown) else Unknown("the shape of a new tensor")
    if len(value) == 1 and isinstance(value[0], tuple):
        value = value[0]
    return tuple(size if isinstance(size, (int, Dim, Unknown)) else Unknown("a size") for size in value)


def literal(call: str, data: object) -> tuple[Shape | Unknown, Initializer]:
    """The shape and content of ``torch.tensor(data)``. Equal numbers are a constant; others have the family ``loaded``
    and the mean and standard deviation of the numbers."""
    value = plain(data)
    if isinstance(value, Unknown) or value is None or isinstance(value, str):
        return Unknown("a tensor made of unknown data"), distributions.unknown(call, "the data of a tensor")
    shape: list[Number] = []
    flat = [value]
    while flat and isinstance(flat[0], tuple):
        shape.append(len(flat[0]))
        if any(not isinstance(item, tuple) or len(item) != len(flat[0]) for item in flat):
            return Unknown("ragged data"), distributions.unknown(call, "the data of a tensor")
        flat = [item for row in flat if isinstance(row, tuple) for item in row]
        if len(flat) > _LONGEST_LITERAL:
            return tuple(shape), Initializer(call, "loaded")
    return tuple(shape), _of_numbers(call, flat)


def _of_numbers(call: str, values: Sequence[object]) -> Initializer:
    if values and all(value == values[0] for value in values) and isinstance(values[0], (int, float, Dim)):
        return distributions.constant(call, values[0])
    numbers = [float(value) for value in values if isinstance(value, (int, float))]
    if len(numbers) != len(values) or not numbers:
        return Initializer(call, "loaded")
    mean = math.fsum(numbers) / len(numbers)
    variance = math.fsum((number - mean) ** 2 for number in numbers) / len(numbers)
    return Initializer(call, "loaded", mean, math.sqrt(variance))


def garbage(call: str, bound: Mapping[str, object]) -> Initializer:
    """Uninitialised memory."""
    return Initializer(call, "garbage", Unknown("uninitialised memory"), Unknown("uninitialised memory"))


def _full(call: str, bound: Mapping[str, object]) -> Initializer:
    value = plain(bound["fill_value"])
    return distributions.constant(
        call, value if isinstance(value, (int, float, Dim, Unknown)) else Unknown("the value of a tensor")
    )


def _normal(call: str, bound: Mapping[str, object]) -> Initializer:
    mean, std = (
        value if isinstance(value, (int, float, Dim, Unknown)) else Unknown(f"the {name} of a tensor")
        for name, value in (("mean", plain(bound["mean"])), ("std", plain(bound["std"])))
    )
    return distributions.normal(call, mean, std)


def _between(call: str, bound: Mapping[str, object]) -> Initializer:
    low, high = (
        value if isinstance(value, (int, float, Dim, Unknown)) else Unknown("a bound of a tensor")
        for value in (plain(bound["low"]), plain(bound["high"]))
    )
    return distributions.uniform(call, low, high)


def _randint(call: str, bound: Mapping[str, object]) -> Initializer:
    return distributions.unknown(call, "random integers")


def _sequence(call: str, bound: Mapping[str, object]) -> Initializer:
    """arange, linspace and their kin: a fixed sequence of numbers."""
    return Initializer(call, "loaded")


def _eye(call: str, bound: Mapping[str, object]) -> Initializer:
    rows, columns = plain(bound["n"]), plain(bound["m"])
    columns = rows if columns is None else columns
    if not isinstance(rows, int) or not isinstance(columns, int) or not rows or not columns:
        return Initializer(call, "eye", Unknown("the share of ones"))
    return distributions.bernoulli(call, "eye", 1 / max(rows, columns))


_VARIADIC = frozenset({"zeros", "ones", "garbage", "uniform", "standard_normal"})
FILLS: dict[str, Callable[[str, Mapping[str, object]], Initializer]] = {
    "zeros": lambda call, _: distributions.constant(call, 0),
    "ones": lambda call, _: distributions.constant(call, 1),
    "garbage": garbage,
    "uniform": lambda call, _: distributions.uniform(call, 0, 1),
    "standard_normal": lambda call, _: distributions.normal(call, 0, 1),
    "full": _full,
    "normal": _normal,
    "between": _between,
    "randint": _randint,
    "sequence": _sequence,
    "eye": _eye,
}
