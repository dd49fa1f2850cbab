import torch.nn as nn


class Plain(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)


_blocks = {"plain": Plain}


def register_block(kind, block):
    _blocks[kind] = block


def make_block(kind, **kwargs):
    assert kind in _blocks, f"unknown block {kind}"
    return _blocks[kind](**kwargs)


class Net(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.blocks = nn.ModuleList([make_block(kind, width=6) for kind in kinds])
