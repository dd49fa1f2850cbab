import torch
import torch.nn as nn


class UNet1d(nn.Module):
    def __init__(self, ch=(1, 32, 64, 128)):
        super().__init__()
        downs, ups = [], []
        for i, o in zip(ch[:-1], ch[1:]):
            downs.append(nn.Sequential(nn.Conv1d(i, o, 4, 2, 1), nn.BatchNorm1d(o), nn.ReLU()))
            ups.insert(0, nn.Sequential(nn.ConvTranspose1d(o, i, 4, 2, 1), nn.BatchNorm1d(i), nn.ReLU()))
        self.downs = nn.ModuleList(downs)
        self.ups = nn.ModuleList(ups)
        self.layer_list = list(self.downs) + list(self.ups)

    def forward(self, x):
        for m in self.layer_list:
            x = m(x)
        return x
