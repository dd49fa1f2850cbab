"""What an init leaves out on purpose."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class ResNetLike(nn.Module):
    """As in torchvision: the head keeps the default."""

    def __init__(self, c=16, k=10):
        super().__init__()
        self.c1 = nn.Conv2d(3, c, 3, padding=1, bias=False)
        self.n1 = nn.BatchNorm2d(c)
        self.c2 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.n2 = nn.BatchNorm2d(c)
        self.fc = nn.Linear(c, k)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, nn.BatchNorm2d):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)

    def forward(self, x):
        x = F.relu(self.n1(self.c1(x)))
        x = F.relu(x + self.n2(self.c2(x)))
        return self.fc(x.mean((2, 3)))


class Normalised(nn.Module):
    """The transposed convolutions are followed by norms."""

    def __init__(self, c=16):
        super().__init__()
        self.down = nn.Conv2d(3, c, 3, 2, 1)
        self.mid = nn.Conv2d(c, c, 3, 1, 1)
        self.up = nn.ConvTranspose2d(c, c, 4, 2, 1)
        self.norm = nn.BatchNorm2d(c)
        self.out = nn.Conv2d(c, 1, 1)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.out(F.relu(self.norm(self.up(F.relu(self.mid(F.relu(self.down(x))))))))


class OwnInit(nn.Module):
    """The recurrent layer has its own default; the embedding has its own init."""

    def __init__(self, v=100, d=16):
        super().__init__()
        self.emb = nn.Embedding(v, d)
        nn.init.normal_(self.emb.weight, 0, 0.1)
        self.rnn = nn.LSTM(d, d)
        self.fc1 = nn.Linear(d, d)
        self.fc2 = nn.Linear(d, v)
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.fc2(torch.tanh(self.fc1(self.rnn(self.emb(x))[0])))


class HeadApart(nn.Module):
    """Only the small policy head is set by hand."""

    def __init__(self, s=4, a=2, h=32):
        super().__init__()
        self.l1 = nn.Linear(s, h)
        self.l2 = nn.Linear(h, h)
        self.l3 = nn.Linear(h, a)
        self.l3.weight.data.uniform_(-3e-3, 3e-3)
        self.l3.bias.data.uniform_(-3e-3, 3e-3)

    def forward(self, x):
        return torch.tanh(self.l3(F.relu(self.l2(F.relu(self.l1(x))))))
