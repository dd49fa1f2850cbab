"""A diffusion U-Net with group norm and zero_module on each branch and on the output."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def zero_module(module):
    for p in module.parameters():
        p.detach().zero_()
    return module


def normalization(channels):
    return nn.GroupNorm(8, channels)


class ResBlock(nn.Module):
    def __init__(self, channels, emb_channels, out_channels=None):
        super().__init__()
        out_channels = out_channels or channels
        self.in_layers = nn.Sequential(normalization(channels), nn.SiLU(), nn.Conv2d(channels, out_channels, 3, padding=1))
        self.emb_layers = nn.Sequential(nn.SiLU(), nn.Linear(emb_channels, out_channels))
        self.out_layers = nn.Sequential(
            normalization(out_channels), nn.SiLU(), nn.Dropout(p=0.1),
            zero_module(nn.Conv2d(out_channels, out_channels, 3, padding=1)),
        )
        self.skip_connection = nn.Identity() if out_channels == channels else nn.Conv2d(channels, out_channels, 1)

    def forward(self, x, emb):
        h = self.in_layers(x)
        h = h + self.emb_layers(emb)[:, :, None, None]
        return self.skip_connection(x) + self.out_layers(h)


class UNet(nn.Module):
    def __init__(self, ch=32, emb=64):
        super().__init__()
        self.time_embed = nn.Sequential(nn.Linear(ch, emb), nn.SiLU(), nn.Linear(emb, emb))
        self.stem = nn.Conv2d(3, ch, 3, padding=1)
        self.down = nn.ModuleList([ResBlock(ch, emb), ResBlock(ch, emb, ch * 2)])
        self.mid = ResBlock(ch * 2, emb)
        self.up = nn.ModuleList([ResBlock(ch * 4, emb, ch), ResBlock(ch * 2, emb, ch)])
        self.out = nn.Sequential(normalization(ch), nn.SiLU(), zero_module(nn.Conv2d(ch, 3, 3, padding=1)))

    def forward(self, x, t):
        emb = self.time_embed(t)
        hs = []
        h = self.stem(x)
        for m in self.down:
            h = m(h, emb)
            hs.append(h)
        h = self.mid(h, emb)
        for m in self.up:
            h = m(torch.cat([h, hs.pop()], dim=1), emb)
        return self.out(h)


def example():
    return UNet()(torch.rand(4, 3, 8, 8), torch.randn(4, 32))
