"""An input on which a library's model runs, guessed from its signature and its configuration."""

from __future__ import annotations

import inspect
from typing import Any

import torch
from torch import nn

from initlint.ir.model import Model
from tests.agreement.real_order.figures import Figures, compared
from tests.agreement.real_order.questions import live_answers
from tests.agreement.real_order.watch import watch

_SIZES = (224, 299, 256, 64, 384)
_AUDIO, _FRAMES, _TOKENS = 16_000, 128, 8


def order_figures(name: str, live: nn.Module, model: Model) -> Figures | None:
    """The figures about the surroundings of each weight layer; None where the model does not run on what we guess."""
    for arguments in _guesses(live):
        try:
            return compared(name, model, live_answers(watch(live, arguments)))
        except TimeoutError:
            raise
        except Exception:  # whatever a foreign forward raises on an input that does not suit it
            continue
    return None


def _guesses(live: nn.Module) -> list[dict[str, Any] | list[torch.Tensor]]:
    config = getattr(live, "config", None)
    if config is None or not hasattr(live, "main_input_name"):
        size = (getattr(live, "default_cfg", None) or {}).get("input_size")
        shapes = [tuple(size)] if size else [(3, side, side) for side in _SIZES]
        return [[torch.zeros(1, *shape)] for shape in shapes]
    side = getattr(config, "image_size", 32)
    side = side if isinstance(side, int) else 32
    known: dict[str, torch.Tensor] = {
        "pixel_values": torch.zeros(1, int(getattr(config, "num_channels", 3) or 3), side, side),
        "input_values": torch.zeros(1, _AUDIO),
        "input_features": torch.zeros(1, int(getattr(config, "num_mel_bins", 80) or 80), _FRAMES),
    }
    given = {live.main_input_name: known.get(live.main_input_name, torch.full((1, _TOKENS), 3))}  # type: ignore[arg-type]
    if "decoder_input_ids" in inspect.signature(live.forward).parameters and getattr(config, "is_encoder_decoder", 0):
        given["decoder_input_ids"] = torch.full((1, _TOKENS - 2), 3)
    return [given]  # type: ignore[list-item]
