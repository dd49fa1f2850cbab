"""A fixed sample of the comparison with live models of real libraries; ``make agreement`` compares all."""

from __future__ import annotations

import pytest

from tests.agreement.real.examine import examine
from tests.agreement.real.libraries import candidates, define_torchvision_operators

define_torchvision_operators()
pytest.importorskip("timm")
pytest.importorskip("torchvision")
pytest.importorskip("transformers")

_SAMPLE = {
    "torchvision": ("resnet18", "mobilenet_v3_small", "fcos_resnet50_fpn"),
    "timm": ("hgnetv2_b1", "test_vit"),
    "transformers": ("BertModel", "LlamaModel", "ViTModel"),
}


@pytest.mark.parametrize(("library", "name"), [(library, name) for library in _SAMPLE for name in _SAMPLE[library]])
def test_what_is_known_of_a_real_model_is_right(library: str, name: str) -> None:
    candidate = next(each for each in candidates((library,)) if each.name == name)
    found = examine(candidate)
    assert not found.failure
    assert found.comparison.wrong == []
    assert found.comparison.unknown == found.comparison.missing == []
    assert found.comparison.parameters > 20
