"""An input on which a library's model runs, guessed from its signature and its configuration."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import torch
from torch import nn

from tests.agreement.real_order.questions import Answers, live_answers
from tests.agreement.real_order.watch import Pass, watch

_SIZES = (224, 299, 256, 64, 384)
_CLIP, _PAIR = (3, 16, 224, 224), (3, 128, 128)  # a video; images that a model compares
_SEQUENCE = 3  # axes of a batch of sequences of vectors
_AUDIO, _FRAMES, _TOKENS, _CODES = 16_000, 128, 8, 2
Arguments: TypeAlias = "dict[str, Any] | list[torch.Tensor]"


@dataclass
class Run:
    """The answers of a live model, and the names of the arguments that it was given (none where by position)."""

    answers: list[tuple[str, Answers]]
    given: frozenset[str]


def run(live: nn.Module) -> Run | None:
    """Run a model on an input that suits it; None where it does not run on what we guess."""
    for arguments in _guesses(live):
        try:
            given = frozenset(arguments) if isinstance(arguments, dict) else frozenset[str]()
            watched = watch(live, arguments)
            return Run(live_answers(watched, others(live, arguments)), given)
        except TimeoutError:
            raise
        except Exception:  # whatever a foreign forward raises on an input that does not suit it
            continue
    return None


def others(live: nn.Module, arguments: Arguments) -> list[Pass]:
    """The passes on inputs of other values and, where the model takes them, of other lengths."""
    found = []
    for change in (_turned, _alike, *(partial(_longer, axis=axis) for axis in range(_SEQUENCE))):
        try:
            if isinstance(arguments, dict):
                found.append(watch(live, {name: change(value) for name, value in arguments.items()}))
            else:
                found.append(watch(live, [change(value) for value in arguments]))
        except TimeoutError:
            raise
        except Exception:  # as above
            continue
    return found


def _turned(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.flip(-1)


def _alike(tensor: torch.Tensor) -> torch.Tensor:
    """The first token, or the first vector, in all places."""
    one = tensor.flatten()[: tensor.shape[-1] if tensor.is_floating_point() else 1]
    return one.expand_as(tensor).contiguous()


def _longer(tensor: torch.Tensor, axis: int) -> torch.Tensor:
    """Twice as long along an axis; images, which few models take in another size, along the first."""
    if tensor.dim() > _SEQUENCE and axis:
        raise ValueError(axis)
    return torch.cat([tensor, tensor.flip(-1)], axis)


def _guesses(live: nn.Module) -> Iterator[Arguments]:
    """Inputs of growing strangeness."""
    config = getattr(live, "config", None)
    if config is not None and hasattr(live, "main_input_name"):
        yield from _of_transformers(live, config)
        return
    size = (getattr(live, "default_cfg", None) or {}).get("input_size")
    for shape in [tuple(size)] if size else [*((3, side, side) for side in _SIZES), _CLIP]:
        yield [_random(1, *shape)]
    yield [_random(1, *_PAIR), _random(1, *_PAIR)]


def _of_transformers(live: nn.Module, config: Any) -> Iterator[Arguments]:
    main = str(live.main_input_name)
    asked = inspect.signature(live.forward).parameters
    known = _values(config)
    tokens = torch.arange(2, 2 + _TOKENS).unsqueeze(0)
    more: dict[str, Any] = {}
    if "decoder_input_ids" in asked and getattr(config, "is_encoder_decoder", False):
        more["decoder_input_ids"] = torch.arange(2, _TOKENS).unsqueeze(0)
    for value in known.get(main, [tokens]):
        yield {main: value, **more}
    # What joins two kinds of input asks for both.
    for value in known["pixel_values"] if "pixel_values" in asked and main == "input_ids" else []:
        yield {main: tokens, "pixel_values": value, **more}
    if "input_ids" in asked and main != "input_ids":
        for value in known.get(main, []):
            yield {main: value, "input_ids": tokens, **more}


def _random(*shape: int) -> torch.Tensor:
    """Numbers between 0 and 1, the same for each shape, so that no two elements are alike."""
    return torch.rand(shape, generator=torch.Generator().manual_seed(0))


def _values(config: Any) -> dict[str, list[torch.Tensor]]:
    vision = getattr(config, "vision_config", None) or config
    side = getattr(vision, "image_size", 32)
    height, width = side if isinstance(side, (list, tuple)) and len(side) == 2 else (side, side)
    height, width = (each if isinstance(each, int) else 32 for each in (height, width))
    channels = int(getattr(vision, "num_channels", 3) or 3)
    frames = getattr(vision, "num_frames", None)
    image = _random(1, channels, height, width)
    images = [image, _random(1, channels, 224, 224)]
    if isinstance(frames, int):
        images.insert(0, image.unsqueeze(1).expand(-1, frames, -1, -1, -1))
    mels = int(getattr(config, "num_mel_bins", None) or getattr(config, "feature_size", None) or 80)
    longest = getattr(config, "max_source_positions", None)
    sounds = [_random(1, _AUDIO), _random(1, 1, _AUDIO), _random(1, _CODES, _AUDIO)]
    spectra = [_random(1, _FRAMES, mels), _random(1, mels, _FRAMES)]
    if isinstance(longest, int):
        spectra.insert(0, _random(1, mels, 2 * longest))
    if isinstance(tall := getattr(config, "max_length", None), int):
        spectra.insert(0, _random(1, tall, mels))
    return {
        "pixel_values": images,
        "pixel_values_videos": [_random(1, int(frames or 8), channels, height, width)],
        "input_values": [*sounds, *spectra],
        "input_features": spectra,
        "audio_values": sounds,
    }
