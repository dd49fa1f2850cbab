"""What a model of transformers takes: by the names of its forward's arguments, with sizes of its configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from initlint.probe.search import arguments_of
from initlint.probe.spec import Spec, Specs

_TOKENS = 16
_ALL_TOKENS = 50_000
_SIDE = 64
_SPECIAL = ("pad_token_id", "bos_token_id", "eos_token_id", "mask_token_id", "sep_token_id", "cls_token_id")
_MEDIA = ("image_token_id", "image_token_index", "video_token_id", "audio_token_id", "vision_start_token_id")


def known(model: Any) -> Iterator[Specs]:
    """Arguments for the forward, the likeliest first; nothing for a model that names no main input."""
    if getattr(model, "config", None) is None or not hasattr(model, "main_input_name"):
        return
    names = arguments_of(model, required=True)
    for specs in _known(model):
        taken = {each.name for each in specs}
        yield (*specs, *(_argument(model.config, name) for name in names if name not in taken))


def _known(model: Any) -> Iterator[Specs]:
    config, main = model.config, model.main_input_name
    first = _argument(model.config, main)
    decoder = _argument(model.config, "decoder_input_ids")
    if main == "pixel_values" and min(first.shape[1:]) > _SIDE:  # where any size will do, a small one is enough
        yield (Spec(main, (first.shape[0], _SIDE, _SIDE)),)
    pair = bool(getattr(config, "is_encoder_decoder", False)) and "decoder_input_ids" in arguments_of(model)
    if pair and main != "decoder_input_ids":
        yield first, decoder
    yield (first,)
    if main == "pixel_values":
        yield first, _argument(model.config, "input_ids")
        frames = int(getattr(config, "num_frames", 0) or 0)
        if frames:
            yield (Spec(main, (frames, *first.shape)),)
        for side in (64, 224, 256):
            yield (Spec(main, (first.shape[0], side, side)),)
    if main == "input_features":
        yield (Spec(main, (first.shape[1], 3000)),)
        yield Spec(main, (first.shape[1], 3000)), decoder
    if main == "input_ids":
        if "MultipleChoice" in type(model).__name__:
            yield (Spec(main, (2, _TOKENS), first.classes),)
        if "pixel_values" in arguments_of(model):
            yield first, _argument(model.config, "pixel_values")


def argument(model: Any, name: str) -> Spec | None:
    """One argument, by its name; None for a model that is not of transformers."""
    config = getattr(model, "config", None)
    return _argument(config, name) if config is not None and hasattr(model, "main_input_name") else None


def _argument(config: Any, name: str) -> Spec:
    text = _inner(config, "text_config", "decoder", "text_encoder") or config
    vision = _inner(config, "vision_config", "encoder") or config
    vocabulary = min(int(_first(text, "vocab_size") or _first(config, "vocab_size") or 100), _ALL_TOKENS)
    width = int(_first(config, "hidden_size", "d_model", "n_embd", "dim") or _first(text, "hidden_size") or 64)
    if name.endswith("pixel_values") or name == "pixel_values_videos":
        channels = int(_first(vision, "num_channels", "in_channels", "in_chans") or 3)
        side = _first(vision, "image_size") or 224
        side = side.get("height", 224) if isinstance(side, dict) else side
        sides = tuple(side[-2:]) if isinstance(side, (tuple, list)) else (int(side), int(side))
        return Spec(name, (channels, *sides))
    if name == "pixel_mask":
        return Spec(name, _argument(config, "pixel_values").shape[1:], mask=True)
    if name == "bbox":
        return Spec(name, (_TOKENS, 4), classes=2)  # the corners of a box, in order whatever is drawn
    if name == "input_values":
        return Spec(name, (16_000,))
    if name == "input_features":
        return Spec(name, (128, int(_first(config, "num_mel_bins", "feature_size", "input_dim") or 80)))
    if name.endswith("attention_mask"):
        return Spec(name, (_TOKENS,), mask=True)
    if name == "query_embeds":
        return Spec(name, (int(_first(config, "num_query_tokens") or 8), width))
    if name.endswith(("hidden_states", "embeds", "embeddings")):
        return Spec(name, (_TOKENS, width))
    special = tuple(
        each for key in (*_SPECIAL, *_MEDIA) for part in (config, text)
        if isinstance(each := getattr(part, key, None), int)
    )  # fmt: skip
    last = _first(text, "eos_token_id")
    return Spec(name, (_TOKENS,), vocabulary, special=special, last=last if isinstance(last, int) else -1)


def _first(config: Any, *names: str) -> Any:
    return next((found for name in names if (found := getattr(config, name, None)) is not None), None)


def _inner(config: Any, *names: str) -> Any:
    found = _first(config, *names)
    return None if isinstance(found, (dict, str, int)) else found
