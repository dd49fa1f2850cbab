"""transformers' classes that build the model that belongs to a configuration: ``AutoModel.from_config(config)``.

Which model belongs to a configuration stands in the library's own tables, by the ``model_type`` of the configuration's
class. Its source lies beside that of the configuration; where that is not at hand, the model is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from initlint.interpret import attributes
from initlint.interpret.link import Namespace
from initlint.interpret.machine import Machine
from initlint.interpret.values import ClassValue, DictValue, Obj, Value
from initlint.ir.place import Place

_TABLES = "auto/modeling_auto.py"
_NOT_HANDED_ON = frozenset(
    {"config", "dtype", "torch_dtype", "attn_implementation", "experts_implementation", "trust_remote_code"}
)


def from_config(machine: Machine, name: str, config: Value, keywords: Mapping[str, Value], place: Place) -> Value:
    """The model that the automatic class builds of a configuration; the model's constructor takes the ``keywords``."""
    from initlint.interpret.calls import instantiate

    unknown = f"the model that `{name}` builds of this configuration"
    if not isinstance(config, Obj) or not isinstance(config.cls, ClassValue):
        return machine.unknown(unknown, place)
    kind = attributes.get(machine, config, "model_type", place)
    file = Path(config.cls.origin[0])
    tables = machine.project.namespace((file.parents[1] / _TABLES).as_posix()) if len(file.parents) > 1 else None
    beside = machine.project.namespace(file.with_name(file.name.replace("configuration_", "modeling_", 1)).as_posix())
    wanted = _table(machine, tables, name).get(kind) if tables is not None and isinstance(kind, str) else None
    if isinstance(wanted, tuple) and wanted:
        wanted = wanted[0]
    if beside is None or not isinstance(wanted, str):
        return machine.unknown(unknown, place)
    model = machine.module_name(beside, wanted)
    if not isinstance(model, ClassValue):
        return machine.unknown(unknown, place)
    given = {name: value for name, value in keywords.items() if name not in _NOT_HANDED_ON}
    return instantiate(machine, model, [_own_part(machine, model, config, place)], given, place)


def _own_part(machine: Machine, model: ClassValue, config: Obj, place: Place) -> Value:
    """The text part of a configuration, where that is what the model takes."""
    text = config.data.get("text_config")
    takes = attributes.get(machine, model, "config_class", place)
    return text if isinstance(text, Obj) and text.cls is takes else config


def _table(machine: Machine, tables: Namespace, name: str) -> dict[object, Value]:
    cls = machine.module_name(tables, name)
    if not isinstance(cls, ClassValue):
        return {}
    mapping = machine.resolve(cls.members.data.get("_model_mapping"))
    names = mapping.data.get("_model_mapping") if isinstance(mapping, Obj) else None
    return dict(names.data) if isinstance(names, DictValue) else {}
