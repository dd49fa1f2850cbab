_ENTRY = {}


def register(name=None):
    def wrap(fn):
        _ENTRY[name or fn.__name__] = fn
        return fn

    return wrap


def create(name, **kwargs):
    if name not in _ENTRY:
        raise KeyError(name)
    return _ENTRY[name](**kwargs)


def list_models():
    return sorted(_ENTRY)
