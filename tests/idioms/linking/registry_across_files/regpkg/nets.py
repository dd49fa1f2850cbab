import torch.nn as nn

from .registry import create, register


class Net(nn.Module):
    def __init__(self, width, head):
        super().__init__()
        self.fc = nn.Linear(12, width)
        self.head = create(head, width=width)


@register()
def tiny(width=16, **kwargs):
    return Net(width, kwargs.pop("head", "linear_head"))
