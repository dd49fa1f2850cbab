from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .plain import *
    from .table import *
else:
    import importlib

    def __getattr__(name):
        part = {"Block": "plain", "TABLE": "table", "WideBlock": "wide"}[name]
        return getattr(importlib.import_module(f".{part}", __name__), name)
