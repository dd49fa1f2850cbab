"""Named tuples with a `__new__` of their own that describe columns, told apart by `isinstance`."""

from collections import namedtuple

import torch
from torch import nn


class SparseFeat(namedtuple("SparseFeat", ["name", "vocabulary_size", "embedding_dim", "embedding_name"])):
    __slots__ = ()

    def __new__(cls, name, vocabulary_size, embedding_dim=4, embedding_name=None):
        if embedding_name is None:
            embedding_name = name
        if embedding_dim == "auto":
            embedding_dim = 6 * int(pow(vocabulary_size, 0.25))
        return super(SparseFeat, cls).__new__(cls, name, vocabulary_size, embedding_dim, embedding_name)


DenseFeat = namedtuple("DenseFeat", "name dimension")


def embeddings(columns, init_std=0.0001, linear=False):
    sparse = list(filter(lambda each: isinstance(each, SparseFeat), columns)) if len(columns) else []
    made = nn.ModuleDict(
        {each.embedding_name: nn.Embedding(each.vocabulary_size, 1 if linear else each.embedding_dim) for each in sparse}
    )
    for table in made.values():
        nn.init.normal_(table.weight, mean=0, std=init_std)
    return made


class Net(nn.Module):
    def __init__(self, columns, hidden=16):
        super().__init__()
        self.embedding_dict = embeddings(columns)
        self.linear = embeddings(columns, linear=True)
        dense = sum(map(lambda each: each.dimension, [each for each in columns if isinstance(each, DenseFeat)]))
        width = sum(each.embedding_dim for each in columns if isinstance(each, SparseFeat)) + dense
        self.dnn = nn.Linear(width, hidden)
        self.bias = nn.Parameter(torch.zeros((1,)))


def build():
    return Net([SparseFeat("user", 20), SparseFeat("item", 81, "auto"), DenseFeat("price", 1), DenseFeat("age", 2)])
