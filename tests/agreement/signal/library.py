"""Models of timm, torchvision and transformers, where they are installed: small ones, on small images, short texts."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import torch
from torch import nn

from initlint.interpret.link import Project
from initlint.interpret.machine import LimitReached
from initlint.ir.model import Model
from tests.agreement.real.examine import read, recorded
from tests.agreement.real.libraries import Candidate, candidates
from tests.agreement.signal.compare import Outcome, compare
from tests.agreement.signal.measure import BATCH

_TOKENS = 16
_MOST_PARAMETERS = 15_000_000
# By the side of the image.
_TORCHVISION = {
    64: "resnet18 resnet34 vgg11 vgg11_bn densenet121 mobilenet_v2 mobilenet_v3_small shufflenet_v2_x0_5 "
    "squeezenet1_1 mnasnet0_5 efficientnet_b0 regnet_y_400mf",
}
_TIMM = {
    64: "resnet10t resnet18 seresnet18 mobilenetv3_small_050 efficientnet_lite0 tf_efficientnet_b0 regnetx_002 "
    "regnety_002 convnext_atto convnextv2_atto poolformer_s12 ghostnet_050 mnasnet_small semnasnet_075 "
    "repvgg_a0 tinynet_e lcnet_050 fbnetc_100 mobilevit_xxs resnetv2_18 skresnet18 edgenext_xx_small mobileone_s0 "
    "repghostnet_050 starnet_s1 mobilenetv4_conv_small hardcorenas_a mixnet_s darknet17 resnest14d gernet_s",
    224: "vit_tiny_patch16_224 deit_tiny_patch16_224 resmlp_12_224 gmlp_ti16_224 xcit_nano_12_p16_224 pit_ti_224",
}
_TRANSFORMERS = (
    "AlbertModel BertModel BertForSequenceClassification RobertaModel DistilBertModel ElectraModel ErnieModel "
    "FNetModel CamembertForCausalLM MPNetModel MegatronBertModel Data2VecTextModel RoFormerModel DeiTModel "
    "Dinov2Model ViTModel OPTForCausalLM LlamaForCausalLM MistralForCausalLM Qwen2ForCausalLM Qwen3ForCausalLM "
    "GemmaForCausalLM PhiForCausalLM CohereForCausalLM GraniteForCausalLM StableLmForCausalLM OlmoForCausalLM "
    "BioGptForCausalLM PersimmonModel GPTNeoXForCausalLM BloomForCausalLM XGLMForCausalLM Starcoder2ForCausalLM "
    "HeliumForCausalLM "
)


def library(names: tuple[str, ...] = ("torchvision", "timm", "transformers")) -> Iterator[tuple[Candidate, int]]:
    """The models, each with the side of an image for it (0 for text)."""
    for each in candidates(names):
        if each.library == "transformers":
            if each.name in _TRANSFORMERS.split():
                yield each, 0
            continue
        listed = _TIMM if each.library == "timm" else _TORCHVISION
        yield from ((each, side) for side, chosen in listed.items() if each.name in chosen.split())


def examined(candidate: Candidate, side: int) -> Outcome:
    """Predicted and measured; why not, where it can't be built, read or run."""
    try:
        first = candidate.build()
        if sum(parameter.numel() for parameter in first.parameters()) > _MOST_PARAMETERS:
            return Outcome(candidate.library, candidate.name, failure="too large")
        model = _static(candidate, first)
        if not isinstance(model, Model):
            return Outcome(candidate.library, candidate.name, failure=f"static: {model}")
        given = _inputs(first, side)
        positions = {name: float(_positions(value)) for name, value in given.items()}
        build = partial(_built, candidate)
        return compare(candidate.library, candidate.name, model, build, lambda: tuple(_inputs(first, side).values()),
                       positions)  # fmt: skip
    except (LimitReached, RecursionError) as error:
        return Outcome(candidate.library, candidate.name, failure=f"static: {error or type(error).__name__}")
    except Exception as error:  # whatever a foreign constructor or forward raises
        return Outcome(candidate.library, candidate.name, failure=f"live: {type(error).__name__}: {error}"[:120])


def _static(candidate: Candidate, first: nn.Module) -> Model | str:
    with recorded(type(first)) as given:
        candidate.build()
    configs: Mapping[type, Mapping[str, Any]] = (
        {candidate.config: candidate.values} if candidate.config is not None else {}
    )
    maker = inspect.unwrap(candidate.entry) if candidate.entry is not None else type(first)
    return read(Project(), maker, ((), dict(candidate.values)) if candidate.entry else given[0], configs)


def _built(candidate: Candidate) -> nn.Module:
    model = candidate.build()
    with contextlib.suppress(AttributeError):
        model.config.use_cache = False  # type: ignore[union-attr]
    return model


def _inputs(live: nn.Module, side: int) -> dict[str, torch.Tensor]:
    config = getattr(live, "config", None)
    name = getattr(live, "main_input_name", "x")
    if config is None or name == "pixel_values":
        size = getattr(config, "image_size", side or 32)
        size = size if isinstance(size, int) and size <= 224 else side or 32
        return {name: torch.randn(BATCH, 3, size, size)}
    vocabulary = int(getattr(config, "vocab_size", 100))
    tokens = torch.randint(3, vocabulary, (BATCH, _TOKENS))
    padding = getattr(config, "pad_token_id", None)  # of zeros, of which a norm makes a gradient of 1/ε
    given = {name: tokens.where(tokens != padding, tokens + 1) if isinstance(padding, int) else tokens}
    if getattr(config, "is_encoder_decoder", False):
        raise ValueError("an encoder and a decoder")
    return given


def _positions(value: torch.Tensor) -> int:
    return value[0].numel() // (3 if value.is_floating_point() else 1)
