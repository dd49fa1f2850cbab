class Registry:
    def __init__(self, name):
        self._name = name
        self._module_dict = {}

    def get(self, key):
        return self._module_dict.get(key)

    def register_module(self, name=None):
        def _register(cls):
            self._module_dict[name or cls.__name__] = cls
            return cls

        return _register

    def build(self, cfg):
        args = dict(cfg)
        kind = args.pop("type")
        cls = self.get(kind)
        if cls is None:
            raise KeyError(f"{kind} is not in the {self._name} registry")
        return cls(**args)


MODELS = Registry("models")


def create(cfg):
    return MODELS.build(cfg)
