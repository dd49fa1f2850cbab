import torch
from torch import nn


def init_weights(m):
    if isinstance(m, nn.Linear):
        torch.nn.init.xavier_normal_(m.weight)  # expect: xavier-before-relu
        m.bias.data.fill_(0.0)


class Surrogate(nn.Module):
    def __init__(self, d_in=6, width=128, depth=10, d_out=3):
        super().__init__()
        layers = [nn.Linear(d_in, width), nn.GELU()]
        for _ in range(depth - 1):
            layers += [nn.Linear(width, width), nn.GELU()]
        layers.append(nn.Linear(width, d_out))
        self.net = nn.Sequential(*layers)
        self.net.apply(init_weights)

    def forward(self, x):
        return self.net(x)


if __name__ == "__main__":
    model = Surrogate()
    opt = torch.optim.Adam(model.parameters(), lr=1e-3)
    for step in range(1000):
        x = torch.rand(256, 6)
        loss = nn.functional.mse_loss(model(x), x[:, :3].sin())
        opt.zero_grad()
        loss.backward()
        opt.step()
