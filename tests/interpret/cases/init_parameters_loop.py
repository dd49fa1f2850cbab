"""Loops over parameters() and named_parameters(), with tests of dim, size and name."""

from torch import nn


class Dims(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(30, 40)
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.LayerNorm(4)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
            else:
                p.data.zero_()


class Shapes(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(30, 40)
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.LayerNorm(4)
        for p in self.parameters():
            if len(p.shape) == 4:
                nn.init.constant_(p, 1)
            elif p.ndim == 2:
                nn.init.constant_(p, 2)
            elif p.shape[0] == 4 and len(p.size()) == 1:
                nn.init.constant_(p, 3)
            else:
                nn.init.uniform_(p, -(p.size(0) ** -0.5), p.size(0) ** -0.5)


class Names(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(20, 30)
        self.head = nn.ModuleDict({"out": nn.Linear(30, 2)})
        for name, p in self.named_parameters():
            if "weight_ih" in name:
                nn.init.xavier_uniform_(p)
            elif name.startswith("lstm.weight_hh"):
                nn.init.orthogonal_(p)
            elif name.endswith(".bias") or name.split(".")[-1].startswith("bias"):
                nn.init.zeros_(p)
            elif name == "head.out.weight":
                nn.init.ones_(p)
        for name, p in self.lstm.named_parameters():
            if name in ("bias_hh_l0",):
                p.data.fill_(1.0)
