import torch.nn as nn


class SNN(nn.Module):
    """Self-normalising network for tabular data."""

    def __init__(self, d_in, d_out, width=256, depth=8, p=0.05):
        super().__init__()
        blocks = []
        d = d_in
        for _ in range(depth):
            blocks += [nn.Linear(d, width), nn.SELU(), nn.AlphaDropout(p)]
            d = width
        blocks.append(nn.Linear(d, d_out))
        self.net = nn.Sequential(*blocks)
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")  # expect: selu-without-lecun
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x)
