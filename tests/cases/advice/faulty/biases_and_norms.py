# select: IL210,IL211,IL504,IL512,IL513
import torch
import torch.nn as nn


def conv_bn(i, o):
    return nn.Sequential(nn.Conv1d(i, o, 5, padding=2), nn.BatchNorm1d(o), nn.ReLU())  # expect-info: bias-before-norm


class Audio(nn.Module):
    def __init__(self, mels=80, c=64, classes=35):
        super().__init__()
        self.front = nn.Sequential(conv_bn(mels, c), conv_bn(c, c))
        self.lstm = nn.LSTM(c, 512, batch_first=True)  # expect-info: recurrent-not-orthogonal, # expect-info: closed-forget-gate
        self.fc = nn.Linear(512, 128)
        self.out = nn.Linear(128, classes)
        nn.init.kaiming_normal_(self.fc.weight, nonlinearity="relu")
        self.fc.bias.data.fill_(0.1)  # expect-info: biased-init

    def forward(self, x):
        h, _ = self.lstm(self.front(x).transpose(1, 2))
        return self.out(torch.relu(self.fc(h[:, -1])))


class Sparse(nn.Module):
    def __init__(self, d=256):
        super().__init__()
        self.enc = nn.Linear(d, 4 * d)
        self.dec = nn.Linear(4 * d, d)
        nn.init.xavier_normal_(self.enc.weight)
        nn.init.constant_(self.enc.bias, -5.0)  # expect: dead-at-birth, # expect-info: biased-init
        nn.init.xavier_normal_(self.dec.weight)

    def forward(self, x):
        return self.dec(torch.relu(self.enc(x)))


class Glorot(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.gru = nn.GRU(d, d)
        for name, p in self.gru.named_parameters():
            if "weight_hh" in name:
                nn.init.xavier_uniform_(p)  # expect-info: recurrent-not-orthogonal

    def forward(self, x):
        return self.gru(x)[0]
