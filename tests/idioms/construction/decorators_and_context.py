"""Decorators of constructors and classes, context managers around them, `contextlib.suppress`."""

import contextlib
import functools

import torch
import torch.nn as nn


def register_to_config(init):
    @functools.wraps(init)
    def inner_init(self, *args, **kwargs):
        init_kwargs = {k: v for k, v in kwargs.items() if not k.startswith("_")}
        init(self, *args, **init_kwargs)

    return inner_init


def add_docstring(text):
    def decorator(cls):
        cls.__doc__ = text
        return cls

    return decorator


@contextlib.contextmanager
def default_dtype(dtype):
    old = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(old)


@add_docstring("A net.")
class Net(nn.Module):
    @register_to_config
    def __init__(self, width=16, *, out=24):
        super().__init__()
        with default_dtype(torch.float32):
            self.fc = nn.Linear(width, out)
        with contextlib.suppress(ValueError), torch.no_grad():
            self.fc.weight.normal_(0, 0.1)
        self.fit()

    @torch.no_grad()
    def fit(self):
        self.fc.bias.fill_(0.5)


def build():
    return Net(width=20)
