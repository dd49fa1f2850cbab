"""The probe: measures a live model. Nothing else in initlint imports torch, and this package only when it is used.

The module can be called: ``initlint.probe(model, batch)`` is :func:`initlint.probe.api.probe`
(https://docs.python.org/3/reference/datamodel.html#customizing-module-attribute-access).
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from initlint.probe.api import probe

        return probe(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
