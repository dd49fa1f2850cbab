"""The recurrent layers of a model and their parameters, as torch packs them."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.ir.model import Module, Parameter
from initlint.signal.facts import Facts

_LSTM = (".LSTM", ".LSTMCell")
_RECURRENT = (*_LSTM, ".GRU", ".GRUCell", ".RNN", ".RNNCell")


def recurrent_modules(facts: Facts) -> Iterator[Module]:
    """The model's RNN, LSTM and GRU layers and cells."""
    return (module for module in facts.model.modules if module.type.endswith(_RECURRENT))


def lstms(facts: Facts) -> Iterator[Module]:
    """Its LSTM layers and cells."""
    return (module for module in facts.model.modules if module.type.endswith(_LSTM))


def recurrent_weights(facts: Facts, module: Module) -> Iterator[Parameter]:
    """The layer's matrices from one state to the next."""
    return (each for each in _own(facts, module) if "weight_hh" in each.name.rpartition(".")[2])


def biases(facts: Facts, module: Module) -> list[Parameter]:
    """The layer's biases, of which torch keeps two for each direction of each layer."""
    return [each for each in _own(facts, module) if "bias" in each.name.rpartition(".")[2]]


def _own(facts: Facts, module: Module) -> Iterator[Parameter]:
    return (each for each in facts.model.parameters if each.layer == module.path)
