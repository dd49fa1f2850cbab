"""What transformers' models return: read by the interpreter, never imported.

A dataclass whose fields are the items of a dict and of a tuple, those that are None left out.
Source: utils/generic.ModelOutput of transformers 5.
"""

from collections import OrderedDict
from dataclasses import fields


class ModelOutput(OrderedDict):
    def keys(self):
        return [field.name for field in fields(self) if getattr(self, field.name) is not None]

    def values(self):
        return list(self.to_tuple())

    def items(self):
        return [(name, getattr(self, name)) for name in self.keys()]

    def get(self, key, default=None):
        value = getattr(self, key, None)
        return value if value is not None else default

    def to_tuple(self):
        return tuple(getattr(self, name) for name in self.keys())

    def __getitem__(self, key):
        return getattr(self, key) if isinstance(key, str) else self.to_tuple()[key]

    def __setitem__(self, key, value):
        setattr(self, key, value)

    def __contains__(self, key):
        return getattr(self, key, None) is not None

    def __len__(self):
        return len(self.to_tuple())
