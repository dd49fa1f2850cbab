"""The project's own models, and an input for each."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import nn

from initlint.ir.model import Model
from tests.agreement.compare import static_model
from tests.agreement.signal.measure import BATCH

ZOO = Path(__file__).resolve().parent / "zoo"
MODELS = Path(__file__).resolve().parents[2] / "models"


@dataclass(frozen=True)
class Own:
    """A model of a file: a class or a function with arguments, the shape of an input without the batch, and how many
    tokens there are, where the input is text."""

    file: str
    name: str
    shape: tuple[int, ...]
    arguments: Mapping[str, object] = field(default_factory=dict)
    tokens: int = 0
    folder: Path = ZOO

    @property
    def label(self) -> str:
        """The name with its arguments."""
        given = ", ".join(f"{name}={value}" for name, value in self.arguments.items())
        return f"{self.name}({given})"

    def static(self) -> Model:
        """The static model."""
        return static_model((self.folder / f"{self.file}.py").as_posix(), self.name, self.arguments)

    def build(self) -> nn.Module:
        """The live model."""
        package = "tests.agreement.signal.zoo" if self.folder == ZOO else "tests.models"
        module = importlib.import_module(f"{package}.{self.file}")
        built = getattr(module, self.name)(**self.arguments)
        assert isinstance(built, nn.Module)
        return built

    def inputs(self) -> tuple[torch.Tensor, ...]:
        """Noise, or random tokens."""
        if self.tokens:
            return (torch.randint(0, self.tokens, (BATCH, *self.shape)),)
        return (torch.randn(BATCH, *self.shape),)

    @property
    def positions(self) -> float:
        """How many pixels or tokens an input has: images and sound have their channels first, all else last."""
        sizes = self.shape if self.tokens else (self.shape[1:] if self.file in _CHANNELS_FIRST else self.shape[:-1])
        if self.name in {"SmallVit", "Mixer", "VisionTransformer"}:
            sizes = self.shape[1:]
        return float(torch.Size(sizes).numel())


_CHANNELS_FIRST = {"cnn", "vgg", "resnet", "alexnet", "inception", "mnasnet", "unet", "dcgan", "critic"}


def own() -> Iterator[Own]:
    """All of them."""
    for activation in (
        "relu",
        "tanh",
        "gelu",
        "silu",
        "selu",
        "elu",
        "sigmoid",
        "softplus",
        "mish",
        "leaky",
        "hardswish",
    ):
        for gain in (0.0, 1.0, 2.0):
            yield Own("mlp", "Plain", (256,), {"activation": activation, "gain": gain})
    yield Own("mlp", "Tapered", (64,))
    for norm in ("", "pre", "post"):
        yield Own("mlp", "Residual", (64,), {"norm": norm, "scale": 1.0})
    yield Own("mlp", "Residual", (64,), {"norm": "", "scale": 0.3})
    for name in ("Gated", "Dense", "Normed", "Autoencoder", "Orthogonal"):
        yield Own("mlp", name, {"Gated": (128,), "Autoencoder": (196,)}.get(name, (64,)))
    image = (3, 32, 32)
    yield Own("cnn", "PlainCnn", image)
    yield Own("cnn", "PlainCnn", image, {"explicit": False})
    yield Own("cnn", "LeNet", (1, 32, 32))
    yield Own("cnn", "LeNet", (1, 32, 32), {"average": True})
    yield Own("cnn", "ResidualCnn", image)
    yield Own("cnn", "ResidualCnn", image, {"norm": False})
    yield Own("cnn", "Separable", image)
    yield Own("cnn", "Grouped", (8, 24, 24))
    yield Own("cnn", "Generator", (64, 1, 1))
    yield Own("cnn", "Generator", (64, 1, 1), {"norm": False})
    yield Own("cnn", "Discriminator", image)
    yield Own("cnn", "SmallUnet", image)
    yield Own("cnn", "SmallUnet", image, {"add": True})
    yield Own("cnn", "WaveNet", (1, 256))
    for kind in ("RNN", "LSTM", "GRU"):
        yield Own("sequences", "Tagger", (20,), {"kind": kind}, tokens=200)
    yield Own("sequences", "Tagger", (20,), {"kind": "LSTM", "layers": 2, "both": True}, tokens=200)
    yield Own("sequences", "Bag", (20,), tokens=300)
    yield Own("sequences", "SmallGpt", (32,), tokens=256)
    yield Own("sequences", "SmallGpt", (32,), {"tied": False, "fused": True}, tokens=256)
    yield Own("sequences", "SmallGpt", (32,), {"tied": False, "post": True}, tokens=256)
    yield Own("sequences", "Llama", (32,), tokens=256)
    yield Own("sequences", "SmallVit", image)
    yield Own("sequences", "SmallVit", image, {"token": True, "fused": False})
    yield Own("sequences", "Mixer", image)
    yield Own("sequences", "Encoder", (24, 32))
    yield Own("sequences", "Encoder", (24, 32), {"first": False})
    yield Own("fields", "SmallSiren", (2,))
    yield Own("fields", "SmallSiren", (2,), {"own": False})
    yield Own("fields", "Fourier", (3,))
    yield Own("fields", "Nerf", (63,))
    old = [
        ("vgg", "vgg16", (3, 64, 64), {"hidden": 256}, 0), ("vgg", "vgg16_bn", (3, 64, 64), {"hidden": 256}, 0),
        ("vgg", "vgg11_plain", (3, 64, 64), {"hidden": 256}, 0), ("resnet", "resnet18", (3, 64, 64), {}, 0),
        ("mnasnet", "MNASNet", (3, 64, 64), {}, 0), ("gpt", "small", (16,), {}, 512),
        ("gpt", "deep_without_bias", (16,), {}, 512), ("vit", "VisionTransformer", (3, 32, 32), {}, 0),
        ("unet", "UNet", (1, 32, 32), {}, 0), ("recurrent", "LstmClassifier", (7,), {}, 200),
        ("recurrent", "GruClassifier", (7, 20), {}, 0), ("transformer", "TextClassifier", (9,), {}, 300),
        ("transformer", "PlainEncoder", (9, 32), {}, 0), ("actor_critic", "Agent", (17,), {}, 0),
        ("mlp", "TenLayers", (64,), {}, 0), ("mlp", "ThirtyLayers", (96,), {}, 0), ("mlp", "PlainMlp", (100,), {}, 0),
        ("siren", "Siren", (2,), {}, 0), ("in_place", "InPlace", (12,), {}, 0),
    ]  # fmt: skip
    for file, name, shape, arguments, tokens in old:
        yield Own(file, name, shape, arguments, tokens, MODELS)


Build = Callable[[], nn.Module]
