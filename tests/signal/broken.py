"""Changes to the models of the zoo, as people make them: some break a model, some do it no harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ZOO = Path(__file__).resolve().parent / "zoo"
Changes = tuple[tuple[str, str], ...]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Changed:
    """One change to a model of the zoo, the rule that names it (none, where it does no harm), and a small instance to
    measure it on: its arguments, the shape of an input (without one it isn't measured), how many tokens there are, and
    whether it is too shallow to be harmed."""

    file: str
    model: str
    changes: Changes
    rule: str
    small: Mapping[str, Any] = field(default_factory=dict)
    shape: Shape = ()
    tokens: int = 0
    shallow: bool = False

    def write(self, folder: Path) -> Path:
        """The changed source."""
        source = (ZOO / f"{self.file}.py").read_text(encoding="utf-8")
        for old, new in self.changes:
            assert old in source, old
            source = source.replace(old, new)
        path = folder / f"{self.file}_{self.rule.replace('-', '_')}.py"
        path.write_text(source, encoding="utf-8")
        return path


CONV = 'nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")'
LINEAR = 'nn.init.kaiming_normal_(m.weight, nonlinearity="relu")'
NO_NORM = ("nn.BatchNorm2d(", "nn.Identity(")
NO_LAYER_NORM = (("nn.LayerNorm(", "nn.Identity("),)
NO_NORMS = (NO_NORM, ("isinstance(m, nn.BatchNorm2d)", "isinstance(m, nn.GroupNorm)"))
NO_RMS = (("RmsNorm(width)", "nn.Identity(width)"),)
CONVNEXT = (
    *NO_LAYER_NORM,
    (" LayerNorm2d(dim)", " nn.Identity(dim)"),
    ("[LayerNorm2d(inputs)", "[nn.Identity(inputs)"),
)
SMOOTH = (("F.relu(", "torch.sigmoid("), ("torch.relu(", "torch.sigmoid("), ("nn.ReLU()", "nn.Sigmoid()"))
SIGMOIDS = (("nn.ReLU(inplace=True)", "nn.Sigmoid()"), ("nn.ReLU(True)", "nn.Sigmoid()"))
XAVIER = "nn.init.xavier_normal_(m.weight)"
TRUNCATED = "nn.init.trunc_normal_(m.weight, std=0.02)"
DENSE = "nn.init.kaiming_normal_(m.weight)"
EFFICIENT = 'nn.init.kaiming_normal_(m.weight, mode="fan_out")'
SELU, FIXUP = "math.sqrt(1 / layer.in_features)", "nn.init.constant_(self.conv2.weight, 0)"
NO_FIXUP = ((" * blocks ** (-0.5)", ""), (FIXUP, "nn.init.kaiming_normal_(self.conv2.weight)"))


def drawn(by: str) -> Changes:
    """VGG's convolutions and linear layers drawn by another call."""
    return tuple((call, by) for call in (CONV, LINEAR))


VGG, IMAGE = {"width": 24, "plan": (2, 2, 2), "hidden": 96, "classes": 10}, (3, 24, 24)
RESNET = {"width": 16, "plan": (2, 3, 4, 2), "classes": 10}
DENSENET = {"growth": 8, "plan": (4, 8, 6), "classes": 10}
EFFICIENTNET = {"width": 8}
DIMS = {"depths": (1, 1, 2, 1), "dims": (24, 48, 96, 192)}
SELUS, REZEROS = {"width": 128, "depth": 8}, {"width": 128, "depth": 16}
VIT, BERT = {"width": 64, "heads": 4, "image": 64}, {"width": 64, "heads": 4, "vocab": 300}
T5 = {"width": 64, "heads": 4, "vocab": 300, "layers": 12}
SMALL, LARGE, GROWS = "weight-scale-too-small", "weight-scale-too-large", "unscaled-residual-stack"
UNSELF, DULL = "selu-without-lecun", "sigmoid-hidden-stack"
BIG, MIDDLE, SIDE = (3, 64, 64), (3, 48, 48), (3, 32, 32)
BROKEN = [
    Changed("images", "Vgg19", drawn(XAVIER), "xavier-before-relu", VGG, IMAGE),
    Changed("images", "Vgg19", drawn("nn.init.normal_(m.weight, std=0.01)"), SMALL, VGG, IMAGE),
    Changed("images", "Vgg19", drawn("nn.init.normal_(m.weight, std=0.5)"), LARGE, VGG, IMAGE),
    Changed("images", "Vgg19", drawn("pass"), "default-init-deep-relu", VGG, IMAGE),
    Changed("images", "Vgg19", SIGMOIDS, DULL, VGG, IMAGE),
    Changed("images", "ResNet152", (NO_NORM,), GROWS, RESNET, MIDDLE, shallow=True),
    Changed("images", "ResNet152", (*NO_NORMS, (CONV, "nn.init.normal_(m.weight, std=0.005)")), SMALL, RESNET, MIDDLE),
    Changed("images", "ResNet152", (*NO_NORMS, *SIGMOIDS, *SMOOTH[1:2]), DULL, RESNET, MIDDLE),
    Changed("images", "DenseNet121", (NO_NORM, (DENSE, "nn.init.normal_(m.weight, std=0.005)")), SMALL, DENSENET, SIDE),
    Changed("images", "DenseNet121", (NO_NORM, *SMOOTH), DULL, DENSENET, SIDE),
    Changed("images", "EfficientNet", (NO_NORM,), "wrong-fan", EFFICIENTNET, BIG),
    Changed("images", "EfficientNet", (NO_NORM, (EFFICIENT, XAVIER)), "xavier-before-relu", EFFICIENTNET, BIG),
    Changed("images", "EfficientNet", (NO_NORM, (EFFICIENT, "pass")), "missing-norm", EFFICIENTNET, BIG),
    Changed(
        "images", "ConvNext", (*CONVNEXT, (TRUNCATED, "nn.init.trunc_normal_(m.weight, std=0.002)")), SMALL, DIMS, BIG
    ),
    Changed("images", "Fixup", NO_FIXUP, GROWS, {"channels": 48, "blocks": 8}, (3, 12, 12)),
    Changed("images", "Fixup", SMOOTH[1:2], DULL),
    Changed("images", "Generator", (NO_NORM, ("0.0, 0.02", "0.0, 0.002")), SMALL, {"width": 16}, (100, 1, 1)),
    Changed("images", "Generator", (NO_NORM, ("nn.ReLU(True)", "nn.Sigmoid()")), DULL, {"width": 16}, (100, 1, 1)),
    Changed("texts", "VitLarge", (*NO_LAYER_NORM, (TRUNCATED, XAVIER)), GROWS, VIT, BIG),
    Changed("texts", "BertLarge", (*NO_LAYER_NORM, ("std=0.02", "std=0.2")), GROWS, BERT, (16,), 300),
    Changed("texts", "T5", NO_RMS, GROWS, T5, (16,), 300),
    Changed("texts", "T5", ((" * self.width**-0.5, self.shared", ", self.shared"),), "tied-embedding-scale"),
    Changed("texts", "SeluNet", ((SELU, f"10 * {SELU}"),), UNSELF, SELUS, (64,)),
    Changed("texts", "SeluNet", ((SELU, f"0.1 * {SELU}"),), UNSELF, SELUS, (64,)),
    Changed("texts", "ReZero", (("torch.zeros(1)", "torch.ones(1)"),), GROWS, REZEROS, (32,)),
]
HARMLESS = [
    Changed("images", "ResNet152", ((CONV, XAVIER),), "", RESNET, MIDDLE),
    Changed("images", "ResNet152", ((CONV, f"{CONV}\n                m.weight.data.mul_(10)"),), "", RESNET, MIDDLE),
    Changed("images", "ResNet152", ((CONV, f"{CONV}\n                m.weight.data.mul_(0.1)"),), "", RESNET, MIDDLE),
    Changed("images", "DenseNet121", (NO_NORM,), "", DENSENET, SIDE),
    Changed("images", "DenseNet121", ((DENSE, XAVIER),), ""),
    Changed("images", "EfficientNet", ((EFFICIENT, XAVIER),), ""),
    Changed("images", "EfficientNet", ((EFFICIENT, "pass"),), "", EFFICIENTNET, BIG),
    Changed("images", "ConvNext", ((TRUNCATED, XAVIER),), "", DIMS, BIG),
    Changed("images", "ConvNext", (("scale=1e-6", "scale=1.0"),), "", DIMS, BIG),
    Changed("images", "Generator", (("0.0, 0.02", "0.0, 0.2"),), "", {"width": 16}, (100, 1, 1)),
    Changed("texts", "VitLarge", ((TRUNCATED, XAVIER),), "", VIT, BIG),
    Changed("texts", "VitLarge", ((TRUNCATED, "nn.init.trunc_normal_(m.weight, std=0.2)"),), "", VIT, BIG),
    Changed("texts", "Llama", (("std=0.02", "std=0.01"),), ""),
    Changed("texts", "BertLarge", (("nn.GELU()", "nn.Sigmoid()"),), "", BERT, (16,), 300),
]
