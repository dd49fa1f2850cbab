"""`Variable(x)` has been x itself since PyTorch 0.4."""

import torch.nn.functional as F
from torch import nn
from torch.autograd import Variable


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 64)
        self.fc2 = nn.Linear(64, 64)
        self.fc3 = nn.Linear(64, 2)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)  # expect-info: xavier-before-relu

    def forward(self, x):
        x = Variable(x)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))
