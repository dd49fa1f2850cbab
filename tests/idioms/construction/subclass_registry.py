"""A registry that `__init_subclass__` fills, abstract properties, class methods that build, and an init by `match`."""

from abc import ABC, abstractmethod

from torch import nn


class InitMixin:
    init_std = 0.05

    def init_weights(self):
        for m in self.modules():
            match m:
                case nn.Linear():
                    nn.init.trunc_normal_(m.weight, std=self.init_std)
                    if m.bias is not None:
                        nn.init.zeros_(m.bias)
                case _:
                    pass
        return self


class Backbone(nn.Module, ABC):
    REGISTRY = {}

    def __init_subclass__(cls, name=None, **options):
        super().__init_subclass__(**options)
        if name:
            Backbone.REGISTRY[name] = cls

    @property
    @abstractmethod
    def out_dim(self): ...

    @classmethod
    def from_name(cls, name, **options):
        return cls.REGISTRY[name](**options)


class MLPBackbone(InitMixin, Backbone, name="mlp"):
    init_std = 0.03

    def __init__(self, dim, hidden=(32, 48), norm=nn.LayerNorm, act=nn.GELU):
        super().__init__()
        self._dims = [dim, *hidden]
        pairs = zip(self._dims, self._dims[1:])
        self.net = nn.Sequential(*(nn.Sequential(nn.Linear(a, b), norm(b), act()) for a, b in pairs))

    @property
    def out_dim(self):
        return self._dims[-1]


class Model(InitMixin, nn.Module):
    def __init__(self, backbone="mlp", dim=20, classes=5, **options):
        super().__init__()
        self.backbone = Backbone.from_name(backbone, dim=dim, **options)
        heads = {"cls": classes, "box": 4}.items()
        self.heads = nn.ModuleDict({key: nn.Linear(self.backbone.out_dim, count) for key, count in heads})
        self.init_weights()
        self.backbone.init_weights()


def build():
    return Model(hidden=[32, 32, 40])
