import argparse
import torch
import torch.nn as nn

parser = argparse.ArgumentParser()
parser.add_argument("--hidden", type=int, default=256)
parser.add_argument("--layers", type=int, default=12)
args = parser.parse_args()


class Net(nn.Module):
    def __init__(self, in_dim, hidden, layers, out_dim):
        super().__init__()
        mods = [nn.Linear(in_dim, hidden), nn.LeakyReLU(0.01)]
        for i in range(layers - 1):
            mods.append(nn.Linear(hidden, hidden))
            mods.append(nn.LeakyReLU(0.01))
        mods.append(nn.Linear(hidden, out_dim))
        self.mlp = nn.Sequential(*mods)

        def init(m):
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)  # expect: xavier-before-relu
                nn.init.zeros_(m.bias)

        self.mlp.apply(init)

    def forward(self, x):
        return self.mlp(x)


model = Net(32, args.hidden, args.layers, 1)
