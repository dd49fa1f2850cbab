"""What the authors of rules import; the names here are stable. See ``docs/custom-rules.md``."""

from __future__ import annotations

from initlint.diagnostics import Applicability, Confidence, Finding, PlacedEdit, PlacedFix, Severity
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.model import Model, Module, Op, Parameter
from initlint.ir.place import Place, Span
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts, FileFacts, InitFunction, LayerFact, Stack, State, StaticCall

__all__ = [
    "Applicability",
    "Confidence",
    "Facts",
    "FileFacts",
    "Finding",
    "InitAction",
    "InitFunction",
    "Initializer",
    "LayerFact",
    "Model",
    "Module",
    "Op",
    "Parameter",
    "Place",
    "PlacedEdit",
    "PlacedFix",
    "Rule",
    "Severity",
    "Span",
    "Stack",
    "State",
    "StaticCall",
    "Unknown",
]
