"""from torch.nn import *: its classes, and the builtins as they were."""

from torch.nn import *  # noqa: F403


class Net(Module):  # noqa: F405
    def __init__(self):
        super(Net, self).__init__()  # noqa: UP008
        self.layers = ModuleList([Linear(n + 1, 2) for n in range(2)])  # noqa: F405
