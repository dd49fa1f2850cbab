"""One factor zero is right; seeds outside of loops; halves that are filled elsewhere."""
import math

import torch
import torch.nn as nn


class LoRA(nn.Module):
    def __init__(self, i=32, o=32, r=4):
        super().__init__()
        self.lin = nn.Linear(i, o)
        self.A = nn.Parameter(torch.zeros(r, i))
        self.B = nn.Parameter(torch.zeros(o, r))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.A, a=math.sqrt(5))
        nn.init.zeros_(self.B)

    def forward(self, x):
        return self.lin(x) + x @ self.A.T @ self.B.T


class ReZero(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(d, d), nn.ReLU(), nn.Linear(d, d))
        self.alpha = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x + self.alpha * self.f(x)


class AdaLN(nn.Module):
    """Shift, scale and gate start at zero; what they gate does not."""

    def __init__(self, d=32):
        super().__init__()
        self.norm = nn.LayerNorm(d, elementwise_affine=False)
        self.mod = nn.Sequential(nn.SiLU(), nn.Linear(d, 3 * d))
        self.mlp = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))
        nn.init.zeros_(self.mod[-1].weight)
        nn.init.zeros_(self.mod[-1].bias)

    def forward(self, x, c):
        shift, scale, gate = self.mod(c).chunk(3, -1)
        return x + gate * self.mlp(self.norm(x) * (1 + scale) + shift)


class Film(nn.Module):
    """γ and β zero, around one."""

    def __init__(self, d=32):
        super().__init__()
        self.film = nn.Linear(d, 2 * d)
        self.f = nn.Linear(d, d)
        nn.init.zeros_(self.film.weight)
        nn.init.zeros_(self.film.bias)

    def forward(self, x, c):
        g, b = self.film(c).chunk(2, -1)
        return torch.relu(self.f(x) * (1 + g) + b)


class Seeded(nn.Module):
    def __init__(self, d=8, n=3, seed=0):
        super().__init__()
        torch.manual_seed(seed)
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(n)])
        self.noise = []
        for i in range(n):
            torch.manual_seed(seed + i)
            self.noise.append(torch.randn(d))

    def forward(self, x):
        for l, n in zip(self.layers, self.noise):
            x = torch.tanh(l(x) + n)
        return x


class Quantised(nn.Module):
    """Both are filled: the bias through a loop over the parameters."""

    def __init__(self, i=8, o=8):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(o, i))
        self.bias = nn.Parameter(torch.empty(o))
        self.reset_parameters()

    def reset_parameters(self):
        s = 1 / math.sqrt(self.weight.size(1))
        for p in self.parameters():
            p.data.uniform_(-s, s)

    def forward(self, x):
        return x @ self.weight.t() + self.bias


class ZeroAll(nn.Module):
    """Fixup's branch: the last layer is zero and so is the scale in front of it, which a bias wakes."""

    def __init__(self, d=32):
        super().__init__()
        self.f1 = nn.Linear(d, d)
        self.f2 = nn.Linear(d, d)
        self.gate = nn.Parameter(torch.zeros(1))
        nn.init.zeros_(self.f2.weight)

    def forward(self, x):
        return x + self.gate * self.f2(torch.relu(self.f1(x)))


class MaybeSeeded(nn.Module):
    """Branches that seed and draw differently."""

    def __init__(self, d=8, deterministic=None, wide=None):
        super().__init__()
        if deterministic:
            torch.manual_seed(0)
        else:
            torch.manual_seed(1)
        self.a = nn.Linear(d, d)
        if wide:
            self.b = nn.Sequential(nn.Linear(d, 2 * d), nn.ReLU(), nn.Linear(2 * d, d))
        else:
            self.b = nn.Linear(d, d)
        self.c = nn.Linear(d, d)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))


class Sample(torch.autograd.Function):
    @staticmethod
    def forward(ctx, value, offsets, weights):
        return torch.ops.project.sample(value, offsets, weights)


class Deformable(nn.Module):
    """Zero offsets and weights, in an operation that can't be seen."""

    def __init__(self, d=32, points=4):
        super().__init__()
        self.offsets = nn.Linear(d, 2 * points)
        self.weights = nn.Linear(d, points)
        self.value = nn.Linear(d, d)
        nn.init.constant_(self.offsets.weight, 0.0)
        nn.init.constant_(self.weights.weight, 0.0)
        nn.init.constant_(self.weights.bias, 0.0)

    def forward(self, x):
        return Sample.apply(self.value(x), self.offsets(x), self.weights(x).softmax(-1))
