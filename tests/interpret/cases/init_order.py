"""The last write wins; what does not exist yet is not written."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        nn.init.ones_(self.a.weight)
        nn.init.zeros_(self.a.weight)
        self.b = nn.Linear(4, 4)
        self.init()
        nn.init.constant_(self.b.weight, 3)
        self.c = nn.Linear(4, 4)
        self.d = nn.Linear(4, 4)
        nn.init.ones_(self.d.weight)
        self.d = nn.Linear(4, 5)
        old = self.a.weight
        self.a.weight = nn.Parameter(self.a.weight.data.clone().fill_(9))
        nn.init.constant_(old, 8)

    def init(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.constant_(m.weight, 5)


class Child(Net):
    def __init__(self):
        super().__init__()
        self.late = nn.Linear(2, 2)
        self.init()
        self.later = nn.Linear(2, 2)
