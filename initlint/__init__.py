"""initlint finds weight-initialisation faults in PyTorch model code without running it."""

from __future__ import annotations

TYPE_CHECKING = False  # which type checkers take as true; importing typing takes longer than all else here
if TYPE_CHECKING:
    from initlint.api import check_paths, check_source, trace
    from initlint.config import ConfigError
    from initlint.diagnostics import Confidence, Diagnostic, Severity
    from initlint.fixer import fix_source
    from initlint.probe.api import probe

__version__ = "0.1.0"
__all__ = [
    "Confidence",
    "ConfigError",
    "Diagnostic",
    "Severity",
    "__version__",
    "check_paths",
    "check_source",
    "fix_source",
    "probe",
    "trace",
]

_HOMES = {
    "Confidence": "initlint.diagnostics",
    "Diagnostic": "initlint.diagnostics",
    "Severity": "initlint.diagnostics",
    "ConfigError": "initlint.config",
    "check_paths": "initlint.api",
    "check_source": "initlint.api",
    "trace": "initlint.api",
    "fix_source": "initlint.fixer",
}


def __getattr__(name: str) -> object:
    # The analysis takes a while to import, and most of what imports this package never needs it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "probe":  # a package that can be called
        return import_module("initlint.probe")
    return getattr(import_module(_HOMES[name]), name)
