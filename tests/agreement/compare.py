"""Compares the static model of a source with the module that torch builds of it: parameters and their distributions."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import nn

from initlint.interpret import roots
from initlint.interpret.calls import call
from initlint.interpret.link import Project
from initlint.interpret.machine import Machine
from initlint.interpret.models import freeze
from initlint.interpret.roots import NotRead, read_file
from initlint.interpret.values import Obj
from initlint.ir.initializer import Initializer
from initlint.ir.model import Model, Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# Standard errors by which a measured mean or spread may differ from the stated one: some thousand comparisons are made
# with fixed seeds, so that 5 are not reached by chance.
_ERRORS = 5.0
_FEW = 60
# How many elements of one parameter are looked at.
_MOST = 100_000
# From how many elements on the largest of them tells a uniform from a normal distribution.
_ENOUGH = 2000
_ROUNDING = 1e-6
_FAR = 12.0
_FEW_CLIPPED = 2


def static_model(path: str, name: str, arguments: Mapping[str, object] | None = None) -> Model:
    """What initlint makes of calling ``name``, a class or a function of a file."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))
    project = Project()
    namespace = project.namespace(path)
    assert namespace is not None, path
    machine = Machine(project)
    target = machine.module_name(namespace, name)
    place = Place(path, 0, 0)
    with machine.scratch():
        built = call(machine, target, [], dict(arguments or {}), place)
        assert isinstance(built, Obj), f"{name} gives {built}"
        return freeze(machine, built, place, False, roots._forward(machine, built))


def site_model(path: str, class_name: str) -> Model:
    """The model that the file's own top level builds of a class."""
    project = Project()
    found = [each for each in read_file(project, path, every_class=True) if each.name == class_name]
    sites = [each for each in found if not isinstance(each, NotRead) and not each.standalone]
    assert len(sites) == 1, found
    return sites[0]


@dataclass
class Comparison:
    """What was compared: counts, and a line for each disagreement. ``unknown`` are the names of parameters whose
    initialiser the static model does not know, ``missing`` those that it does not have."""

    parameters: int = 0
    shapes: int = 0
    initializers: int = 0
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.parameters} parameters, {self.shapes} shapes right, {self.initializers} initialisers right, "
            f"{len(self.unknown)} unknown, {len(self.missing)} missing, {len(self.wrong)} wrong"
        )


def live_modules(build: Callable[[], nn.Module], seeds: Sequence[int] = (0, 1, 2)) -> list[nn.Module]:
    """The module, built once for each seed."""
    built = []
    for seed in seeds:
        torch.manual_seed(seed)
        built.append(build())
    return built


def compare(model: Model, live: Sequence[nn.Module]) -> Comparison:
    """Compare names, shapes, trainability, means, spreads and families, pooled over the seeds."""
    result = Comparison()
    static = {parameter.name: parameter for parameter in model.parameters if not parameter.buffer}
    for name, first in live[0].named_parameters():
        result.parameters += 1
        parameter = static.pop(name, None)
        if parameter is None:
            result.missing.append(name)
            continue
        _compare_shape(parameter, first, result)
        if parameter.trainable != first.requires_grad:
            result.wrong.append(f"{name}: trainable {parameter.trainable}, live {first.requires_grad}")
        values = torch.cat([_sample(_drawn(module, name)) for module in live])
        problem = _initializer_problem(parameter, values, result) if values.numel() else None
        if problem:
            result.wrong.append(f"{name}: {problem}")
    result.wrong += [f"{name}: torch has no such parameter" for name in static if not _nameless(name)]
    _compare_buffers(model, live[0], result)
    return result


def _nameless(name: str) -> bool:
    """Whether the name holds a stand-in for a part that is not known, as the second of an unknown number of modules."""
    return any(part.startswith("<") for part in name.split("."))


