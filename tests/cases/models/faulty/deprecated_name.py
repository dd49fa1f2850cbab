import torch.nn as nn
import torch.nn.init as init


class Fire(nn.Module):
    def __init__(self, i, s, e):
        super().__init__()
        self.squeeze = nn.Conv2d(i, s, 1)
        self.expand = nn.Conv2d(s, e, 3, padding=1)
        self.act = nn.ReLU(inplace=True)
        init.kaiming_uniform(self.squeeze.weight)  # expect: deprecated-init
        init.kaiming_uniform_(self.expand.weight)

    def forward(self, x):
        return self.act(self.expand(self.act(self.squeeze(x))))
