"""The live models that are compared, built small and without weights from anywhere."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import nn

from tests.agreement.real.names import TIMM, TORCHVISION

# What makes a model of transformers small: attributes of its configuration, where it has them and they are larger.
_SMALL = {
    "hidden_size": 64, "d_model": 64, "n_embd": 64, "dim": 64, "embed_dim": 64, "embedding_size": 64,
    "word_embed_proj_dim": 64, "num_hidden_layers": 3, "n_layer": 3, "n_layers": 3, "num_layers": 3,
    "encoder_layers": 3, "decoder_layers": 3, "num_decoder_layers": 3, "num_attention_heads": 4, "n_head": 4,
    "n_heads": 4, "num_heads": 4, "encoder_attention_heads": 4, "decoder_attention_heads": 4,
    "num_key_value_heads": 2, "intermediate_size": 96, "encoder_ffn_dim": 96, "decoder_ffn_dim": 96, "ffn_dim": 96,
    "d_ff": 96, "moe_intermediate_size": 32, "vocab_size": 120, "max_position_embeddings": 64, "num_experts": 4,
    "num_local_experts": 4, "n_routed_experts": 4, "head_dim": 16, "d_kv": 16,
}  # fmt: skip
_PADS = ("pad_token_id", "bos_token_id", "eos_token_id")
_HEADS = (
    "MODEL_MAPPING", "MODEL_FOR_CAUSAL_LM_MAPPING", "MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING",
    "MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING", "MODEL_FOR_PRETRAINING_MAPPING", "MODEL_FOR_AUDIO_CLASSIFICATION_MAPPING",
    "MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING",
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A live model to compare: how to build it, and what the static side is given where that is not the arguments of
    the model's class: a function with the ``values`` of its arguments, or a configuration made with ``values``.
    ``named`` is a function that whoever builds the model has imported. ``family`` are models of one file or kind."""

    library: str
    name: str
    family: str
    build: Callable[[], nn.Module]
    entry: Callable[..., nn.Module] | None = None
    config: type | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    named: Callable[..., nn.Module] | None = None


LIBRARIES = ("torchvision", "timm", "transformers")


def candidates(libraries: tuple[str, ...] = LIBRARIES) -> list[Candidate]:
    """All models of the libraries that can be imported here."""
    found: list[Candidate] = []
    for library, models in (("torchvision", _torchvision), ("timm", _timm), ("transformers", _transformers)):
        if library in libraries and importlib.util.find_spec(library) is not None:
            found += models()
    return found


def _torchvision() -> Iterator[Candidate]:
    define_torchvision_operators()
    from torchvision.models import get_model_builder

    for name in TORCHVISION:
        backbone = {"weights_backbone": None} if re.search(r"rcnn|ssd|retina|fcos|fcn|deeplab|lraspp", name) else {}
        fills = {"init_weights": True} if name in {"googlenet", "inception_v3"} else {}
        values = {"weights": None, **backbone, **fills}
        entry = get_model_builder(name)
        yield Candidate("torchvision", name, entry.__module__, partial(entry, **values), entry, values=values)


def define_torchvision_operators() -> None:
    """Make torchvision importable beside a torch that its compiled operators do not fit: they are not run here."""
    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None or _KEPT:
        return
    try:
        importlib.import_module("torchvision")
        return
    except (ImportError, RuntimeError):  # an operator that is not there
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
    text = (Path(spec.origin).parent / "_meta_registrations.py").read_text()
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in sorted(set(re.findall(r'register_(?:meta|fake)\("(?:torchvision::)?(\w+)"', text))):
        library.define(f"{name}(Tensor x) -> Tensor")
    _KEPT.append(library)  # an operator lasts as long as the library object that defined it


_KEPT: list[torch.library.Library] = []


def _timm() -> Iterator[Candidate]:
    define_torchvision_operators()
    import timm

    known = set(timm.list_models())
    for name in TIMM:
        if name in known:
            build = partial(timm.create_model, name, pretrained=False)
            entry = timm.model_entrypoint(name)
            yield Candidate("timm", name, entry.__module__, build, named=entry)


def _transformers() -> Iterator[Candidate]:
    define_torchvision_operators()
    from transformers.models.auto import modeling_auto
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING
    from transformers.utils import logging

    logging.set_verbosity_error()
    warnings.simplefilter("ignore")
    seen: set[str] = set()
    for kind in sorted(CONFIG_MAPPING.keys()):
        try:
            config = CONFIG_MAPPING[kind]
            values = small_values(config)
        except Exception:
            continue  # the configuration needs a library that is not here
        for heads in _HEADS:
            try:
                model = getattr(modeling_auto, heads)[config]
            except Exception:
                continue
            for cls in model if isinstance(model, tuple) else (model,):
                if cls.__name__ not in seen:
                    seen.add(cls.__name__)
                    build = partial(_of_config, cls, config, values)
                    yield Candidate("transformers", cls.__name__, kind, build, config=config, values=values)


def _of_config(cls: type[nn.Module], config: type, values: Mapping[str, Any]) -> nn.Module:
    return cls(config(**values))


def small_values(config: type) -> dict[str, Any]:
    """Keyword arguments that make the configuration's models small; of the configurations inside it, too."""
    default = config()
    # Without a cache the keys and values are no outputs, and one way of computing attention is that of the source.
    values: dict[str, Any] = {"attn_implementation": "eager", "experts_implementation": "eager"}
    if hasattr(default, "use_cache"):
        values["use_cache"] = False
    settable = {each.name for each in dataclasses.fields(config)}
    for name, number in _SMALL.items():
        held, name = getattr(default, name, None), config.attribute_map.get(name, name)  # type: ignore[attr-defined]
        if name in settable and isinstance(held, int) and not isinstance(held, bool) and held > number:
            values[name] = number
    if "vocab_size" in values:
        for name in _PADS:
            if isinstance(getattr(default, name, None), int) and getattr(default, name) >= values["vocab_size"]:
                values[name] = 1
    specs = getattr(config, "sub_configs_defaults", {})
    for name, inner in getattr(config, "sub_configs", {}).items():
        held = getattr(default, name, None)
        if held is None or isinstance(held, (config, dict)):
            continue
        values[name] = {**getattr(specs.get(name), "init_kwargs", {}), **small_values(type(held))}
        if not isinstance(held, inner):  # an AutoConfig, which goes by the type
            values[name]["model_type"] = held.model_type
    return values