def _drawn(module: nn.Module, name: str) -> torch.Tensor:
    """A parameter without the row of an embedding that stands for padding, which is zero by its documentation."""
    path, _, last = name.rpartition(".")
    owner, tensor = module.get_submodule(path), module.get_parameter(name)
    padding = getattr(owner, "padding_idx", None)
    if not isinstance(owner, nn.Embedding) or last != "weight" or padding is None:
        return tensor
    return torch.cat([tensor[:padding], tensor[padding + 1 :]])


def _sample(tensor: torch.Tensor) -> torch.Tensor:
    """Elements spread over the tensor; the odd step visits all rows and columns of those with even sizes."""
    flat = tensor.detach().flatten()
    return flat[:: max(1, flat.numel() // _MOST) | 1].double()


def _compare_shape(parameter: Parameter, live: torch.Tensor, result: Comparison) -> None:
    shape = parameter.shape
    if isinstance(shape, Unknown) or not all(isinstance(size, int) for size in shape):
        result.unknown.append(f"{parameter.name} (shape)")
    elif tuple(shape) == tuple(live.shape):
        result.shapes += 1
    else:
        result.wrong.append(f"{parameter.name}: shape {shape}, live {tuple(live.shape)}")


def _compare_buffers(model: Model, live: nn.Module, result: Comparison) -> None:
    names = {name for name, _ in live.named_buffers()}
    extra = [parameter.name for parameter in model.parameters if parameter.buffer and parameter.name not in names]
    extra = [name for name in extra if not _nameless(name)]
    result.wrong += [f"{name}: torch has no such buffer" for name in extra]


def _initializer_problem(parameter: Parameter, values: torch.Tensor, result: Comparison) -> str | None:
    initializer = parameter.initializer
    if initializer is None or not all(isinstance(n, (int, float)) for n in (initializer.mean, initializer.std)):
        result.unknown.append(parameter.name)
        return None
    problem = distribution_problem(initializer, values)
    result.initializers += problem is None
    return problem


def distribution_problem(initializer: Initializer, values: torch.Tensor) -> str | None:
    """How the values differ from the distribution, beyond what sampling explains; None where they do not."""
    mean, std = initializer.mean, initializer.std
    assert isinstance(mean, (int, float)) and isinstance(std, (int, float))
    if initializer.family == "truncated_normal":
        values = _without_clipped(values, mean, std)
    count = values.numel()
    found_mean = values.mean().item()
    found_std = (values - mean).square().mean().sqrt().item()
    stated = f"{initializer.call}: mean {mean:.4g} std {std:.4g}, live mean {found_mean:.4g} std {found_std:.4g}"
    if std == 0:
        exact = (values - mean).abs().max().item() <= _ROUNDING * max(1.0, abs(mean))
        return None if exact else stated
    # The relative standard error of a sample's std is sqrt((kurtosis − 1)/4n); a normal's kurtosis is 3, the largest
    # here but for sparse, eye and dirac, whose spread is exact. It holds for many elements; few say little.
    spread = _ERRORS * std * math.sqrt(0.5 / count) + _ROUNDING * std
    if abs(found_mean - mean) > _ERRORS * std / math.sqrt(count) + _ROUNDING * std:
        return stated
    if count >= _FEW and abs(found_std - std) > spread:
        return stated
    return _family_problem(initializer.family, values - mean, std)


def _without_clipped(values: torch.Tensor, mean: float, std: float) -> torch.Tensor:
    """Without the one element in some 2²⁴ for which trunc_normal_ draws the very end of its interval, whose inverse
    error function is infinite, so that it is clipped to a bound far from all others."""
    far = (values - mean).abs() > _FAR * std
    return values[~far] if 0 < int(far.sum()) <= _FEW_CLIPPED else values


def _family_problem(family: str, centred: torch.Tensor, std: float) -> str | None:
    largest = centred.abs().max().item() / std
    edge = math.sqrt(3)
    if family == "uniform" and largest > edge * 1.0001:
        return f"uniform, but the largest element is {largest:.3g} std from the mean"
    if family in {"normal", "truncated_normal"} and centred.numel() >= _ENOUGH and largest < edge * 1.1:
        return f"{family}, but the largest element is only {largest:.3g} std from the mean"
    return None
