"""What the outside world's callables are: layers, initialisers, functions, factories. Data, and what reads it."""

from __future__ import annotations

from initlint.catalog.doubts import doubt
from initlint.catalog.factories import FactorySpec
from initlint.catalog.functions import FunctionSpec
from initlint.catalog.gain import InitError, calculate_gain
from initlint.catalog.initializers import InitSpec
from initlint.catalog.layers import Built, LayerSpec, ParameterPlan
from initlint.catalog.load import Catalog, Extension, load, use
from initlint.catalog.signature import REQUIRED, Required, Signature, SignatureParameter, bind
from initlint.catalog.tables import CatalogError, Stub

__all__ = [
    "REQUIRED",
    "Built",
    "Catalog",
    "CatalogError",
    "Extension",
    "FactorySpec",
    "FunctionSpec",
    "InitError",
    "InitSpec",
    "LayerSpec",
    "ParameterPlan",
    "Required",
    "Signature",
    "SignatureParameter",
    "Stub",
    "bind",
    "calculate_gain",
    "doubt",
    "load",
    "use",
]
