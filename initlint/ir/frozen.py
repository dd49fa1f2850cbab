"""Dataclasses that are frozen for the type checker, which sees every line, and quick to make.

Python sets each field of its own frozen ones through ``object.__setattr__``, so that making one takes three times as
long, and a run makes them by the hundred thousand.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, **options: bool) -> Any:
        """:func:`dataclasses.dataclass`; what is ``frozen`` has a hash, and nothing keeps it from being set."""
        make = dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **options)
        return make if cls is None else make(cls)
