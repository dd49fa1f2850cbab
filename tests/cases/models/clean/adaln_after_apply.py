import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.norm = nn.LayerNorm(d, elementwise_affine=False)
        self.mlp = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(approximate="tanh"), nn.Linear(4 * d, d))
        self.adaLN_modulation = nn.Sequential(nn.SiLU(), nn.Linear(d, 3 * d))

    def forward(self, x, c):
        s, b, g = self.adaLN_modulation(c).chunk(3, dim=1)
        return x + g[:, None] * self.mlp(self.norm(x) * (1 + s[:, None]) + b[:, None])


class Denoiser(nn.Module):
    def __init__(self, d=256, depth=8, c=8):
        super().__init__()
        self.inp = nn.Linear(c, d)
        self.t = nn.Sequential(nn.Linear(256, d), nn.SiLU(), nn.Linear(d, d))
        self.blocks = nn.ModuleList([Block(d) for _ in range(depth)])
        self.out = nn.Linear(d, c)
        self.initialize_weights()

    def initialize_weights(self):
        def _basic_init(m):
            if isinstance(m, nn.Linear):
                torch.nn.init.xavier_uniform_(m.weight)
                if m.bias is not None:
                    nn.init.constant_(m.bias, 0)

        self.apply(_basic_init)
        nn.init.normal_(self.t[0].weight, std=0.02)
        nn.init.normal_(self.t[2].weight, std=0.02)
        for b in self.blocks:
            nn.init.constant_(b.adaLN_modulation[-1].weight, 0)
            nn.init.constant_(b.adaLN_modulation[-1].bias, 0)
        nn.init.constant_(self.out.weight, 0)
        nn.init.constant_(self.out.bias, 0)

    def forward(self, x, t_emb):
        c = self.t(t_emb)
        x = self.inp(x)
        for b in self.blocks:
            x = b(x, c)
        return self.out(x)
