from .linear import MyLinear
