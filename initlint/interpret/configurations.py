"""Dictionaries of settings as configuration libraries have them: OmegaConf, ml_collections, yacs, EasyDict, hydra.

What the program itself writes down is known; what it reads from a file or a command line is symbols, and where such
values are merged over written ones, the written ones stand, as an argument parser's defaults do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from initlint.interpret.values import (
    Argument,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    ListValue,
    Obj,
    Value,
)  # fmt: skip
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine

Handler = Callable[["Machine", list[Value], dict[str, Value], Place], Value]

_COPIES = frozenset({"clone", "copy_and_resolve_references", "copy", "to_dict"})
_LEAVE = frozenset({"freeze", "defrost", "lock", "unlock", "merge_from_file", "merge_from_list", "set_new_allowed"})
_MERGES = frozenset({"merge_from_other_cfg", "update"})
METHODS = _COPIES | _LEAVE | _MERGES
_DEEPEST = 20


class Configuration(DictValue):
    """A dict of settings that are attributes, too."""

    __slots__ = ()


def method(machine: Machine, held: Configuration, name: str, positional: Sequence[Value]) -> Value:
    """One of :data:`METHODS`."""
    if name in _COPIES:
        return _copied(held)
    if name in _MERGES:
        for other in positional:
            _merge(machine, held, other)
    return None


def _copied(value: Value, depth: int = 0) -> Value:
    """Settings within settings, those of plain dicts included; a copy."""
    if isinstance(value, DictValue) and depth < _DEEPEST:
        return Configuration({key: _copied(item, depth + 1) for key, item in value.data.items()}, value.open)
    if isinstance(value, ListValue) and len(value.data) == 1 and depth < _DEEPEST:
        return ListValue(tuple(_copied(item, depth + 1) for item in value.items), value.kind)
    return value


def _merge(machine: Machine, held: DictValue, other: Value, depth: int = 0) -> None:
    """Write another's settings over those that are held; both keep what only they have."""
    if isinstance(other, Obj):
        other = DictValue({key: item for key, item in other.data.items() if isinstance(key, str)})
    if not isinstance(other, DictValue):
        held.open = True
        return
    held.open |= other.open
    for key, item in other.data.items():
        mine = held.data.get(key)
        if isinstance(mine, DictValue) and isinstance(item, DictValue) and depth < _DEEPEST:
            _merge(machine, mine, item, depth + 1)
        elif not isinstance(item, (Unknown, Argument)) or mine is None:
            machine.write(held, key, _copied(item))


def _create(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    given = positional[0] if positional else keywords.pop("obj", DictValue())
    if isinstance(given, (str, External, Unknown, Argument)):
        return Configuration({}, open_=True)  # the text of a file
    if isinstance(given, ListValue):
        return _copied(given)
    if isinstance(given, (ClassValue, Obj)):
        return _structured(machine, [given], {}, place)
    made = Configuration()
    for source in (given, DictValue(keywords)):
        _merge(machine, made, source)
    return made


def _structured(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """An instance of a dataclass stands for its own settings."""
    from initlint.interpret.calls import call

    given = positional[0] if positional else Unknown("no settings")
    return call(machine, given, [], {}, place) if isinstance(given, ClassValue) else given


def _merged(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    made = Configuration()
    for source in positional:
        _merge(machine, made, source)
    return made


def _loaded(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return Configuration({}, open_=True)


def _same(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return positional[0] if positional else None


def _instantiate(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``hydra.utils.instantiate``: call what ``_target_`` names with the other settings, inner ones first."""
    from initlint.interpret.calls import call
    from initlint.interpret.library_calls import LIBRARY

    settings = positional[0] if positional else keywords.pop("config", None)
    if not isinstance(settings, DictValue) or settings.open or not isinstance(settings.data.get("_target_"), str):
        return machine.unknown("what hydra makes of settings that are not known", place)
    given = {key: item for key, item in settings.data.items() if isinstance(key, str)} | keywords
    target = _target(machine, str(given.pop("_target_")), place)
    is_partial = given.pop("_partial_", False) is True
    recursive = given.pop("_recursive_", True) is not False
    given.pop("_convert_", None)
    if recursive:
        given = {key: _inner(machine, item, place) for key, item in given.items()}
    if is_partial:
        return LIBRARY["functools.partial"](machine, [target, *positional[1:]], given, place)
    return call(machine, target, positional[1:], given, place)


def _inner(machine: Machine, value: Value, place: Place) -> Value:
    if isinstance(value, DictValue) and "_target_" in value.data:
        return _instantiate(machine, [value], {}, place)
    return value


def _target(machine: Machine, dotted: str, place: Place) -> Value:
    """The class or function of a dotted name."""
    module, _, name = dotted.rpartition(".")
    importer = machine.project.namespace(place.path)
    if importer is None or not module:
        return Unknown(f"`{dotted}`")
    found = importer if module == importer.module else machine.project.find(importer, module, 0)
    if isinstance(found, External):
        return External(dotted)
    value = machine.module_name(found, name)
    return value if isinstance(value, (ClassValue, FunctionValue, External)) else Unknown(f"`{dotted}`")


_DICTS = (
    "omegaconf.OmegaConf.create", "omegaconf.DictConfig", "easydict.EasyDict", "addict.Dict", "munch.Munch",
    "munch.munchify", "box.Box", "ml_collections.ConfigDict", "ml_collections.config_dict.ConfigDict",
    "ml_collections.config_dict.create", "ml_collections.FrozenConfigDict", "yacs.config.CfgNode",
    "fvcore.common.config.CfgNode", "detectron2.config.CfgNode", "mmengine.ConfigDict", "mmengine.config.ConfigDict",
    "mmengine.Config", "mmengine.config.Config", "mmcv.Config", "mmcv.ConfigDict",
)  # fmt: skip
CONFIGURATIONS: dict[str, Handler] = {
    **dict.fromkeys(_DICTS, _create),
    "omegaconf.OmegaConf.structured": _structured,
    "omegaconf.OmegaConf.merge": _merged,
    "omegaconf.OmegaConf.unsafe_merge": _merged,
    "omegaconf.OmegaConf.load": _loaded,
    "omegaconf.OmegaConf.from_cli": _loaded,
    "omegaconf.OmegaConf.from_dotlist": _loaded,
    "omegaconf.OmegaConf.to_container": _same,
    "omegaconf.OmegaConf.to_object": _same,
    "mmengine.Config.fromfile": _loaded,
    "mmengine.config.Config.fromfile": _loaded,
    "mmcv.Config.fromfile": _loaded,
    "hydra.utils.instantiate": _instantiate,
    "hydra.utils.call": _instantiate,
}
