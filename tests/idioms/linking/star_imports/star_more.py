from star_layers import *

DEPTH = 3


def stack(dim):
    return [Wide(dim) for _ in range(DEPTH)]
