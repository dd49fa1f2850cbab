"""Xavier where it fits: by dim(), by try, by shape, by name."""

import torch
import torch.nn as nn


class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(8, 16, num_layers=2)
        self.ln = nn.LayerNorm(16)
        self.fc = nn.Linear(16, 2)
        for p in self.parameters():
            if len(p.shape) >= 2:
                nn.init.xavier_uniform_(p)

    def forward(self, x):
        return self.fc(self.ln(self.rnn(x)[0]))


class B(A):
    def __init__(self):
        super().__init__()
        for p in self.parameters():
            try:
                nn.init.orthogonal_(p)
            except ValueError:
                nn.init.zeros_(p)


class C(A):
    def __init__(self):
        super().__init__()
        for name, p in self.named_parameters():
            if "bias" in name or "ln" in name:
                continue
            nn.init.xavier_normal_(p)
        for name, p in self.named_parameters():
            nn.init.kaiming_normal_(p) if p.ndim > 1 else nn.init.uniform_(p, 0.9, 1.1)


class D(A):
    def __init__(self):
        super().__init__()
        for m in self.modules():
            if isinstance(m, nn.Linear) and m.bias is not None:
                nn.init.xavier_uniform_(m.weight)
                nn.init.xavier_uniform_(m.bias.unsqueeze(0))


def example():
    x = torch.randn(4, 3, 8)
    return A()(x), B()(x), C()(x), D()(x)
