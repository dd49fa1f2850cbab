"""Inits that do have their effect, though they look as if they had none."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def weights_init(m):
    """A helper for many models: it knows more kinds than this one has."""
    if isinstance(m, nn.Conv2d):
        nn.init.kaiming_normal_(m.weight)
    elif isinstance(m, nn.ConvTranspose2d):
        nn.init.normal_(m.weight, 0, 0.02)
    elif isinstance(m, nn.BatchNorm2d):
        nn.init.constant_(m.weight, 1)
        nn.init.constant_(m.bias, 0)
    elif isinstance(m, nn.Linear):
        nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")
        nn.init.zeros_(m.bias)


class Plain(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.b = nn.Linear(d, 1)
        self.apply(weights_init)

    def forward(self, x):
        return self.b(F.relu(self.a(x)))


class Views(nn.Module):
    """Views share memory: a slice, a transpose, a chunk, data, detach, contiguous of what is contiguous."""

    def __init__(self, d=16):
        super().__init__()
        self.lstm = nn.LSTM(d, d)
        self.fc = nn.Linear(d, d)
        self.emb = nn.Embedding(100, d, padding_idx=0)
        nn.init.xavier_uniform_(self.emb.weight.data[1:])
        nn.init.orthogonal_(self.fc.weight.t())
        for part in self.lstm.weight_hh_l0.chunk(4, 0):
            nn.init.orthogonal_(part)
        self.fc.bias.detach().fill_(0.1)
        n = self.lstm.bias_ih_l0.size(0)
        self.lstm.bias_ih_l0.data[n // 4: n // 2].fill_(1.0)

    def forward(self, x):
        return self.fc(self.lstm(self.emb(x))[0])


class ByParts(nn.Module):
    """A tensor is drawn apart and copied in."""

    def __init__(self, d=16, n=4):
        super().__init__()
        self.qkv = nn.Linear(d, 3 * d)
        parts = [nn.init.xavier_uniform_(torch.empty(d, d)) for _ in range(3)]
        self.qkv.weight.data.copy_(torch.cat(parts))
        w = torch.empty(d, d)
        nn.init.orthogonal_(w)
        self.mix = nn.Parameter(w)
        self.proto = nn.Linear(d, d)
        state = self.proto.state_dict()
        for key in state:
            state[key] = torch.randn_like(state[key]) * 0.02
        self.proto.load_state_dict(state)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, -1)
        return self.proto((q @ k.transpose(-2, -1)).softmax(-1) @ v @ self.mix)


class LoopInPlace(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.rnn = nn.GRU(d, d)
        for p in self.parameters():
            p = nn.init.uniform_(p, -0.1, 0.1)

    def forward(self, x):
        return self.rnn(x)[0]


class Options(nn.Module):
    """Which norm there is depends on an argument; so some tests may fail."""

    def __init__(self, d=8, norm="bn"):
        super().__init__()
        self.c1 = nn.Conv2d(3, d, 3, bias=norm is None)
        self.n1 = nn.BatchNorm2d(d) if norm == "bn" else nn.Identity()
        self.c2 = nn.Conv2d(d, d, 3, bias=False)
        self.n2 = nn.BatchNorm2d(d) if norm == "bn" else nn.Identity()
        self.fc = nn.Conv2d(d, 1, 1)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
                if m.bias is not None:
                    nn.init.zeros_(m.bias)
            elif isinstance(m, nn.GroupNorm):
                nn.init.ones_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.fc(F.relu(self.n2(self.c2(F.relu(self.n1(self.c1(x)))))))


class Children(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.act = nn.Sequential(nn.ReLU(), nn.Dropout(0.1))
        self.b = nn.Linear(d, 1)
        for m in self.children():
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")

    def forward(self, x):
        return self.b(self.act(self.a(x)))


class Opened(nn.Module):
    """Some of its layers come from elsewhere."""

    def __init__(self, blocks, d=8):
        super().__init__()
        self.stem = nn.Conv1d(1, d, 3)
        self.blocks = nn.Sequential(*blocks)
        self.out = nn.Conv1d(d, 1, 1)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)

    def forward(self, x):
        return self.out(self.blocks(torch.relu(self.stem(x))))
