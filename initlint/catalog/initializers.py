"""Initialisation functions of libraries and in-place tensor methods: the call's arguments to a distribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from initlint.catalog.arithmetic import Number
from initlint.catalog.expression import plain
from initlint.catalog.gain import InitError
from initlint.catalog.schemes import SCHEMES, Request
from initlint.catalog.signature import Signature, bind
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown

# Arguments that are no numbers; for a number, torch raises TypeError on a string or None.
_TEXT = frozenset({"mode", "nonlinearity", "distribution"})
_FREE = frozenset({"generator", "bounds", "options"})


@dataclass(frozen=True, slots=True)
class InitSpec:
    """A function that fills a tensor. ``signature`` leaves the tensor out. ``scheme`` names the entry of
    :data:`initlint.catalog.schemes.SCHEMES`; ``deprecated_by`` the function to call instead, empty if there is none.
    ``renamed`` maps the signature's names to the scheme's where they differ (Tensor.uniform_ has from and to)."""

    path: str
    scheme: str
    signature: Signature = ()
    deprecated_by: str = ""
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def call(self) -> str:
        """The name as users know it."""
        return self.path.rpartition(".")[2]

    def resolve(
        self, positional: Sequence[object], keywords: Mapping[str, object], shape: tuple[object, ...] | Unknown
    ) -> Initializer | InitError:
        """What the call leaves in a tensor of that shape. Arguments are without the tensor (a keyword ``tensor`` is
        ignored); mean and standard deviation are Unknown where arguments or sizes are. InitError where it raises."""
        given = {name: value for name, value in keywords.items() if name != "tensor"}
        bound = bind(self.signature, positional, given)
        if isinstance(bound, str):
            return InitError("bad-argument", f"{self.call}() {bound}", "TypeError")
        names = dict(self.renamed)
        arguments = {names.get(name, name): plain(value) for name, value in bound.items()}
        # A slope that is no number is calculate_gain's error, and only where the nonlinearity uses it.
        free = _TEXT | _FREE | ({"a"} if self.scheme.startswith("kaiming") else set())
        for name, value in arguments.items():
            if name not in free and (value is None or isinstance(value, (str, tuple))):
                message = f"{self.call}(): argument '{name}' must be a number, not {type(value).__name__}"
                return InitError("bad-argument", message, "TypeError")
        return SCHEMES[self.scheme](Request(self.call, arguments, _sizes(shape)))


def _sizes(shape: object) -> tuple[Number, ...] | Unknown:
    if isinstance(shape, (tuple, list)):
        return tuple(size if isinstance(size, (int, float, Dim, Unknown)) else Unknown("a size") for size in shape)
    return shape if isinstance(shape, Unknown) else Unknown("a shape")
